"""`ParameterList`, `ParameterDict`, and the kinds of tensors that a module registers besides plain parameters.

Sources: https://docs.pytorch.org/docs/stable/nn.html#containers and https://docs.pytorch.org/docs/stable/nn.html#buffer
"""

from __future__ import annotations

from cnnlint.plugin import Door, Shape, Tensor, Unknown, Value
from cnnlint_torch.framework import torch

torch.python("cnnlint_torch", "sources/parameter_containers.py", "nn", "ParameterList", "ParameterDict")
torch.cls("nn.Buffer", "Tensor")
torch.cls("nn.UninitializedParameter", "nn.Parameter")
torch.cls("nn.UninitializedBuffer", "Tensor")


@torch.native("nn.Buffer.__new__", takes_unknown=True)
def new_buffer(door: Door, cls: Value, /, data: Value = None, *, persistent: Value = True) -> Value:
    """A tensor that assignment to a module registers as a buffer."""
    if not isinstance(data, Tensor):
        return data if isinstance(data, Unknown) else door.unknown("a buffer that is made of no tensor")
    return Tensor(data.shape, torch, "nn.Buffer", data.dtype)


@torch.native("nn.UninitializedParameter.__new__", takes_unknown=True)
def new_uninitialized(door: Door, cls: Value, /, requires_grad: Value = True, device: Value = None, dtype: Value = None) -> Value:
    """A parameter that gets its size later."""
    return Tensor(Shape((), leading=True), torch, torch.parameter, requires_grad=requires_grad is True)


@torch.native("nn.UninitializedBuffer.__new__", takes_unknown=True)
def new_uninitialized_buffer(door: Door, cls: Value, /, requires_grad: Value = False, device: Value = None, dtype: Value = None) -> Value:
    return Tensor(Shape((), leading=True), torch, "nn.Buffer")
