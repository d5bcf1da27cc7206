"""Linear layers and the function below them.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html
"""

from __future__ import annotations

from cnnlint.formulas import linear_macs
from cnnlint.plugin import (
    Dim,
    FeatureMismatch,
    InvalidArgument,
    LinearWithoutActivation,
    Mixing,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Value,
    WrongRank,
    differ,
    expect_equal,
    expect_rank,
    greater,
    per_example,
    remark,
)
from cnnlint_torch.convolution import expect_weights
from cnnlint_torch.dtypes import product_dtype
from cnnlint_torch.elements import ALONG, BIASED, ORIGIN, WIDTHS
from cnnlint_torch.framework import FACTORY, torch
from cnnlint_torch.sizes import allocated_size


@torch.op("nn.functional.linear")
def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Result:
    """The last axis of the input, `in_features`, becomes `out_features`; all axes before it are positions."""
    x, w = input.shape, weight.shape
    if x.rank == 0:
        raise WrongRank("at least 1", x)
    if w.rank is None:
        return Result(Shape((), leading=True), is_exact=False)
    if w.rank not in (1, 2):
        raise WrongRank("1 or 2", w)
    *out, in_features = w
    if x.leading and not x.dims:
        expect_weights(input, weight, bias, Shape(tuple(out), leading=True))
        data = given_by((in_features, out[0] if out else 1), bias)
        return Result(Shape(tuple(out), leading=True), dtype=product_dtype(input, weight), data=data)
    expect_equal(in_features, x[-1], FeatureMismatch(in_features, x[-1], x.factors.get(-1, ()), argument="in_features", output=None))
    before = x.dims[:-1]
    output = Shape((*before, *out), x.leading)
    expect_weights(input, weight, bias, output)
    widths = (in_features, out[0] if out else 1)
    remark_on_chain(input, widths)
    macs = 0 if x.leading else linear_macs(in_features, out[0] if out else 1, per_example(before))
    flow = Mixing((-1,)) if out else None
    return Result(output, macs=macs, dtype=product_dtype(input, weight), data=given_by(widths, bias), flow=flow)


def given_by(widths: tuple[Dim, Dim], bias: Tensor | None) -> dict[str, Value]:
    """What is to be said of the output of a fully connected layer."""
    return {ORIGIN: "affine", ALONG: -1, WIDTHS: widths, BIASED: bias is not None}


def remark_on_chain(input: Tensor, widths: tuple[Dim, Dim]) -> None:
    """Remark on a layer that follows on another one with nothing between, unless both make a narrow factorisation together."""
    before = input.data.get(WIDTHS)
    if before is None or input.data.get(ORIGIN) != "affine" or differ(before[1], widths[0]):
        return
    if not (greater(before[0], before[1]) and greater(widths[1], before[1])):
        remark(LinearWithoutActivation((before[0], before[1], widths[1])))


@torch.layer("nn.Linear", counts_macs=True, hides=FACTORY)
class Linear:
    """W = in_features * out_features, B = out_features."""

    def parameters(in_features: Dim, out_features: Dim, bias: bool = True) -> dict[str, tuple[Dim, ...] | None]:
        for name, size in (("in_features", in_features), ("out_features", out_features)):
            if greater(0, size):
                raise InvalidArgument(f"must not be negative, but is {size}", argument=name)
        return {"weight": (out_features, in_features), "bias": (out_features,) if bias else None}

    def forward(self, input: Tensor) -> object:
        return linear(input, self.weight, self.bias)  # type: ignore[attr-defined]


@torch.op("nn.functional.bilinear", "bilinear")
def bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Result:
    """Two inputs with the same axes but the last; the weight is (out_features, in1_features, in2_features).

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.bilinear.html
    """
    N, first, second = expect_rank(weight, 3)
    x, y = input1.shape, input2.shape
    for shape in (x, y):
        if shape.rank == 0:
            raise WrongRank("at least 1", shape, exception="IndexError")
    if not x.leading and not y.leading:
        failure = OperationFails(f"the inputs {x} and {y} must agree in all axes but the last")
        if len(x) != len(y):
            raise failure
        for a, b in zip(x.dims[:-1], y.dims[:-1], strict=True):
            expect_equal(a, b, failure)
    for name, features, shape in (("in1_features", first, x), ("in2_features", second, y)):
        if shape.dims:
            failed = FeatureMismatch(features, shape[-1], shape.factors.get(-1, ()), argument=name)
            expect_equal(features, shape[-1], failed)
    if bias is not None and not bias.shape.leading:
        expect_equal(bias.shape.numel, N, OperationFails(f"a bias of shape {bias.shape} for {N} features"))
    known = y if x.leading and not y.leading else x
    output = Shape((*known.dims[:-1], N), known.leading)
    for operand in (input1, input2):
        expect_weights(operand, weight, bias, output)
    return Result(output, dtype=product_dtype(input1, input2, weight))


@torch.layer("nn.Bilinear", hides=FACTORY)
class Bilinear:
    """W = in1_features * in2_features * out_features, B = out_features.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.Bilinear.html
    """

    def parameters(
        in1_features: object, in2_features: object, out_features: object, bias: bool = True
    ) -> dict[str, tuple[Dim, ...] | None]:
        if isinstance(in1_features, int) and in1_features <= 0:
            raise InvalidArgument(f"must be positive, but is {in1_features}", argument="in1_features", exception="ValueError")
        sizes = {"out_features": out_features, "in1_features": in1_features, "in2_features": in2_features}
        weight = tuple(allocated_size(name, size) for name, size in sizes.items())
        return {"weight": weight, "bias": (weight[0],) if bias else None}

    def forward(self, input1: Tensor, input2: Tensor) -> object:
        return bilinear(input1, input2, self.weight, self.bias)  # type: ignore[attr-defined]
