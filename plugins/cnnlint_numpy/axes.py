"""Axes and sizes as arguments: `axis=-1`, `axis=(0, 1)`, `reshape(2, -1)`, `zeros((2, 3))`.

Source: https://numpy.org/doc/stable/glossary.html#term-axis
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import AxisOutOfRange, Dim, Expression, InvalidArgument, Shape, Tensor, Undetermined, Unknown, Value, as_dim, greater
from cnnlint_numpy.elements import items_of


def axis_of(rank: int, axis: Value, extra: int = 0) -> int:
    """An axis counted from 0; `extra` more are allowed for one that is being inserted.

    Raises AxisOutOfRange with the framework's AxisError, an IndexError.
    """
    number = as_dim(axis)
    if not isinstance(number, int):
        raise Undetermined(axis if isinstance(axis, Unknown) else Unknown("an axis"))
    limit = rank + extra
    if not -limit <= number < limit:
        raise AxisOutOfRange(number, -limit, limit - 1, argument="axis", exception="IndexError")
    return number % limit


def axes_of(rank: int, axis: Value) -> list[int]:
    """One axis, several, or all for None."""
    if axis is None:
        return list(range(rank))
    items = items_of(axis)
    found = [axis_of(rank, item) for item in items] if items is not None else [axis_of(rank, axis)]
    if len(set(found)) < len(found):
        raise InvalidArgument("names an axis twice", argument="axis", exception="ValueError")
    return found


def rank_of(array: Tensor) -> int:
    """The number of axes. Raises Undetermined where it is not known."""
    rank = array.shape.rank
    if rank is None:
        raise Undetermined(Unknown("the number of axes of an array"))
    return rank


def sizes_given(shape: Value) -> list[Dim]:
    """A shape as an int, a tuple, a list or an array.

    Raises InvalidArgument with TypeError for what holds no ints, with ValueError for negative sizes.
    """
    if isinstance(shape, Tensor) and shape.shape.rank == 1 and shape.values is not None:
        items: Sequence[Value] | None = shape.values
    else:
        items = None if isinstance(shape, Tensor) else items_of(shape)
    return [size_of(item) for item in (items if items is not None else (shape,))]


def size_of(value: Value) -> Dim:
    dim = as_dim(value)
    if isinstance(dim, (int, Expression)):
        return dim
    if isinstance(value, (float, str, type(None))):
        raise InvalidArgument(f"must hold ints, but holds {value!r}", argument="shape", exception="TypeError")
    raise Undetermined(value if isinstance(value, Unknown) else Unknown("a size"))


def new_shape(shape: Value) -> Shape:
    """The shape of a new array."""
    sizes = sizes_given(shape)
    for size in sizes:
        if greater(0, size):
            raise InvalidArgument(f"must not be negative, but is {size}", argument="shape", exception="ValueError")
    return Shape(tuple(sizes))
