"""`torch.Tensor` itself: its class, and the attributes that are no operations.

Source: https://docs.pytorch.org/docs/stable/tensors.html
"""

from __future__ import annotations

from cnnlint.plugin import ELSEWHERE, ClassValue, Door, Instance, Tensor, Unknown, Value
from cnnlint_torch.axis_order import permuted
from cnnlint_torch.constants import Size, dtype_value
from cnnlint_torch.dtypes import convert_storage
from cnnlint_torch.elements import strides_of, view_of
from cnnlint_torch.framework import torch

torch.cls("Tensor")


@torch.attribute("Tensor.shape")
def shape(door: Door, tensor: Tensor, /) -> Value:
    """The sizes as a tuple; unknown where the number of axes is."""
    found = tensor.shape
    return door.unknown(f"the shape {found}") if found.leading else Size(found.dims)


@torch.attribute("Tensor.ndim")
def ndim(door: Door, tensor: Tensor, /) -> Value:
    rank = tensor.shape.rank
    return door.unknown("the number of axes of a tensor") if rank is None else rank


@torch.attribute("Tensor.requires_grad")
def requires_grad(door: Door, tensor: Tensor, /) -> Value:
    """Known of parameters; of a result it depends on what it was computed from, and where."""
    if tensor.requires_grad or tensor.kind == torch.parameter:
        return tensor.requires_grad
    return Unknown("whether a tensor requires gradients", is_harmless=True)


@torch.attribute("Tensor.dtype")
def dtype(door: Door, tensor: Tensor, /) -> Value:
    return dtype_value(tensor.dtype)


@torch.attribute("Tensor.T")
def transposed(door: Door, tensor: Tensor, /) -> Value:
    """All axes in reverse order."""
    rank = tensor.shape.rank
    return door.unknown("the shape of a transposed tensor") if rank is None else permuted(tensor, range(rank)[::-1])


@torch.attribute("Tensor.data")
def data(door: Door, tensor: Tensor, /) -> Value:
    return view_of(tensor, tensor.shape, strides_of(tensor), tensor.values)


@torch.attribute("Tensor.device")
def device(door: Door, tensor: Tensor, /) -> Value:
    """Where the program put a tensor; mostly that is not known, and changes no shape."""
    cls = door.framework_value(torch, "device")
    if not isinstance(cls, ClassValue):
        return Unknown("the device of a tensor", is_harmless=True)
    found = Instance(cls)
    unknown = Unknown("the device of a tensor", is_harmless=True)
    kind, _, index = ("" if tensor.device in (None, ELSEWHERE) else str(tensor.device)).partition(":")
    found.contents = {"type": kind or unknown, "index": int(index) if index else None if kind == "cpu" else unknown}
    return found


@torch.native("device.__str__", "device.__repr__")
def text_of_device(door: Door, device: Instance, /) -> Value:
    """`cuda:1`. Code that keeps things by device asks for the text of a tensor's: `cpu`, as good as any other."""
    kind, index = device.contents.get("type"), device.contents.get("index")
    if not isinstance(kind, str):
        return "cpu"
    return f"{kind}:{index}" if isinstance(index, int) else kind


@torch.attribute(
    "Tensor.is_cuda",
    "Tensor.is_mps",
    "Tensor.is_quantized",
    "Tensor.is_sparse",
    "Tensor.is_meta",
    "Tensor.is_leaf",
    "Tensor.is_cpu",
    "Tensor.is_xla",
    "Tensor.is_xpu",
    "Tensor.is_mkldnn",
)
def kind_of_storage(door: Door, tensor: Tensor, /) -> Value:
    return Unknown("where a tensor is stored", is_harmless=True)


@torch.attribute("Tensor.grad", "Tensor.grad_fn", "Tensor.layout", "Tensor.names", "Tensor.is_nested", "Tensor.itemsize", "Tensor.nbytes")
def not_followed(door: Door, tensor: Tensor, /) -> Value:
    return Unknown("an attribute of a tensor that is not followed", is_harmless=True)


@torch.attribute("Tensor.real", "Tensor.imag")
def complex_part(door: Door, tensor: Tensor, /) -> Value:
    dtype = {"complex64": "float32", "complex128": "float64"}.get(tensor.dtype or "", tensor.dtype)
    return Tensor(tensor.shape, torch, dtype=dtype)


@torch.native("Tensor.__setattr__", takes_unknown=True)
def set_attribute(door: Door, tensor: Tensor, /, name: str, value: Value) -> None:
    """`x.data = y` and `x.requires_grad = ...`; other attributes are not kept."""
    if name == "data" and isinstance(value, Tensor):
        door.touch(tensor)
        tensor.contents = value.shape
        tensor.values, tensor.is_contiguous = value.values, value.is_contiguous
        convert_storage(door, tensor, value.dtype, value.device)
    elif name == "requires_grad" and isinstance(value, bool):
        tensor.requires_grad = value
