"""NumPy for cnnlint: what model code computes with it, mostly sizes and schedules, in NumPy's own arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.plugin import Framework, hookimpl

if TYPE_CHECKING:
    from cnnlint.plugin import Framework


@hookimpl
def cnnlint_frameworks() -> Iterable[Framework]:
    """NumPy, whose table is filled when it is first asked."""
    from cnnlint_numpy.framework import numpy  # not paid for by commands that need no framework

    return (numpy,)
