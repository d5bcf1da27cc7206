"""Arrays that are made: their elements where they are few and known, and who shares them; and array-likes as arrays.

Source: https://numpy.org/doc/stable/glossary.html#term-array_like
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from cnnlint.plugin import (
    Dim,
    Expression,
    FrameworkNumber,
    ListValue,
    OperationFails,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    equal,
)
from cnnlint_numpy.framework import numpy
from cnnlint_numpy.promotion import promoted, rounded
from cnnlint_numpy.scalars import plain, scalar

MOST_VALUES = 4096
NUMBERS = (bool, int, float, complex, Expression)


def array(shape: Shape, dtype: str | None, values: Sequence[Value] | None = None, is_contiguous: bool | None = True) -> Tensor:
    """An array with these elements, rounded to the dtype, or with unknown ones."""
    kept: tuple[Value, ...] | None = None
    if values is not None and len(values) <= MOST_VALUES:
        kept = tuple(rounded(plain(value), dtype) for value in values)
        if any(value is None for value in kept):
            kept = None
    return Tensor(shape, numpy, numpy.tensor, dtype, values=kept, is_contiguous=is_contiguous)


def result(shape: Shape, dtype: str | None, values: Sequence[Value] | None = None, is_contiguous: bool | None = True) -> Value:
    """An array, or a scalar where there are no axes: Unknown if its number is not known."""
    if shape.rank == 0:
        return scalar(values[0], dtype) if values is not None else Unknown("a number that NumPy computes")
    return array(shape, dtype, values, is_contiguous)


def view(base: Tensor, shape: Shape, values: Sequence[Value] | None, is_contiguous: bool | None = None) -> Tensor:
    """An array on the memory of another: a write to one is a write to the other."""
    made = array(shape, base.dtype, values, is_contiguous)
    if base.values is not None or "sharing" in base.data:
        sharing = base.data.get("sharing") or [base]
        sharing.append(made)
        base.data = {**base.data, "sharing": sharing}
        made.data = {"sharing": sharing}
    return made


def forget_values(written: Tensor) -> None:
    """An array was written to."""
    written.values = None
    for other in written.data.get("sharing", ()):
        other.values = None


def sizes_of(shape: Shape) -> list[int] | None:
    """The sizes, where all are known numbers and the elements are few."""
    if not shape.is_known:
        return None
    sizes = [dim for dim in shape.dims if isinstance(dim, int)]
    return sizes if math.prod(sizes) <= MOST_VALUES else None


def as_array(value: Value, of: str = "an array") -> Tensor:
    """An array-like as an array: numbers, nested sequences of them, tensors of any framework.

    Raises OperationFails with ValueError for rows of different lengths, Undetermined for what is not known.
    """
    if isinstance(value, Tensor):
        if value.framework is numpy:
            return value
        return array(value.shape, value.dtype, value.values, value.is_contiguous)
    if isinstance(value, NUMBERS):
        dtype = number_dtype(value)
        return Tensor(
            Shape(()), numpy, numpy.tensor, dtype, values=None if isinstance(value, complex) else (plain(value),), is_contiguous=True
        )
    items = items_of(value)
    if items is None:
        raise Undetermined(value if isinstance(value, Unknown) else Unknown(of))
    return stacked([as_array(item, of) for item in items])


def number_dtype(value: Value) -> str | None:
    """The dtype that a lone number becomes."""
    if isinstance(value, FrameworkNumber):
        return value.kind
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, complex):
        return "complex128"
    return "int64" if isinstance(value, int) or (isinstance(value, Expression) and value.is_integer) else "float64"


def items_of(value: Value) -> Sequence[Value] | None:
    """The items of a sequence; None for what is none, Undetermined where they are not known."""
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, Unknown):
        raise Undetermined(items)
    if isinstance(items, range):
        if len(items) > MOST_VALUES:
            raise Undetermined(Unknown("an array of a long range"))
        return list(items)
    return items if isinstance(items, (tuple, list)) else None


def stacked(rows: Sequence[Tensor]) -> Tensor:
    """Rows as one array; each may be a number."""
    if not rows:
        return array(Shape((0,)), "float64", ())
    first = rows[0].shape
    for row in rows[1:]:
        if row.shape.leading or first.leading:
            raise Undetermined(Unknown("an array of rows of unknown shapes"))
        if len(row.shape.dims) != len(first.dims) or any(
            isinstance(a, int) and isinstance(b, int) and a != b for a, b in zip(row.shape.dims, first.dims, strict=True)
        ):
            raise OperationFails(f"an array of rows of different shapes: {first} and {row.shape}", exception="ValueError")
    if first.leading:
        raise Undetermined(Unknown("an array of rows of unknown shapes"))
    dtype: str | None = rows[0].dtype
    values: list[Value] | None = []
    for row in rows:
        dtype = None if dtype is None or row.dtype is None else promoted(dtype, row.dtype)
        values = None if values is None or row.values is None else [*values, *row.values]
    return array(first.inserted(0, len(rows)), dtype, values)


def spread(values: Sequence[Value], own: Shape, shape: Shape) -> list[Value] | None:
    """The elements of an operand, repeated to the common shape."""
    sizes = sizes_of(shape)
    if len(values) == 1 and sizes is not None:
        return list(values) * math.prod(sizes)
    if own.leading or shape.leading:
        return None
    if len(own.dims) == len(shape.dims) and all(equal(a, b) for a, b in zip(own, shape, strict=True)):
        return list(values)
    mine = sizes_of(own)
    if sizes is None or mine is None:
        return None
    return [values[place] for place in places([1] * (len(sizes) - len(mine)) + mine, sizes)]


def places(own: Sequence[int], sizes: Sequence[int]) -> list[int]:
    """Where in an operand of sizes `own` each element of the common shape is."""
    found = [0]
    for mine, size in zip(own, sizes, strict=True):
        found = [place * mine + (at if mine != 1 else 0) for place in found for at in range(size)]
    return found


def strides(sizes: Sequence[Dim]) -> list[int]:
    """How many elements apart neighbours on each axis are, row by row, for known sizes."""
    steps: list[int] = []
    step = 1
    for size in reversed(sizes):
        steps.append(step)
        step *= size if isinstance(size, int) else 0
    return steps[::-1]
