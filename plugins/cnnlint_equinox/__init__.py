"""Equinox for cnnlint: its layers, over the tensors and functions that the plugin for JAX knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.plugin import hookimpl

if TYPE_CHECKING:
    from cnnlint.plugin import Framework


@hookimpl
def cnnlint_frameworks() -> Iterable[Framework]:
    """Equinox; its table is filled when it is first asked."""
    from cnnlint_equinox.framework import equinox  # not paid for by commands that need no framework

    return (equinox,)
