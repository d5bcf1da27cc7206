"""What the layers written as Python ask of sizes."""

from __future__ import annotations

from cnnlint.plugin import Expression, HeadsNotDividing, Value, current_work, expect_multiple
from cnnlint_flax.framework import flax


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
