"""Activations: functions of each element, which keep the shape, and the few that look along an axis.

Source: https://docs.pytorch.org/docs/stable/nn.html#non-linear-activations-weighted-sum-nonlinearity
"""

from __future__ import annotations

from cnnlint.plugin import (
    ELEMENTWISE,
    Dim,
    Flow,
    InvalidArgument,
    ListValue,
    Mixing,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Value,
    WrongRank,
    differ,
    equal,
    expect_equal,
)
from cnnlint_torch.axes import axis_of
from cnnlint_torch.dtypes import expect_floats, expect_like
from cnnlint_torch.elements import ORIGIN, forget_values, order_of
from cnnlint_torch.framework import torch
from cnnlint_torch.promotion import divided

_INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "bool")


def unchanged(input: Tensor, base: Tensor | None = None, flow: Flow = ELEMENTWISE) -> Result:
    """The input's shape with the factors of its axes, its memory order where it is the usual one, and its padding."""
    order, data = input.is_contiguous or None, None if base is None else order_of(base)
    return Result(input.shape, padded=input.padded, is_contiguous=order, dtype=input.dtype, base=base, flow=flow, data=data)


def written(input: Tensor, inplace: object) -> Result:
    """As `unchanged`; what was known of the elements of an input that is overwritten is forgotten."""
    if inplace is not False:
        forget_values(input)
    return unchanged(input, input if inplace is True else None)


def unchanged_float(input: Tensor) -> Result:
    """As `unchanged`; integers become floats."""
    dtype = divided(input.dtype)
    return Result(input.shape, padded=input.padded, is_contiguous=input.is_contiguous or None, dtype=dtype, flow=ELEMENTWISE)


def along(input: Tensor, dim: Value) -> Result:
    """The input's shape, for a function along an axis, which must exist."""
    if isinstance(dim, (bool, float, str, tuple, ListValue)):
        shown = "a sequence" if isinstance(dim, (tuple, ListValue)) else repr(dim)
        raise InvalidArgument(f"must be an int, but is {shown}", argument="dim", exception="TypeError")
    if isinstance(dim, int):
        axis_of(input.shape, dim)
    return unchanged(input, flow=Mixing((dim,)) if isinstance(dim, int) else Mixing(tuple(range(len(input.shape.dims)))))


def functions(*names: str) -> tuple[str, ...]:
    """The paths below `torch.nn.functional`."""
    return tuple(f"nn.functional.{name}" for name in names)


@torch.op(*functions("relu", "relu6", "silu", "mish", "selu", "hardswish", "hardsigmoid"))
def activation(input: Tensor, inplace: object = False) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.relu.html"""
    return written(input, inplace)


@torch.op("relu_", "selu_", "Tensor.relu_", *functions("relu_", "selu_"))
def rectified_(input: Tensor) -> Result:
    return written(input, True)


@torch.op("relu", "selu", "Tensor.relu")
def rectified(input: Tensor) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.relu.html"""
    return unchanged(input)


@torch.op("sigmoid_", "tanh_", "Tensor.sigmoid_", "Tensor.tanh_")
def squashed_(input: Tensor) -> Result:
    return written(input, True)


@torch.op("tanh", "Tensor.tanh", *functions("tanh", "softsign", "tanhshrink", "logsigmoid"))
def squashed(input: Tensor) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.tanh.html"""
    return unchanged_float(input)


@torch.op("sigmoid", "special.expit", "Tensor.sigmoid", *functions("sigmoid"))
def sigmoid(input: Tensor) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.sigmoid.html"""
    result = unchanged_float(input)
    return Result(
        result.shape,
        dtype=result.dtype,
        padded=result.padded,
        is_contiguous=result.is_contiguous,
        data={ORIGIN: "sigmoid"},
        flow=ELEMENTWISE,
    )


