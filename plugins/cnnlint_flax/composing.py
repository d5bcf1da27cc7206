"""What the layers written as Python ask of sizes."""

from __future__ import annotations

from cnnlint.plugin import Expression, HeadsNotDividing, Rank, Tensor, Value, current_work, expect_multiple
from cnnlint_flax.framework import flax
from cnnlint_flax.sizes import with_last


@flax.op("cnnlint.expect_heads")
def expect_heads(features: object, heads: object) -> Value:
    """Raises HeadsNotDividing where features cannot be shared out to heads."""
    if isinstance(features, (int, Expression)) and isinstance(heads, int) and heads > 0:
        expect_multiple(features, heads, HeadsNotDividing(features, heads, "num_heads", argument="num_heads", exception="AssertionError"))
    return None


@flax.op("cnnlint.count_once")
def count_once() -> Value:
    """What was called stands for several calls: the costs are less than those of all."""
    current_work().is_exact = False
    return None


@flax.op("cnnlint.features_of")
def features_of(x: Tensor) -> Value:
    """The size of the last axis of a batch of sequences, which an input that nobody stated is taken to be."""
    if x.shape.leading and not x.shape.dims:
        current_work().ranks.append(Rank(x, 3))
    return with_last(x, 1).dims[-1]
