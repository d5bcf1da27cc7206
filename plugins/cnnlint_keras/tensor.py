"""Tensors: what the program reads of them, and Python's operators.

Source: https://keras.io/api/ops/
"""

from __future__ import annotations

from cnnlint.plugin import Door, Expression, Shape, Tensor, Value
from cnnlint_keras.framework import keras
from cnnlint_keras.shapes import seen_shape

keras.cls("Tensor")
keras.alias("Tensor", "KerasTensor", "tf.Tensor", "backend.KerasTensor")


@keras.attribute("Tensor.shape")
def shape(door: Door, tensor: Tensor, /) -> Value:
    return seen_shape(door, tensor)


@keras.attribute("Tensor.ndim")
def ndim(door: Door, tensor: Tensor, /) -> Value:
    rank = tensor.shape.rank
    return door.unknown("the number of axes of a tensor") if rank is None else rank


@keras.attribute("Tensor.dtype")
def dtype(door: Door, tensor: Tensor, /) -> Value:
    return door.unknown("the dtype of a tensor", is_harmless=True) if tensor.dtype is None else tensor.dtype


@keras.attribute("Tensor.name")
def name(door: Door, tensor: Tensor, /) -> Value:
    return door.unknown("the name of a tensor", is_harmless=True, is_free=True)


@keras.native("Tensor.get_shape")
def get_shape(door: Door, tensor: Tensor, /) -> Value:
    return seen_shape(door, tensor)


@keras.native("Tensor.numpy", "Tensor.value", "Tensor.read_value", takes_unknown=True)
def value(door: Door, tensor: Tensor, /) -> Value:
    """The same numbers."""
    return Tensor(tensor.shape, tensor.framework, dtype=tensor.dtype, values=tensor.values)


@keras.native("Tensor.__len__")
def length(door: Door, tensor: Tensor, /) -> Value:
    shape = tensor.shape
    if shape.leading or not shape.dims:
        return door.unknown("the length of a tensor")
    return shape.dims[0]


@keras.native("Tensor.__iter__")
def iterate(door: Door, tensor: Tensor, /) -> Value:
    return door.unknown("the parts of a tensor along its first axis")


@keras.native("Tensor.set_shape", "Tensor.assign", "Tensor.assign_add", "Tensor.assign_sub", takes_unknown=True)
def for_effect(door: Door, tensor: Tensor, /, *given: Value, **keywords: Value) -> None:
    return


@keras.native("ops.shape", takes_unknown=True)
def shape_of(door: Door, /, x: Value) -> Value:
    """The sizes: numbers where they are known, and what stands for them where they are open."""
    if not isinstance(x, Tensor) or x.shape.leading:
        return door.unknown("the shape of a tensor")
    return tuple(x.shape.dims)


@keras.native("tf.shape", "backend.shape", "tf.TensorShape.of", takes_unknown=True)
def shape_tensor(door: Door, /, input: Value, *options: Value, **keywords: Value) -> Value:
    """The sizes as a tensor whose elements they are."""
    if not isinstance(input, Tensor) or input.shape.leading:
        return door.unknown("the shape of a tensor")
    return tuple(input.shape.dims)


@keras.native("backend.int_shape", takes_unknown=True)
def int_shape(door: Door, /, x: Value) -> Value:
    """The shape with None for what is open."""
    return seen_shape(door, x, is_static=True) if isinstance(x, Tensor) else door.unknown("the shape of a tensor")


@keras.native("ops.size", "tf.size", "backend.count_params", takes_unknown=True)
def size(door: Door, /, x: Value, *options: Value, **keywords: Value) -> Value:
    return x.shape.numel if isinstance(x, Tensor) else door.unknown("the size of a tensor")


@keras.native("ops.ndim", "tf.rank", "backend.ndim", takes_unknown=True)
def rank(door: Door, /, x: Value, *options: Value, **keywords: Value) -> Value:
    found = x.shape.rank if isinstance(x, Tensor) else None
    return door.unknown("the number of axes of a tensor") if found is None else found


def operand(value: Value) -> Shape | None:
    """The shape of an operand: a number has no axes; None for what has none that is known."""
    if isinstance(value, Tensor):
        return value.shape
    if isinstance(value, (bool, int, float, Expression)):
        return Shape(())
    return None
