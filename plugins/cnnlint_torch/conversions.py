"""Methods that change dtype, device or history and keep the shape; and what leaves the tensor world: `item`, `tolist`, `numpy`.

Source: https://docs.pytorch.org/docs/stable/tensors.html
"""

from __future__ import annotations

from copy import copy

from cnnlint.plugin import (
    ELEMENTWISE,
    ELSEWHERE,
    AxisOutOfRange,
    Door,
    Instance,
    ListValue,
    OperationFails,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    differ,
    nested,
)
from cnnlint_torch.constants import dtype_name, dtype_value
from cnnlint_torch.devices import device_asked
from cnnlint_torch.elements import forget_values, made, share, strides_of, view_of
from cnnlint_torch.framework import torch
from cnnlint_torch.moving import destination
from cnnlint_torch.tensor import shape as shape_of


def converted(input: Tensor, dtype: str | None, device: str | None = None) -> Tensor:
    """The same elements in another dtype, or on another device; the tensor itself where those are its own."""
    if dtype is not None and dtype == input.dtype and device in (None, input.device):
        return input
    if dtype is not None and dtype == input.dtype:
        return moved(input, device)
    strides = strides_of(input)
    result = made(input.shape, dtype, input.values, is_contiguous=input.is_contiguous, flow=ELEMENTWISE)
    result.device = device or input.device
    if strides is not None and not input.is_contiguous:
        result.data = {"strides": strides}
    return result


def moved(input: Tensor, device: str | None) -> Tensor:
    """The tensor on another device, which may well be the same tensor. A parameter stays one, as it does where it lies there already."""
    if input.kind == torch.parameter or device in (None, input.device):
        return input
    result = copy(input)
    result.device = device
    share(input, result)
    result.base, result.flow = input, ELEMENTWISE
    return result


CONVERTING = {
    "float": "float32",
    "double": "float64",
    "half": "float16",
    "bfloat16": "bfloat16",
    "long": "int64",
    "int": "int32",
    "short": "int16",
    "char": "int8",
    "byte": "uint8",
    "bool": "bool",
    "cfloat": "complex64",
    "cdouble": "complex128",
}


def convert(input: Tensor, memory_format: object = None, *, dtype: str) -> object:
    return converted(input, dtype)


for _name, _dtype in CONVERTING.items():
    torch.op(f"Tensor.{_name}", dtype=_dtype)(convert)


@torch.op("Tensor.type")
def type_of_tensor(input: Tensor, dtype: object = None, non_blocking: object = False) -> object:
    """The tensor in another dtype; the name of its class where none is given."""
    if dtype is None:
        raise Undetermined(Unknown("the name of a tensor's class"))
    is_on_device = not isinstance(dtype, Instance) or (isinstance(dtype, str) and ".cuda." in dtype)  # `torch.cuda.FloatTensor`
    return converted(input, dtype_name(dtype), ELSEWHERE if is_on_device else None)


@torch.op("Tensor.to")
def to(input: Tensor, *args: object, **named: object) -> object:
    """To a dtype, a device, both, or those of another tensor."""
    asked = destination(args, named)
    if asked.dtype is None:
        return moved(input, asked.device)
    return converted(input, None if asked.dtype == ELSEWHERE else asked.dtype, asked.device)


@torch.op("Tensor.type_as")
def type_as(input: Tensor, other: Tensor) -> object:
    return converted(input, other.dtype, other.device or ELSEWHERE)


@torch.op("Tensor.cpu")
def on_cpu(input: Tensor, memory_format: object = None) -> object:
    return moved(input, "cpu")


@torch.op("Tensor.cuda")
def on_cuda(input: Tensor, device: object = None, non_blocking: object = False, memory_format: object = None) -> object:
    return moved(input, "cuda" if device is None else device_asked(device))


@torch.op("Tensor.xpu", "Tensor.mps", "Tensor.ipu")
def on_another(input: Tensor, *args: object, **named: object) -> object:
    return moved(input, ELSEWHERE)


SAME = "pin_memory share_memory_ requires_grad_ retain_grad to_dense coalesce rename refine_names rename_ to_mkldnn"


@torch.op(*(f"Tensor.{name}" for name in SAME.split()))
def same(input: Tensor, *args: object, **named: object) -> object:
    return input


@torch.op("Tensor.detach", "detach", "Tensor.detach_", "Tensor.__deepcopy__")
def detached(input: Tensor, *args: object) -> object:
    """The same memory without its history."""
    return view_of(input, input.shape, strides_of(input), input.values)


@torch.op("clone", "Tensor.clone")
def clone(input: Tensor, *, memory_format: object = None) -> object:
    strides = strides_of(input)
    result = made(input.shape, input.dtype, input.values, is_contiguous=input.is_contiguous, flow=ELEMENTWISE)
    if strides is not None and not input.is_contiguous:
        result.data = {"strides": strides}
    return result


@torch.op("Tensor.item")
def item(input: Tensor) -> object:
    """The one element. Raises OperationFails where there are more."""
    if input.values is not None and len(input.values) == 1:
        return input.values[0]
    shape = input.shape
    if shape.rank is not None and differ(shape.numel, 1):
        raise OperationFails(f"`item` of a tensor of shape {shape}, which has {shape.numel} elements")
    raise Undetermined(Unknown("the element of a tensor", is_free=True))


torch.alias("Tensor.item", "Tensor.__float__", "Tensor.__int__", "Tensor.__index__", "Tensor.__complex__")