@torch.op(*functions("leaky_relu"))
def leaky_relu(input: Tensor, negative_slope: object = 0.01, inplace: object = False) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html"""
    return written(input, inplace)


@torch.op(*functions("leaky_relu_"))
def leaky_relu_(input: Tensor, negative_slope: object = 0.01) -> Result:
    return written(input, True)


@torch.op(*functions("elu"))
def elu(input: Tensor, alpha: object = 1.0, inplace: object = False) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.elu.html"""
    return written(input, inplace)


@torch.op(*functions("elu_", "celu_"), "celu_")
def elu_(input: Tensor, alpha: object = 1.0) -> Result:
    return written(input, True)


@torch.op(*functions("celu"), "celu")
def celu(input: Tensor, alpha: object = 1.0, inplace: object = False) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.celu.html"""
    if alpha == 0 and isinstance(alpha, (int, float)):
        raise InvalidArgument("must not be 0", argument="alpha")
    return written(input, inplace)


@torch.op(*functions("hardtanh"))
def hardtanh(input: Tensor, min_val: object = -1.0, max_val: object = 1.0, inplace: object = False) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh.html"""
    return written(input, inplace)


@torch.op(*functions("hardtanh_"))
def hardtanh_(input: Tensor, min_val: object = -1.0, max_val: object = 1.0) -> Result:
    return written(input, True)


@torch.op(*functions("threshold"), "threshold")
def threshold(input: Tensor, threshold: object, value: object, inplace: object = False) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.threshold.html"""
    return written(input, inplace)


@torch.op(*functions("threshold_"), "threshold_")
def threshold_(input: Tensor, threshold: object, value: object) -> Result:
    return written(input, True)


@torch.op(*functions("rrelu", "rrelu_"), "rrelu", "rrelu_")
def rrelu(
    input: Tensor,
    lower: object = 0.125,
    upper: object = 1 / 3,
    training: object = False,
    inplace: object = False,
) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.rrelu.html"""
    return written(input, inplace)


@torch.op(*functions("softplus"))
def softplus(input: Tensor, beta: object = 1.0, threshold: object = 20.0) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softplus.html"""
    return unchanged(input)


@torch.op(*functions("softshrink", "hardshrink"), "hardshrink", "Tensor.hardshrink")
def shrunk(input: Tensor, lambd: object = 0.5) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softshrink.html"""
    return unchanged(input)


@torch.op(*functions("gelu"))
def gelu(input: Tensor, approximate: object = "none") -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html"""
    if isinstance(approximate, str) and approximate not in ("none", "tanh"):
        raise InvalidArgument(f"must be 'none' or 'tanh', but is {approximate!r}", argument="approximate")
    expect_floats(input, operation="gelu", exception="NotImplementedError", output=input.shape)
    return unchanged(input)


@torch.op(*functions("glu"))
def glu(input: Tensor, dim: int = -1) -> Shape:
    """Half of the axis gates the other half.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.glu.html
    """
    x = input.shape
    if x.rank == 0:
        raise WrongRank("at least 1", x)
    axis = axis_of(x, dim)
    if axis is None:
        return Shape((), leading=True)
    if differ(x[axis] % 2, 0):
        raise OperationFails(f"axis {dim} of size {x[axis]} cannot be halved", argument="dim")
    return x.replaced(axis, x[axis] // 2)


@torch.op(*functions("prelu"), "prelu", "Tensor.prelu")
def prelu(input: Tensor, weight: Tensor) -> Result:
    """One slope for all, or one per channel, which stands second.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.prelu.html
    """
    x, slopes = input.shape, weight.shape
    expect_like(input, weight, output=x)
    if x.leading or slopes.leading or equal(slopes.numel, 1):
        return unchanged(input)
    if len(slopes) > 1:
        raise WrongRank("0 or 1", slopes)
    if x.rank == 0:
        raise WrongRank("at least 1", x)
    channels = x[1] if len(x) > 1 else 1
    if differ(slopes.numel, 1):
        failure = OperationFails(f"{slopes.numel} slopes for {channels} channels", argument="num_parameters", output=x)
        expect_equal(slopes.numel, channels, failure)
    return unchanged(input)


@torch.layer("nn.ReLU", "nn.ReLU6", "nn.SiLU", "nn.Mish", "nn.SELU", "nn.Hardswish", "nn.Hardsigmoid")
class InPlaceActivation:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.ReLU.html and the pages of its siblings."""

    def parameters(inplace: object = False) -> None:
        return None

    def forward(self, input: Tensor) -> Result:
        return written(input, self.inplace)  # type: ignore[attr-defined]


