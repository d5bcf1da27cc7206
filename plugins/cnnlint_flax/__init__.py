"""Flax (linen and nnx) over JAX for cnnlint: modules and layers, and functions of `jax.numpy`, `jax.nn`, `jax.lax` and `jax.random`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.plugin import Framework, hookimpl

if TYPE_CHECKING:
    from cnnlint.plugin import Framework


@hookimpl
def cnnlint_frameworks() -> Iterable[Framework]:
    """Flax; its table is filled when it is first asked."""
    from cnnlint_flax.framework import flax  # not paid for by commands that need no framework

    return (flax,)
