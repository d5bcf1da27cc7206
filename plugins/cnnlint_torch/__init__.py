"""PyTorch for cnnlint: `torch.nn` layers, functions and tensor methods, and how modules register what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.plugin import hookimpl

if TYPE_CHECKING:
    from cnnlint.plugin import Framework


@hookimpl
def cnnlint_frameworks() -> Iterable[Framework]:
    """PyTorch's table, complete once every module of this package is imported; and the tools that state a model's input."""
    import importlib
    import pkgutil

    from cnnlint_torch.framework import torch  # the table of layers is not paid for by commands that need none

    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    from cnnlint_torch.resetting import add_resetters
    from cnnlint_torch.summaries import TOOLS

    add_resetters(torch)

    return (torch, *TOOLS)
