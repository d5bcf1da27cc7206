"""einops for cnnlint: tensors whose axes are named by a pattern, in every framework."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.plugin import hookimpl

if TYPE_CHECKING:
    from cnnlint.plugin import Framework


@hookimpl
def cnnlint_frameworks() -> Iterable[Framework]:
    """The table of einops, complete once every module of this package is imported."""
    import importlib
    import pkgutil

    from cnnlint_einops.framework import einops  # the table is not paid for by commands that need none

    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return (einops,)
