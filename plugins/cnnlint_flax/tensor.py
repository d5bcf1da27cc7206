"""`jax.Array`: what the program reads of it, and its methods that are no functions of `jax.numpy`.

Source: https://docs.jax.dev/en/latest/_autosummary/jax.Array.html
"""

from __future__ import annotations

from cnnlint.plugin import Door, Expression, Instance, ListValue, OperationFails, Shape, Tensor, Unknown, Value
from cnnlint_flax.arrays import array
from cnnlint_flax.dtypes import dtype_name
from cnnlint_flax.framework import below, flax

flax.cls("Tensor")
flax.alias("Tensor", "jax.Array", "jax.numpy.ndarray", "jax.core.Tracer")


@flax.attribute("Tensor.shape")
def shape(door: Door, tensor: Tensor, /) -> Value:
    return door.unknown(f"the shape {tensor.shape}") if tensor.shape.leading else tuple(tensor.shape.dims)


@flax.attribute("Tensor.ndim")
def ndim(door: Door, tensor: Tensor, /) -> Value:
    rank = tensor.shape.rank
    return door.unknown("the number of axes of a tensor") if rank is None else rank


@flax.attribute("Tensor.size")
def size(door: Door, tensor: Tensor, /) -> Value:
    return door.unknown("the number of elements of a tensor") if tensor.shape.leading else tensor.shape.numel


@flax.attribute("Tensor.dtype")
def dtype(door: Door, tensor: Tensor, /) -> Value:
    known = tensor.dtype
    return door.unknown("the dtype of a tensor", is_harmless=True, is_free=True) if known is None else known


@flax.attribute("Tensor.T", "Tensor.mT")
def transposed(door: Door, tensor: Tensor, /) -> Value:
    dims = tensor.shape.dims
    return Tensor(Shape(() if tensor.shape.leading else dims[::-1], tensor.shape.leading), flax, dtype=tensor.dtype)


@flax.attribute(*below("Tensor", "sharding itemsize nbytes weak_type is_fully_addressable addressable_shards flat"))
def not_followed(door: Door, tensor: Tensor, /) -> Value:
    return door.unknown("an attribute of a tensor that is not followed", is_harmless=True, is_free=True)


@flax.attribute("Tensor.real", "Tensor.imag")
def part(door: Door, tensor: Tensor, /) -> Value:
    return Tensor(tensor.shape, flax)


@flax.native("Tensor.__len__")
def length(door: Door, tensor: Tensor, /) -> Value:
    found = tensor.shape
    if found.leading:
        return door.unknown("the length of a tensor")
    if not found.dims:
        raise OperationFails("`len` of a tensor without axes", exception="TypeError")
    return found.dims[0]


@flax.op("Tensor.astype", "jax.lax.convert_element_type", "jax.numpy.astype")
def astype(x: Tensor, dtype: object = None, *options: object, **named: object) -> Tensor:
    return array(x.shape, dtype_name(dtype))


@flax.op(*below("Tensor", "copy block_until_ready __copy__ __deepcopy__ __array__ to_device"), "jax.device_put", "jax.block_until_ready")
def same(x: object, *options: object, **named: object) -> object:
    """What is given, wherever it lies."""
    return x


@flax.op("Tensor.item", "Tensor.__float__", "Tensor.__int__", "Tensor.__index__", "Tensor.__bool__", "Tensor.tolist")
def number(x: Tensor, *place: object) -> object:
    """The elements as Python's numbers, which are not followed."""
    return Unknown("a number from a tensor", is_free=True)


@flax.native("jax.numpy.shape", takes_unknown=True)
def shape_of(door: Door, /, a: Value) -> Value:
    found = as_tensor(a)
    return shape(door, found) if isinstance(found, Tensor) else door.unknown("the shape of a tensor")


@flax.native("jax.numpy.ndim", takes_unknown=True)
def ndim_of(door: Door, /, a: Value) -> Value:
    found = as_tensor(a)
    return ndim(door, found) if isinstance(found, Tensor) else door.unknown("the number of axes of a tensor")


@flax.native("jax.numpy.size", takes_unknown=True)
def size_of(door: Door, /, a: Value, axis: Value = None) -> Value:
    found = as_tensor(a)
    if not isinstance(found, Tensor) or (axis is not None and not isinstance(axis, int)):
        return door.unknown("the size of a tensor")
    return size(door, found) if axis is None else door.item(shape(door, found), axis)


# `x.at[index].set(value)`


flax.cls("Tensor.Indexed")


@flax.attribute("Tensor.at")
def at(door: Door, tensor: Tensor, /) -> Value:
    """What updates some elements, and gives a tensor of the same shape."""
    made = door.instance(door.framework_value(flax, "Tensor.Indexed"))
    made.contents["whole"] = tensor
    return made


@flax.native("Tensor.Indexed.__getitem__", takes_unknown=True)
def chosen(door: Door, indexed: Instance, /, index: Value) -> Value:
    made = door.instance(indexed.cls)
    made.contents.update(indexed.contents, index=index)
    return made


@flax.native(*below("Tensor.Indexed", "set add multiply mul divide min max power apply"), takes_unknown=True)
def updated(door: Door, indexed: Instance, /, *given: Value, **named: Value) -> Value:
    """The tensor with other elements at some places."""
    whole = indexed.contents["whole"]
    return Tensor(whole.shape, flax, dtype=whole.dtype) if isinstance(whole, Tensor) else whole


@flax.native("Tensor.Indexed.get", takes_unknown=True)
def read(door: Door, indexed: Instance, /, **named: Value) -> Value:
    return door.item(indexed.contents["whole"], indexed.contents["index"])


def as_tensor(value: Value) -> Value:
    """Numbers, and lists of them or of tensors, as the tensors that functions make of them."""
    if isinstance(value, (bool, int, float, complex, Expression)):
        return Tensor(Shape(()), flax)
    if isinstance(value, (ListValue, tuple)):
        return Tensor(nested(value), flax)
    return value


def nested(value: Value) -> Shape:
    """The shape of nested lists of numbers and tensors, as far as it is known."""
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, (bool, int, float, complex, Expression)):
        return Shape(())
    if isinstance(items, Tensor):
        return items.shape
    if not isinstance(items, (list, tuple)):
        return Shape((), leading=True)
    if not items:
        return Shape((0,))
    inner = nested(items[0])
    return inner if inner.leading else Shape((len(items), *inner.dims))


flax.as_tensor = as_tensor
