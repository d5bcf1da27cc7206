"""PyTorch for cnnlint: `torch.nn` layers, functions and tensor methods, and how modules register what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.plugin import Framework, hookimpl

if TYPE_CHECKING:
    from cnnlint.plugin import Framework


@hookimpl
def cnnlint_frameworks() -> Iterable[Framework]:
    """PyTorch, and the tools that state a model's input; their tables are filled when they are first asked."""
    from cnnlint_torch.framework import torch  # not paid for by commands that need no framework
    from cnnlint_torch.tools import TOOLS

    return (torch, *TOOLS)