@torch.op("Tensor.tolist")
def tolist(input: Tensor) -> object:
    """The elements as nested lists; unknown ones in lists of the known lengths."""
    shape = input.shape
    if input.values is not None and shape.is_known:
        return nested(list(input.values), [size for size in shape.dims if isinstance(size, int)])
    if shape.rank is not None and 0 < shape.rank <= 2 and isinstance(shape[0], int) and shape[0] <= 1024:
        element = Unknown("an element of a tensor", is_free=True)
        if shape.rank == 1:
            return ListValue([element] * shape[0])
    raise Undetermined(Unknown("the elements of a tensor", is_free=True))


@torch.op("Tensor.data_ptr", "Tensor.storage", "Tensor.untyped_storage", "Tensor.get_device", "get_device")
def outside(input: Tensor, *args: object, **named: object) -> object:
    raise Undetermined(Unknown("what a tensor is outside of the framework"))


@torch.native("Tensor.numpy", "Tensor.__array__")
def numpy(door: Door, tensor: Tensor, /, *args: Value, **named: Value) -> Value:
    """The elements as an array of NumPy's, where something is known of NumPy."""
    return door.call(door.attribute(door.module("numpy"), "asarray"), tensor)


@torch.op("Tensor.backward", "Tensor.record_stream")
def without_result(input: Tensor, *args: object, **named: object) -> object:
    return None


@torch.native("Tensor.set_", takes_unknown=True)
def on_other_memory(door: Door, tensor: Tensor, /, *source: Value, **named: Value) -> Value:
    """The tensor on other memory, under a shape that is not followed."""
    door.touch(tensor)
    forget_values(tensor)
    tensor.contents, tensor.is_contiguous, tensor.data = Shape((), leading=True), None, {}
    return tensor


# Sizes


@torch.native("Tensor.size")
def size(door: Door, tensor: Tensor, /, dim: Value = None) -> Value:
    """All sizes, or one."""
    sizes = shape_of(door, tensor)
    if dim is None:
        return sizes
    if isinstance(sizes, Unknown):
        known = tensor.shape.dims
        if isinstance(dim, int) and -len(known) <= dim < 0:
            return known[dim]
        return sizes
    if isinstance(dim, int) and not -len(sizes) <= dim < len(sizes):
        raise AxisOutOfRange(dim, -len(sizes), len(sizes) - 1, tensor.shape, argument="dim", exception="IndexError")
    return door.item(sizes, dim)


@torch.native("Tensor.dim", "Tensor.ndimension")
def dim(door: Door, tensor: Tensor, /) -> Value:
    rank = tensor.shape.rank
    return door.unknown("the number of axes of a tensor") if rank is None else rank


@torch.native("Tensor.numel", "Tensor.nelement", "numel")
def numel(door: Door, tensor: Tensor, /, **named: Value) -> Value:
    if not isinstance(tensor, Tensor) or tensor.shape.leading:
        return door.unknown("the number of elements of a tensor")
    return tensor.shape.numel


@torch.native("Tensor.__len__")
def length(door: Door, tensor: Tensor, /) -> Value:
    shape = tensor.shape
    if shape.rank is None:
        return door.unknown("the number of rows of a tensor")
    if shape.rank == 0:
        raise OperationFails("`len` of a tensor of no axes", exception="TypeError")
    return shape[0]


@torch.native("Tensor.element_size")
def element_size(door: Door, tensor: Tensor, /) -> Value:
    return door.attribute(dtype_value(tensor.dtype), "itemsize")


@torch.native("Tensor.stride")
def stride(door: Door, tensor: Tensor, /, dim: Value = None) -> Value:
    strides = strides_of(tensor)
    if strides is None:
        return door.unknown("the memory order of a tensor")
    return strides if dim is None else door.item(strides, dim)


@torch.native("Tensor.is_floating_point", "is_floating_point")
def is_floating_point(door: Door, tensor: Tensor, /) -> Value:
    return door.attribute(dtype_value(tensor.dtype), "is_floating_point") if isinstance(tensor, Tensor) else door.unknown("a dtype")


@torch.native("Tensor.is_complex", "is_complex")
def is_complex(door: Door, tensor: Tensor, /) -> Value:
    return door.attribute(dtype_value(tensor.dtype), "is_complex") if isinstance(tensor, Tensor) else door.unknown("a dtype")


@torch.native("is_tensor")
def is_tensor(door: Door, /, obj: Value) -> Value:
    return isinstance(obj, Tensor)


# In place


def reshape_in_place(door: Door, tensor: Tensor, result: Value) -> Value:
    """Every name of the tensor sees the new shape."""
    if result is not tensor:
        door.touch(tensor)
        tensor.contents = result.shape if isinstance(result, Tensor) else Shape((), leading=True)
        tensor.is_contiguous = result.is_contiguous if isinstance(result, Tensor) else None
        tensor.data = {}
        forget_values(tensor)
    return tensor


for _name in ["squeeze", "unsqueeze", "transpose", "t", "swapaxes", "swapdims"]:

    def _in_place(door: Door, tensor: Tensor, *args: Value, _name: str = _name, **named: Value) -> Value:
        return reshape_in_place(door, tensor, door.call(door.attribute(tensor, _name), *args, **named))

    torch.native(f"Tensor.{_name}_")(_in_place)


@torch.native("Tensor.resize_", "Tensor.resize_as_")
def resize(door: Door, tensor: Tensor, /, *sizes: Value, **named: Value) -> Value:
    """Sizes that have nothing to do with the old ones."""
    if len(sizes) == 1 and isinstance(sizes[0], Tensor):
        return reshape_in_place(door, tensor, sizes[0])
    items = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], tuple) else sizes
    return reshape_in_place(door, tensor, made(Shape(tuple(items)), tensor.dtype, is_contiguous=True))