@torch.layer("nn.Sigmoid")
class Sigmoid:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html"""

    def parameters() -> None:
        return None

    def forward(self, input: Tensor) -> Result:
        result: Result = sigmoid.function(input)
        return result


@torch.layer("nn.Tanh", "nn.Softsign", "nn.Tanhshrink", "nn.LogSigmoid")
class Squashing:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Tanh.html and the pages of its siblings."""

    def parameters() -> None:
        return None

    def forward(self, input: Tensor) -> Result:
        return unchanged_float(input)


@torch.layer("nn.LeakyReLU")
class LeakyReLU:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html"""

    def parameters(negative_slope: object = 0.01, inplace: object = False) -> None:
        return None

    def forward(self, input: Tensor) -> Result:
        return written(input, self.inplace)  # type: ignore[attr-defined]


@torch.layer("nn.ELU", "nn.CELU")
class ELU:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.ELU.html"""

    def parameters(alpha: object = 1.0, inplace: object = False) -> None:
        return None

    def forward(self, input: Tensor) -> Result:
        return written(input, self.inplace)  # type: ignore[attr-defined]


@torch.layer("nn.Hardtanh")
class Hardtanh:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Hardtanh.html"""

    def parameters(
        min_val: object = -1.0,
        max_val: object = 1.0,
        inplace: object = False,
        min_value: object = None,
        max_value: object = None,
    ) -> None:
        least, most = min_val if min_value is None else min_value, max_val if max_value is None else max_value
        if isinstance(least, (int, float)) and isinstance(most, (int, float)) and least >= most:
            raise InvalidArgument(f"must be greater than {least}, but is {most}", argument="max_val", exception="AssertionError")

    def forward(self, input: Tensor) -> Result:
        return written(input, self.inplace)  # type: ignore[attr-defined]


@torch.layer("nn.Threshold")
class Threshold:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Threshold.html"""

    def parameters(threshold: object, value: object, inplace: object = False) -> None:
        return None

    def forward(self, input: Tensor) -> Result:
        return written(input, self.inplace)  # type: ignore[attr-defined]


@torch.layer("nn.RReLU")
class RReLU:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.RReLU.html"""

    def parameters(lower: object = 0.125, upper: object = 1 / 3, inplace: object = False) -> None:
        return None

    def forward(self, input: Tensor) -> Result:
        return written(input, self.inplace)  # type: ignore[attr-defined]


@torch.layer("nn.Softplus")
class Softplus:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Softplus.html"""

    def parameters(beta: object = 1.0, threshold: object = 20.0) -> None:
        return None

    def forward(self, input: Tensor) -> Result:
        return unchanged(input)


@torch.layer("nn.Softshrink", "nn.Hardshrink")
class Shrink:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Softshrink.html"""

    def parameters(lambd: object = 0.5) -> None:
        return None

    def forward(self, input: Tensor) -> Result:
        return unchanged(input)


@torch.layer("nn.GELU")
class GELU:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.GELU.html"""

    def parameters(approximate: object = "none") -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return gelu(input, self.approximate)  # type: ignore[attr-defined]


@torch.layer("nn.GLU")
class GLU:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.GLU.html"""

    def parameters(dim: object = -1) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return glu(input, self.dim)  # type: ignore[attr-defined]


@torch.layer("nn.PReLU", hides=("device", "dtype"))
class PReLU:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.PReLU.html"""

    def parameters(num_parameters: Dim = 1, init: object = 0.25) -> dict[str, tuple[Dim, ...]]:
        return {"weight": (num_parameters,)}

    def forward(self, input: Tensor) -> Value:
        return prelu(input, self.weight)  # type: ignore[attr-defined]
