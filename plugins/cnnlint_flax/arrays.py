"""Arrays that are made, where they are of no dtype that all operands have."""

from __future__ import annotations

from cnnlint.plugin import Flow, Shape, Tensor
from cnnlint_flax.framework import flax


def array(shape: Shape, dtype: str | None = None, flow: Flow | None = None) -> Tensor:
    """An array of this shape; its dtype is not known unless it is given, nor is how its elements come about."""
    made = Tensor(shape, flax, dtype=dtype)
    made.flow = flow
    return made
