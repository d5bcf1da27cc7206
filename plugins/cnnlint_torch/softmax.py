"""Softmax and its like, which look along an axis.

Source: https://docs.pytorch.org/docs/stable/nn.html#non-linear-activations-other
"""

from __future__ import annotations

from cnnlint.plugin import (
    DoubleSoftmax,
    Expression,
    Mixing,
    Result,
    SoftmaxOverBatchAxis,
    SoftmaxOverOneUnit,
    Tensor,
    Value,
    equal,
    remark,
)
from cnnlint_torch.activation import along, functions, unchanged
from cnnlint_torch.constants import dtype_name
from cnnlint_torch.dtypes import expect_floats
from cnnlint_torch.elements import ALONG, ORIGIN
from cnnlint_torch.framework import torch
from cnnlint_torch.sizes import ranked


@torch.op(*functions("softmax"), kind="softmax")
@torch.op(*functions("softmin"), kind="softmin")
@torch.op(*functions("log_softmax"), kind="log_softmax")
def softmax(input: Tensor, dim: object = None, _stacklevel: object = 3, dtype: object = None, *, kind: str) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html"""
    result: Result = softmax_along.function(input, dim, dtype, kind=kind)
    return result


@torch.op("softmax", "special.softmax", "Tensor.softmax", kind="softmax")
@torch.op("log_softmax", "special.log_softmax", "Tensor.log_softmax", kind="log_softmax")
def softmax_along(input: Tensor, dim: object, dtype: object = None, *, kind: str) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.softmax.html"""
    result = along(input, dim)
    data = normalised_along(input, dim, kind)
    if dtype is None:
        expect_floats(input, operation="softmax", exception="NotImplementedError", output=input.shape)
        return Result(
            result.shape, dtype=result.dtype, padded=result.padded, is_contiguous=result.is_contiguous, data=data, flow=result.flow
        )
    return Result(result.shape, dtype=dtype_name(dtype), is_contiguous=result.is_contiguous, data=data, flow=result.flow)


def normalised_along(input: Tensor, dim: object, kind: str) -> dict[str, Value]:
    """What is to be said of a softmax; where it can hardly be meant, that is remarked.

    Without an axis the framework takes the first of 0, 1 or 3 axes, else the second.
    """
    x = input.shape
    axis = dim if isinstance(dim, int) else None
    if dim is None and x.rank is not None:
        axis = 0 if x.rank in (0, 1, 3) else 1
    if axis is None or isinstance(axis, bool):
        return {ORIGIN: kind}
    if x.rank:
        axis = axis % x.rank - x.rank
        if axis == -x.rank and x.rank > 1 and isinstance(x[0], Expression) and not any(equal(x[0], other) for other in x.dims[1:]):
            remark(SoftmaxOverBatchAxis(x, dim is None, batch=x[0], argument="dim"))
    if axis < 0 and input.data.get(ALONG) == axis:
        origin = input.data.get(ORIGIN)
        if origin == "affine" and equal(x[axis], 1):
            remark(SoftmaxOverOneUnit(x))
        if origin == "softmax" and kind != "softmin":
            remark(DoubleSoftmax(kind))
    return {ORIGIN: kind, ALONG: axis}


@torch.op(*functions("gumbel_softmax"))
def gumbel_softmax(logits: Tensor, tau: object = 1, hard: object = False, eps: object = 1e-10, dim: object = -1) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gumbel_softmax.html"""
    return along(logits, dim)


@torch.layer("nn.Softmax", gives="softmax")
@torch.layer("nn.Softmin", gives="softmin")
@torch.layer("nn.LogSoftmax", gives="log_softmax")
class Softmax:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Softmax.html"""

    def parameters(dim: object = None) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return softmax_along.function(input, self.dim, kind=self.gives)  # type: ignore[attr-defined]


@torch.layer("nn.Softmax2d")
class Softmax2d:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Softmax2d.html"""

    def parameters() -> None:
        return None

    def forward(self, input: Tensor) -> Result:
        return unchanged(ranked(input, 4, 3, exception="ValueError"), flow=Mixing((-3,)))
