"""Subscripts of arrays: `a[0, :, None, ..., mask]`.

Source: https://numpy.org/doc/stable/user/basics.indexing.html
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cnnlint.plugin import (
    Choice,
    Dim,
    Expression,
    ListValue,
    OperationFails,
    Shape,
    SliceValue,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    as_dim,
    at_least,
    greater,
    maximum,
    minimum,
    unknown_size,
)
from cnnlint_numpy.elements import array, as_array, forget_values, result, sizes_of, strides, view
from cnnlint_numpy.framework import numpy
from cnnlint_numpy.scalars import scalar


@dataclass(slots=True)
class Selection:
    """What plain subscripts leave: the sizes, and where the elements are, as long as that is known."""

    dims: list[Dim] = field(default_factory=list)
    places: list[int] | None = field(default_factory=lambda: [0])


@numpy.op("ndarray.__getitem__")
def get_item(a: Tensor, index: object) -> object:
    """Raises OperationFails with IndexError for too many subscripts, or one out of range."""
    items = list(index) if isinstance(index, tuple) else [index]
    shape = a.shape
    if shape.rank is None:
        raise Undetermined(Unknown("a part of an array whose shape is not known"))
    if any(isinstance(item, (Tensor, ListValue, tuple, range)) for item in items):
        return advanced(a, items)
    selection = selected(a, items)
    values = None
    if a.values is not None and selection.places is not None:
        values = [a.values[place] for place in selection.places]
    if not selection.dims and Ellipsis not in [item for item in items if item is Ellipsis]:
        return scalar(values[0], a.dtype) if values is not None else Unknown("an element of an array")
    return view(a, Shape(tuple(selection.dims)), values)


@numpy.op("ndarray.__setitem__")
def set_item(a: Tensor, index: object, value: object) -> None:
    """The elements are not followed further."""
    forget_values(a)


@numpy.op("ndarray.fill", "ndarray.sort", "put", "place", "copyto", "fill_diagonal", "putmask")
def written(a: Tensor, *given: object, **named: object) -> None:
    forget_values(a)


def selected(a: Tensor, items: Sequence[Value]) -> Selection:
    """Apply ints, slices, new axes and an ellipsis from left to right."""
    shape = a.shape
    count = sum(item is not None and item is not Ellipsis for item in items)
    if count > len(shape.dims):
        raise WrongRank(f"at least {count}", shape, exception="IndexError")
    if sum(item is Ellipsis for item in items) > 1:
        raise OperationFails("more than one ellipsis among subscripts", exception="IndexError")
    sizes = sizes_of(shape)
    steps = strides(sizes) if sizes is not None else None
    found = Selection(places=[0] if sizes is not None else None)
    rest = SliceValue(None, None, None)
    filled: list[Value] = []
    for item in items:
        filled += [rest] * (len(shape.dims) - count) if item is Ellipsis else [item]
    filled += [rest] * (len(shape.dims) - sum(item is not None for item in filled))
    axis = 0
    for item in filled:
        if item is None:
            found.dims.append(1)
            continue
        take(found, shape, axis, item, None if steps is None else steps[axis])
        axis += 1
    return found


def take(found: Selection, shape: Shape, axis: int, item: Value, step: int | None) -> None:
    size = shape.dims[axis]
    if isinstance(item, SliceValue):
        apply_slice(found, size, item, step)
        return
    if isinstance(item, (float, str, bool)):
        raise OperationFails(f"{item!r} as a subscript of an array of shape {shape}", exception="IndexError")
    number = as_dim(item)
    if isinstance(item, (Unknown, Choice)) or not isinstance(number, (int, Expression)):
        raise Undetermined(item if isinstance(item, Unknown) else Unknown("a subscript of an array"))
    if at_least(number, size) or greater(-size, number):
        raise OperationFails(f"index {number} is out of range for axis {axis} of an array of shape {shape}", exception="IndexError")
    if found.places is None or step is None or not isinstance(number, int) or not isinstance(size, int):
        found.places = None
        return
    found.places = [place + number % size * step for place in found.places]


def apply_slice(found: Selection, size: Dim, item: SliceValue, step: int | None) -> None:
    bounds = [None if bound is None else as_dim(bound) for bound in (item.lower, item.upper, item.step)]
    if any(bound is not None and not isinstance(bound, (int, Expression)) for bound in bounds):
        raise Undetermined(Unknown("a bound of a slice"))
    lower, upper, by = bounds
    if isinstance(size, int) and all(bound is None or isinstance(bound, int) for bound in bounds):
        if by == 0:
            raise OperationFails("a slice with step 0", exception="ValueError")
        chosen = range(size)[lower:upper:by]
        found.dims.append(len(chosen))
        if found.places is not None and step is not None:
            found.places = [place + at * step for place in found.places for at in chosen]
        return
    found.places = None
    found.dims.append(open_slice(size, lower, upper, 1 if by is None else by))


def open_slice(size: Dim, lower: Dim | None, upper: Dim | None, by: Dim) -> Dim:
    """How many elements a slice of symbolic bounds takes."""
    if not isinstance(by, int) or by < 1:
        return size if lower is None and upper is None and by == -1 else unknown_size("the length of a slice")
    start = 0 if lower is None else clipped(lower, size)
    stop = size if upper is None else clipped(upper, size)
    length = stop - start
    length = length if at_least(length, 0) else maximum(length, 0)
    return -(-length // by)


def clipped(index: Dim, size: Dim) -> Dim:
    if at_least(index, 0):
        return minimum(index, size)
    if greater(0, index):
        return maximum(size + index, 0)
    return unknown_size(f"where a slice at {index} cuts")


def advanced(a: Tensor, items: Sequence[Value]) -> Value:
    """Index arrays and masks: alone on the first axis their elements are known; beside others only the shape, if that."""
    if len(items) != 1:
        raise Undetermined(Unknown("an array under several index arrays"))
    index = as_array(items[0], "an index")
    if isinstance(items[0], ListValue) and index.values == ():
        index = array(Shape((0,)), "int64", ())
    shape = a.shape
    if index.dtype is None or index.shape.rank is None:
        raise Undetermined(Unknown("an index whose dtype is not known"))
    if index.dtype == "bool":
        return masked(a, index)
    if "int" not in index.dtype:
        raise OperationFails(f"an index of dtype {index.dtype}", exception="IndexError")
    if not shape.dims:
        raise OperationFails("a subscript of an array without axes", exception="IndexError")
    size = shape.dims[0]
    for number in index.values or ():
        if isinstance(number, int) and (at_least(number, size) or greater(-size, number)):
            raise OperationFails(f"index {number} is out of range for axis 0 of an array of shape {shape}", exception="IndexError")
    result_shape = Shape((*index.shape.dims, *shape.dims[1:]))
    sizes = sizes_of(shape)
    values = None
    if a.values is not None and sizes is not None and index.values is not None and all(isinstance(at, int) for at in index.values):
        block = strides(sizes)[0]
        starts = [at % sizes[0] * block for at in index.values]
        values = [value for start in starts for value in a.values[start : start + block]]
    return result(result_shape, a.dtype, values)


def masked(a: Tensor, mask: Tensor) -> Value:
    shape, rank = a.shape, len(mask.shape.dims)
    if rank > len(shape.dims) or any(
        isinstance(own, int) and isinstance(other, int) and own != other for own, other in zip(mask.shape.dims, shape.dims, strict=False)
    ):
        raise OperationFails(f"a mask of shape {mask.shape} for an array of shape {shape}", exception="IndexError")
    rest = shape.dims[rank:]
    if mask.values is None:
        return array(Shape((unknown_size("how many elements a mask selects"), *rest)), a.dtype)
    places = [place for place, holds in enumerate(mask.values) if holds]
    values = None
    if a.values is not None and mask.values:
        block = len(a.values) // len(mask.values)
        values = [value for place in places for value in a.values[place * block : (place + 1) * block]]
    return array(Shape((len(places), *rest)), a.dtype, values)
