"""NumPy for cnnlint: what model code computes with it, mostly sizes and schedules, in NumPy's own arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.plugin import hookimpl

if TYPE_CHECKING:
    from cnnlint.plugin import Framework


@hookimpl
def cnnlint_frameworks() -> Iterable[Framework]:
    """NumPy's table, complete once every module of this package is imported."""
    import importlib
    import pkgutil

    from cnnlint_numpy.framework import numpy  # the table is not paid for by commands that need none

    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return (numpy,)
