"""Arrays made from sizes, numbers and ranges.

Source: https://numpy.org/doc/stable/reference/routines.array-creation.html
"""

from __future__ import annotations

import math
from typing import Any

from cnnlint.plugin import (
    Dim,
    Expression,
    InvalidArgument,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    at_least,
    ceil,
    greater,
    maximum,
    quotient,
    unknown_size,
)
from cnnlint_numpy.arithmetic import power
from cnnlint_numpy.axes import new_shape
from cnnlint_numpy.dtypes import dtype_name
from cnnlint_numpy.elements import MOST_VALUES, array, as_array, sizes_of, spread
from cnnlint_numpy.framework import numpy
from cnnlint_numpy.promotion import FLOATS, common_dtype
from cnnlint_numpy.scalars import plain


@numpy.op("array", "asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "require", "copy", "asarray_chkfinite", "matrix")
def new_array(object: object, dtype: object = None, *options: object, ndmin: int = 0, **named: object) -> object:
    """An array-like as an array; `asarray` gives an array back as it is."""
    given = as_array(named.get("a", object), "the elements of an array")
    name = dtype_name(dtype) if dtype is not None else given.dtype
    shape = given.shape
    if shape.rank is not None and shape.rank < ndmin:
        shape = Shape((*(1,) * (ndmin - shape.rank), *shape.dims))
    return array(shape, name, given.values, given.is_contiguous)


def filled(shape: object, dtype: object = None, order: object = None, *, value: Value, **named: object) -> object:
    return full_of(new_shape(shape), dtype_name(dtype, "float64"), value)


def full_of(shape: Shape, dtype: str | None, value: Value) -> Tensor:
    sizes = sizes_of(shape)
    known = isinstance(value, (int, float)) and sizes is not None
    return array(shape, dtype, [plain(value)] * math.prod(sizes or ()) if known else None)


for _name, _value in {"zeros": 0, "ones": 1, "empty": None}.items():
    numpy.op(_name, value=_value)(filled)


def like(
    a: object,
    dtype: object = None,
    order: object = None,
    subok: object = True,
    shape: object = None,
    device: object = None,
    *,
    value: Value,
) -> object:
    given = as_array(a, "the array whose shape is taken")
    return full_of(given.shape if shape is None else new_shape(shape), dtype_name(dtype, given.dtype), value)


for _name, _value in {"zeros_like": 0, "ones_like": 1, "empty_like": None}.items():
    numpy.op(_name, value=_value)(like)


@numpy.op("full")
def full(shape: object, fill_value: object, dtype: object = None, order: object = None, **named: object) -> object:
    if isinstance(fill_value, Unknown):
        return array(new_shape(shape), dtype_name(dtype))
    given = as_array(fill_value, "what an array is filled with")
    made = new_shape(shape)
    values = None
    if given.values is not None and sizes_of(made) is not None and (given.shape.rank == 0 or made.is_known):
        values = spread(given.values, given.shape, made)
    return array(made, dtype_name(dtype, given.dtype), values)


@numpy.op("full_like")
def full_like(a: object, fill_value: object, dtype: object = None, **named: object) -> object:
    given = as_array(a, "the array whose shape is taken")
    return full_of(given.shape, dtype_name(dtype, given.dtype), fill_value)


@numpy.op("eye", "identity")
def eye(N: Dim, M: Dim | None = None, k: int = 0, dtype: object = None, *options: object, **named: object) -> object:
    columns = N if M is None else M
    shape = new_shape((N, columns))
    sizes = sizes_of(shape)
    values = None if sizes is None else [int(column - row == k) for row in range(sizes[0]) for column in range(sizes[1])]
    return array(shape, dtype_name(dtype, "float64"), values)


# Ranges


def number(value: Value) -> Any:
    """A number, None for one that is not known."""
    if isinstance(value, Tensor):
        value = value.values[0] if value.shape.rank == 0 and value.values is not None else None
    return plain(value) if isinstance(value, (int, float, Expression)) else None


@numpy.op("arange")
def arange(*args: object, dtype: object = None, start: object = None, stop: object = None, step: object = None, **named: object) -> object:
    """`arange(stop)`, `arange(start, stop, step)`: ceil((stop - start) / step) numbers."""
    rest = list(args)
    if len(rest) == 1 and stop is None:
        stop = rest.pop()
    elif rest:
        start, stop, step, *more = [*rest, *(start, stop, step)[len(rest) :]][:4]
        dtype = more[0] if more else dtype
    if stop is None:
        start, stop = 0, start
    first, last, by = 0 if start is None else start, stop, 1 if step is None else step
    given = [number(first), number(last), number(by)]
    name = dtype_name(dtype) if dtype is not None else common_dtype([0, first, last, by])
    if any(part is None for part in given):
        return array(Shape((unknown_size("the length of a range"),)), name)
    if given[2] == 0:
        raise InvalidArgument("must not be 0", argument="step", exception="ZeroDivisionError")
    length = length_of_range(*given)
    values = None
    if isinstance(length, int) and length <= MOST_VALUES and all(isinstance(part, (int, float)) for part in given):
        values = spaced(given[0], given[2], length, name)
    return array(Shape((length,)), name, values)


def length_of_range(start: Any, stop: Any, step: Any) -> Dim:
    if all(isinstance(part, (int, float)) for part in (start, stop, step)):
        return max(math.ceil(quotient(stop - start, step)), 0)
    if isinstance(step, int) and all(isinstance(part, (int, Expression)) and getattr(part, "is_integer", True) for part in (start, stop)):
        length: Dim = -(-(stop - start) // step)
        return length if at_least(length, 0) else maximum(length, 0)
    return ceil((stop - start) / step) if isinstance(step, (int, float)) else unknown_size("the length of a range")


def spaced(start: Any, step: Any, length: int, dtype: str | None) -> list[Value] | None:
    """The numbers as NumPy computes them: the first two, then multiples of their difference."""
    if dtype in FLOATS:
        if dtype != "float64":
            return None if not (isinstance(start, int) and isinstance(step, int)) else [start + place * step for place in range(length)]
        first, second = float(start), float(start + step)
        delta = second - first
        return [first, second, *(first + place * delta for place in range(2, length))][:length]
    if not isinstance(start, int) or not isinstance(step, int):
        return None
    return [start + place * step for place in range(length)]


@numpy.op("linspace")
def linspace(
    start: object,
    stop: object,
    num: Dim = 50,
    endpoint: bool = True,
    retstep: bool = False,
    dtype: object = None,
    axis: object = 0,
    **named: object,
) -> object:
    """`num` numbers, evenly from `start` to `stop`."""
    if greater(0, num):
        raise InvalidArgument(f"must not be negative, but is {num}", argument="num", exception="ValueError")
    if retstep:
        raise Undetermined(Unknown("`linspace` with its step"))
    first, last = operand_of_range(start), operand_of_range(stop)
    name = dtype_name(dtype) if dtype is not None else "float64"
    if isinstance(first, Tensor) or isinstance(last, Tensor):
        raise Undetermined(Unknown("`linspace` between arrays"))
    values = None
    if isinstance(num, int) and num <= MOST_VALUES and isinstance(first, (int, float)) and isinstance(last, (int, float)):
        values = even(float(first), float(last), num, endpoint)
        if name is not None and name not in FLOATS:
            values = [math.floor(value) for value in values]
    return array(Shape((num,)), name, values)


def operand_of_range(value: Value) -> Value:
    return value if isinstance(value, Tensor) and value.shape.rank != 0 else number(value)


def even(first: float, last: float, count: int, has_end: bool) -> list[Any]:
    """The numbers as NumPy computes them: multiples of the step, the last one as it is given."""
    parts = count - 1 if has_end else count
    delta = last - first
    step = delta / parts if parts > 0 else math.nan
    if parts <= 0:
        values = [place * delta + first for place in range(count)]
    elif step == 0:
        values = [place / parts * delta + first for place in range(count)]
    else:
        values = [place * step + first for place in range(count)]
    if has_end and count > 1:
        values[-1] = last
    return values


@numpy.op("logspace")
def logspace(
    start: object, stop: object, num: Dim = 50, endpoint: bool = True, base: object = 10.0, dtype: object = None, axis: int = 0
) -> object:
    found = linspace.function(start, stop, num, endpoint)
    assert isinstance(found, Tensor)
    root = number(base)
    values = None if found.values is None or root is None else [power(float(root), value) for value in found.values]
    return array(found.shape, dtype_name(dtype, "float64"), values)


@numpy.op("geomspace")
def geomspace(start: object, stop: object, num: Dim = 50, *options: object, **named: object) -> object:
    return array(Shape((num,)), "float64")


@numpy.op("meshgrid")
def meshgrid(*xi: object, indexing: str = "xy", sparse: bool = False, copy: bool = True) -> object:
    """Coordinates of a grid: the second array runs along the first axis, unless `indexing` is `ij`."""
    given = [as_array(x, "an axis of a grid") for x in xi]
    sizes = [x.shape.numel for x in given]
    if indexing not in ("xy", "ij"):
        raise InvalidArgument(f"must be 'xy' or 'ij', but is {indexing!r}", argument="indexing", exception="ValueError")
    order = list(range(len(sizes)))
    if indexing == "xy" and len(order) > 1:
        order[0], order[1] = 1, 0
    if sparse:
        raise Undetermined(Unknown("a sparse grid"))
    shape = Shape(tuple(sizes[place] for place in order))
    made = []
    for place, x in enumerate(given):
        own = Shape(tuple(size if order[axis] == place else 1 for axis, size in enumerate(shape)))
        values = None if x.values is None or sizes_of(shape) is None else spread(x.values, own, shape)
        made.append(array(shape, x.dtype, values))
    return tuple(made)


@numpy.op("fromiter", "fromstring", "frombuffer", "fromfile", "load", "loadtxt", "genfromtxt")
def read_in(*source: object, **named: object) -> object:
    raise Undetermined(Unknown("what is read from outside", is_free=True))


@numpy.op("tri", "indices", "fromfunction", "vander", "hanning", "hamming", "blackman")
def not_followed(*given: object, **named: object) -> object:
    raise Undetermined(Unknown("an array whose elements are not followed"))


@numpy.op("tril", "triu")
def triangle(m: object, k: int = 0) -> object:
    given = as_array(m, "a matrix")
    return array(given.shape, given.dtype)
