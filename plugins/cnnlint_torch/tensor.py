"""`torch.Tensor` itself: its class, and the attributes that are no operations.

Source: https://docs.pytorch.org/docs/stable/tensors.html
"""

from __future__ import annotations

from cnnlint.plugin import Door, Tensor, Value
from cnnlint_torch.framework import torch

torch.cls("Tensor")


@torch.attribute("Tensor.shape")
def shape(door: Door, tensor: Tensor) -> Value:
    """The sizes as a tuple; unknown where the number of axes is."""
    found = tensor.shape
    return door.unknown(f"the shape {found}") if found.leading else tuple(found.dims)


@torch.attribute("Tensor.ndim")
def ndim(door: Door, tensor: Tensor) -> Value:
    rank = tensor.shape.rank
    return door.unknown("the number of axes of a tensor") if rank is None else rank


@torch.attribute("Tensor.requires_grad")
def requires_grad(door: Door, tensor: Tensor) -> Value:
    return tensor.requires_grad
