"""Linear layers and the function below them.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html
"""

from __future__ import annotations

from cnnlint.formulas import linear_macs
from cnnlint.plugin import Dim, FeatureMismatch, InvalidArgument, Result, Shape, Tensor, WrongRank, expect_equal, greater, product
from cnnlint_torch.framework import FACTORY, torch


@torch.op("nn.functional.linear")
def linear(input: Tensor, weight: Shape, bias: Shape | None = None) -> Result:  # noqa: A002  # the framework's name
    """The last axis of the input, `in_features`, becomes `out_features`; all axes before it are positions."""
    x = input.shape
    if x.rank == 0:
        raise WrongRank("at least 1", x)
    *out, in_features = weight
    if x.leading and not x.dims:
        return Result(Shape(tuple(out), leading=True))
    expect_equal(in_features, x[-1], FeatureMismatch(in_features, x[-1], x.factors.get(-1, ()), argument="in_features", output=None))
    before = x.dims[:-1]
    positions = product(before if all(isinstance(dim, int) for dim in before) else before[1:])
    return Result(Shape((*before, *out), x.leading), macs=0 if x.leading else linear_macs(in_features, out[0] if out else 1, positions))


@torch.layer("nn.Linear", counts_macs=True, hides=FACTORY)
class Linear:
    """W = in_features * out_features, B = out_features."""

    def parameters(in_features: Dim, out_features: Dim, bias: bool = True) -> dict[str, tuple[Dim, ...] | None]:  # noqa: N805
        for name, size in (("in_features", in_features), ("out_features", out_features)):
            if greater(0, size):
                raise InvalidArgument(f"must not be negative, but is {size}", argument=name)
        return {"weight": (out_features, in_features), "bias": (out_features,) if bias else None}

    def forward(self, input: Tensor) -> object:  # noqa: A002
        return linear(input, self.weight, self.bias)  # type: ignore[attr-defined]
