"""Arrays joined along an axis, or stacked along a new one.

Source: https://numpy.org/doc/stable/reference/routines.array-manipulation.html#joining-arrays
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import (
    ConcatenationMismatch,
    Dim,
    OperationFails,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    expect_equal,
    product,
)
from cnnlint_numpy.axes import axis_of, rank_of
from cnnlint_numpy.elements import array, as_array, items_of, sizes_of, view
from cnnlint_numpy.framework import numpy
from cnnlint_numpy.promotion import promoted


def arrays_of(arrays: Value, function: str) -> list[Tensor]:
    if isinstance(arrays, Tensor):
        if not arrays.shape.rank or not isinstance(arrays.shape[0], int):
            raise Undetermined(Unknown(f"the arrays of `{function}`"))
        return [row(arrays, place) for place in range(arrays.shape[0])]
    items = items_of(arrays)
    if items is None:
        raise Undetermined(arrays if isinstance(arrays, Unknown) else Unknown(f"the arrays of `{function}`"))
    if not items:
        raise OperationFails(f"`{function}` of no arrays", exception="ValueError")
    return [as_array(item, f"one of the arrays of `{function}`") for item in items]


def row(given: Tensor, place: int) -> Tensor:
    shape = Shape(given.shape.dims[1:])
    sizes = sizes_of(shape)
    values = None
    if given.values is not None and sizes is not None:
        count = len(given.values) // max(given.shape[0] if isinstance(given.shape[0], int) else 1, 1)
        values = given.values[place * count : (place + 1) * count]
    return array(shape, given.dtype, values)


def joined(given: Sequence[Tensor], axis: Value) -> Tensor:
    """Along one axis; the others must agree.

    Raises ConcatenationMismatch, or WrongRank, with ValueError where they are proven to differ.
    """
    first = given[0]
    rank = rank_of(first)
    if rank == 0:
        raise WrongRank("at least 1", first.shape, exception="ValueError")
    place = axis_of(rank, axis)
    count: Dim = 0
    dtype: str | None = first.dtype
    for one in given:
        if rank_of(one) != rank:
            raise WrongRank(str(rank), one.shape, exception="ValueError")
        for other in range(rank):
            if other != place:
                failure = ConcatenationMismatch(tuple(each.shape for each in given), place, other, exception="ValueError")
                expect_equal(first.shape[other], one.shape[other], failure)
        count = count + one.shape[place]
        dtype = None if dtype is None or one.dtype is None else promoted(dtype, one.dtype)
    shape = first.shape.replaced(place, count)
    return array(shape, dtype, joined_values(given, place))


def joined_values(given: Sequence[Tensor], place: int) -> list[Value] | None:
    sizes = [sizes_of(one.shape) for one in given]
    if any(one.values is None for one in given) or any(one is None for one in sizes):
        return None
    known = [one for one in sizes if one is not None]
    outer = product(known[0][:place])
    blocks = [product(size[place:]) for size in known]
    result: list[Value] = []
    for turn in range(outer if isinstance(outer, int) else 0):
        for one, block in zip(given, blocks, strict=True):
            if isinstance(block, int):
                result += (one.values or ())[turn * block : (turn + 1) * block]
    return result


@numpy.op("concatenate", "concat")
def concatenate(arrays: object, /, axis: object = 0, out: object = None, *, dtype: object = None, casting: object = None) -> object:
    given = arrays_of(arrays, "concatenate")
    if axis is None:
        given, axis = [view(one, Shape((one.shape.numel,)), one.values, True) for one in given], 0
    return joined(given, axis)


@numpy.op("append")
def append(arr: object, values: object, axis: object = None) -> object:
    return concatenate.function((arr, values), axis)


@numpy.op("stack")
def stack(arrays: object, axis: object = 0, out: object = None, **named: object) -> object:
    given = arrays_of(arrays, "stack")
    place = axis_of(rank_of(given[0]), axis, extra=1)
    for one in given:
        if rank_of(one) != given[0].shape.rank:
            raise WrongRank(str(given[0].shape.rank), one.shape, exception="ValueError")
        for axis_here, (size, other) in enumerate(zip(given[0].shape, one.shape, strict=True)):
            expect_equal(size, other, ConcatenationMismatch(tuple(each.shape for each in given), None, axis_here, exception="ValueError"))
    return joined([view(one, one.shape.inserted(place, 1), one.values, True) for one in given], place)


@numpy.op("hstack", kind="hstack")
@numpy.op("vstack", "row_stack", kind="vstack")
@numpy.op("column_stack", kind="column_stack")
def stacked(tup: object, *, kind: str, **named: object) -> object:
    """Beside each other, or below each other; arrays of one axis are rows, or columns of `column_stack`."""
    given = [one if rank_of(one) else view(one, Shape((1,)), one.values, True) for one in arrays_of(tup, kind)]
    if kind == "hstack":
        return joined(given, 0 if given[0].shape.rank == 1 else 1)
    place = 0 if kind == "vstack" else 1
    flat = [view(one, one.shape.inserted(place, 1), one.values, True) if one.shape.rank == 1 else one for one in given]
    return joined(flat, place)
