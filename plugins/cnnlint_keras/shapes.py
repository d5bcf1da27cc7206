"""Shapes as a program sees and gives them: tuples in which None stands for what is open.

Source: https://keras.io/api/layers/core_layers/input/
"""

from __future__ import annotations

from cnnlint.plugin import (
    Dim,
    Door,
    Expression,
    FrameworkTuple,
    InvalidArgument,
    ListValue,
    Shape,
    Tensor,
    Unknown,
    Value,
    as_dim,
    symbol,
    unknown_size,
)
from cnnlint_keras.faults import ShapeNotATuple
from cnnlint_keras.framework import BATCH, OPEN, is_open, keras
from cnnlint_keras.origins import node_of

AXES = {1: ("L",), 2: ("H", "W"), 3: ("D", "H", "W")}


class TensorShape(FrameworkTuple):
    """The shape of a tensor: a tuple, with the methods that TensorFlow's class has, which equals a list of the same sizes."""

    __slots__ = ()

    framework = keras
    kind = "tf.TensorShape"
    may_equal_lists = True


keras.cls("tf.TensorShape", "tuple")


@keras.native("tf.TensorShape.as_list")
def as_list(door: Door, shape: Value, /) -> Value:
    return ListValue(list(shape)) if isinstance(shape, tuple) else door.unknown("the sizes of a shape")


@keras.attribute("tf.TensorShape.rank", "tf.TensorShape.ndims")
def rank_of(door: Door, shape: Value, /) -> Value:
    return len(shape) if isinstance(shape, tuple) else door.unknown("the number of axes of a shape")


def seen_shape(door: Door, value: Value, *, is_static: bool = False) -> Value:
    """The shape of a tensor as the program sees it, or those of several in the structure in which they stand.

    What is open is None where the tensor is symbolic, and in every shape that Keras computes beforehand (`is_static`).
    """
    if isinstance(value, Tensor):
        shape = value.shape
        if shape.leading:
            return door.unknown(f"the shape {shape}")
        hides_open = is_static or node_of(value) is not None
        return TensorShape(None if hides_open and is_open(dim) else dim for dim in shape.dims)
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, (list, tuple)):
        return ListValue([seen_shape(door, item, is_static=is_static) for item in items])
    return door.unknown("the shape of an input")


def open_axes(count: int, before: str = "") -> tuple[Dim, ...]:
    """Symbols for the axes behind the batch that an input leaves open, named as the field names them; the last are the channels."""
    names = (*AXES.get(count - 1, tuple(f"n{i}" for i in range(1, count))), "channels")
    return tuple(symbol(f"{before}{name}", kind=OPEN) for name in names[-count:] if count)


def sizes_of(door: Door, shape: Value, before: str = "", argument: str = "shape") -> tuple[Dim, ...] | Unknown:
    """The sizes that a program's shape states, batch left out, each None as a symbol of its own.

    Raises ShapeNotATuple and InvalidArgument with Keras's ValueError where it is no sequence of sizes.
    """
    items = shape.contents if isinstance(shape, ListValue) else shape
    if isinstance(items, Unknown):
        return items
    if not isinstance(items, (tuple, list)):
        if isinstance(items, (int, Expression)) and not isinstance(items, bool):
            raise ShapeNotATuple(items, argument=argument, exception="ValueError")
        if isinstance(items, (int, float, str, type(None))):
            raise InvalidArgument(f"must be a tuple of sizes, but is {items!r}", argument="shape", exception="ValueError")
        return door.unknown("a shape that is no sequence of sizes")
    names = open_axes(len(items), before)
    dims: list[Dim] = []
    for item, name in zip(items, names, strict=True):
        dim = name if item is None else as_dim(item)
        if isinstance(item, (float, str)) or (isinstance(dim, int) and dim < 0):
            raise InvalidArgument(f"must hold sizes or None, but holds {item!r}", argument="shape", exception="ValueError")
        dims.append(dim if isinstance(dim, (int, Expression)) else unknown_size("a size of an input"))
    return tuple(dims)


def tensor_of_shape(door: Door, shape: Value) -> Value:
    """A tensor of a shape as a program writes it, batch included: the batch is open where it is None; tensors stay as they are."""
    if isinstance(shape, Tensor):
        return shape
    items = shape.contents if isinstance(shape, ListValue) else shape
    if isinstance(items, Unknown):
        return items
    if isinstance(items, (tuple, list)) and any(isinstance(item, (tuple, list, ListValue)) for item in items):
        return ListValue([tensor_of_shape(door, item) for item in items])
    if isinstance(items, (int, Expression)) and not isinstance(items, bool):
        items = (items,)
    if not isinstance(items, (tuple, list)):
        return door.unknown("a shape that is no sequence of sizes")
    rest = sizes_of(door, tuple(items[1:]))
    if isinstance(rest, Unknown):
        return rest
    first = [BATCH if items[0] is None else as_dim(items[0])] if items else []
    dims = [dim if isinstance(dim, (int, Expression)) else unknown_size("a size") for dim in first]
    return Tensor(Shape((*dims, *rest)), keras)
