"""Activations: elementwise functions that keep the shape.

Source: https://docs.pytorch.org/docs/stable/nn.html#non-linear-activations-weighted-sum-nonlinearity
"""

from __future__ import annotations

from cnnlint.plugin import Result, Tensor
from cnnlint_torch.framework import torch


def unchanged(input: Tensor) -> Result:  # noqa: A002
    """The input's shape, with the factors of its axes."""
    return Result(input.shape, padded=None)


@torch.op(
    "relu", "nn.functional.relu", "nn.functional.relu6", "nn.functional.silu", "nn.functional.mish", "nn.functional.selu", "Tensor.relu"
)
def relu(input: Tensor, inplace: object = False) -> Result:  # noqa: A002
    return unchanged(input)


@torch.layer("nn.ReLU", "nn.ReLU6", "nn.SiLU", "nn.Mish", "nn.SELU", "nn.Hardswish", "nn.Hardsigmoid")
class InPlaceActivation:
    def parameters(inplace: bool = False) -> None:  # noqa: N805
        return None

    def forward(self, input: Tensor) -> Result:  # noqa: A002
        return unchanged(input)
