"""Sorting, searching and sets of elements.

Source: https://numpy.org/doc/stable/reference/routines.sort.html
"""

from __future__ import annotations

import bisect
from typing import Any

from cnnlint.plugin import Expression, Shape, Tensor, Undetermined, Unknown, Value, unknown_size
from cnnlint_numpy.axes import axis_of, rank_of
from cnnlint_numpy.elements import array, as_array, result, sizes_of, strides
from cnnlint_numpy.framework import numpy


def numbers_of(given: Tensor) -> list[Any] | None:
    """The elements, where all are known numbers, none of them NaN."""
    if given.values is None or any(isinstance(value, Expression) or value != value for value in given.values):
        return None
    return list(given.values)


@numpy.op("sort", is_index=False)
@numpy.op("argsort", "ndarray.argsort", is_index=True)
def sort(a: object, axis: object = -1, kind: object = None, order: object = None, *, is_index: bool, **named: object) -> object:
    """In ascending order; equal elements keep theirs only in a stable sort."""
    given = as_array(a, "what is sorted")
    if axis is None:
        given, axis = array(Shape((given.shape.numel,)), given.dtype, given.values), 0
    axis_of(rank_of(given), axis)
    numbers = numbers_of(given) if given.shape.rank == 1 else None
    dtype = "int64" if is_index else given.dtype
    if numbers is None or (is_index and len(set(numbers)) < len(numbers) and kind not in ("stable", "mergesort")):
        return array(given.shape, dtype)
    order_of = sorted(range(len(numbers)), key=lambda place: numbers[place])
    return array(given.shape, dtype, order_of if is_index else [numbers[place] for place in order_of])


@numpy.op("unique")
def unique(
    ar: object,
    return_index: bool = False,
    return_inverse: bool = False,
    return_counts: bool = False,
    axis: object = None,
    **named: object,
) -> object:
    """The distinct elements in ascending order; where the first of each is, which one each element is, and how many there are."""
    given = as_array(ar, "what is made unique")
    if axis is not None:
        raise Undetermined(Unknown("`unique` along an axis"))
    numbers = numbers_of(given)
    size = unknown_size("how many distinct elements an array has")
    found = None if numbers is None else sorted(set(numbers))
    shape = Shape((size if found is None else len(found),))
    parts: list[Value] = [array(shape, given.dtype, found)]
    every, distinct = numbers or [], found or []
    known = found is not None
    if return_index:
        parts.append(array(shape, "int64", [every.index(value) for value in distinct] if known else None))
    if return_inverse:
        parts.append(array(given.shape, "int64", [distinct.index(value) for value in every] if known else None))
    if return_counts:
        parts.append(array(shape, "int64", [every.count(value) for value in distinct] if known else None))
    return parts[0] if len(parts) == 1 else tuple(parts)


@numpy.op("nonzero", "ndarray.nonzero")
def nonzero(a: object) -> object:
    """The indices of elements that are not 0, one array an axis."""
    given = as_array(a, "what is searched")
    rank = rank_of(given)
    numbers, sizes = numbers_of(given), sizes_of(given.shape)
    if numbers is None or sizes is None:
        count = unknown_size("how many elements of an array are not 0")
        return tuple(array(Shape((count,)), "int64") for _ in range(rank))
    places = [place for place, value in enumerate(numbers) if value]
    steps = strides(sizes)
    return tuple(
        array(Shape((len(places),)), "int64", [place // step % size for place in places]) for step, size in zip(steps, sizes, strict=True)
    )


@numpy.op("flatnonzero")
def flatnonzero(a: object) -> object:
    given = as_array(a, "what is searched")
    numbers = numbers_of(given)
    if numbers is None:
        return array(Shape((unknown_size("how many elements of an array are not 0"),)), "int64")
    places = [place for place, value in enumerate(numbers) if value]
    return array(Shape((len(places),)), "int64", places)


@numpy.op("argwhere")
def argwhere(a: object) -> object:
    given = as_array(a, "what is searched")
    return array(Shape((unknown_size("how many elements of an array are not 0"), rank_of(given))), "int64")


@numpy.op("searchsorted", "ndarray.searchsorted")
def searchsorted(a: object, v: object, side: str = "left", sorter: object = None) -> object:
    """Where elements belong in a sorted array."""
    given, wanted = as_array(a, "what is searched"), as_array(v, "what is looked for")
    numbers, looked = numbers_of(given), numbers_of(wanted)
    values = None
    if numbers is not None and looked is not None and sorter is None and given.dtype == wanted.dtype and numbers == sorted(numbers):
        find = bisect.bisect_right if side == "right" else bisect.bisect_left
        values = [find(numbers, value) for value in looked]
    return result(wanted.shape, "int64", values)


@numpy.op("array_equal", "array_equiv")
def array_equal(a1: object, a2: object, equal_nan: object = False) -> object:
    left, right = as_array(a1, "a comparison"), as_array(a2, "a comparison")
    if left.values is None or right.values is None or not left.shape.is_known or not right.shape.is_known:
        raise Undetermined(Unknown("whether arrays are equal"))
    return left.shape.dims == right.shape.dims and left.values == right.values


@numpy.op("allclose")
def allclose(a: object, b: object, *options: object, **named: object) -> object:
    raise Undetermined(Unknown("whether arrays are close"))


@numpy.op("isin", "in1d")
def isin(element: object, test_elements: object, *options: object, **named: object) -> object:
    given, wanted = as_array(element, "what is looked for"), as_array(test_elements, "what is searched")
    numbers, looked = numbers_of(given), numbers_of(wanted)
    values = None if numbers is None or looked is None or options or named else [value in looked for value in numbers]
    return result(given.shape, "bool", values)


@numpy.op(
    "bincount", "histogram", "digitize", "setdiff1d", "union1d", "intersect1d", "partition", "argpartition", "lexsort", "extract", "select"
)
def not_followed(*given: object, **named: object) -> object:
    raise Undetermined(Unknown("an array whose elements are not followed"))
