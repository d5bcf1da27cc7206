"""Sums, products, extrema, means and counts, over all axes or some, and running ones.

Source: https://numpy.org/doc/stable/reference/routines.math.html#sums-products-differences
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from cnnlint.plugin import (
    Dim,
    Expression,
    MatmulMismatch,
    OperationFails,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    equal,
    maximum,
    minimum,
    product,
    quotient,
)
from cnnlint_numpy.arithmetic import largest, smallest
from cnnlint_numpy.axes import axes_of, axis_of, rank_of
from cnnlint_numpy.dtypes import dtype_name
from cnnlint_numpy.elements import array, as_array, result, sizes_of, strides
from cnnlint_numpy.framework import numpy
from cnnlint_numpy.promotion import FLOATS, INTEGERS, rounded

Reduction = Callable[[list[Any], str | None], Any]


def pairwise(values: Sequence[Any], dtype: str | None) -> Any:
    """The sum in NumPy's order: eight running sums over blocks of at most 128, the blocks in halves."""

    def add(a: Any, b: Any) -> Any:
        return rounded(a + b, dtype) if dtype == "float32" else a + b

    count = len(values)
    if count < 8:
        total: Any = values[0] if values else 0
        for value in values[1:]:
            total = add(total, value)
        return total
    if count <= 128:
        lanes = list(values[:8])
        whole = count - count % 8
        for start in range(8, whole, 8):
            lanes = [add(lane, value) for lane, value in zip(lanes, values[start : start + 8], strict=True)]
        total = add(add(add(lanes[0], lanes[1]), add(lanes[2], lanes[3])), add(add(lanes[4], lanes[5]), add(lanes[6], lanes[7])))
        for value in values[whole:]:
            total = add(total, value)
        return total
    half = count // 2
    half -= half % 8
    return add(pairwise(values[:half], dtype), pairwise(values[half:], dtype))


def running(function: Callable[[Any, Any], Any], start: Any) -> Reduction:
    def reduce(values: list[Any], dtype: str | None) -> Any:
        total = start
        for value in values:
            total = function(total, value)
            if dtype == "float32":
                total = rounded(total, dtype)
        return total

    return reduce


def first_of(better: Callable[[Any, Any], bool]) -> Reduction:
    def reduce(values: list[Any], dtype: str | None) -> Any:
        best = 0
        for place, value in enumerate(values):
            if value != value:
                return place
            if better(value, values[best]):
                best = place
        return best

    return reduce


def extremum(choose: Callable[[Any, Any], Any], symbolic: Callable[..., Any]) -> Reduction:
    def reduce(values: list[Any], dtype: str | None) -> Any:
        if any(isinstance(value, Expression) for value in values):
            return symbolic(*values)
        best = values[0]
        for value in values[1:]:
            best = choose(best, value)
        return best

    return reduce


in_order = running(lambda a, b: a + b, 0)
"""The sum in the order of the elements: so rows are added to each other."""


def mean_of(values: list[Any], dtype: str | None, total: Reduction = pairwise) -> Any:
    return rounded(quotient(total(values, dtype), len(values)), dtype) if values else math.nan


def variance_of(values: list[Any], dtype: str | None, total: Reduction = pairwise) -> Any:
    centre = mean_of(values, dtype, total)
    return mean_of([rounded(rounded(value - centre, dtype) ** 2, dtype) for value in values], dtype, total)


def middle_of(values: list[Any], dtype: str | None) -> Any:
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered or any(value != value for value in ordered):
        return math.nan
    return ordered[half] if len(ordered) % 2 else mean_of(ordered[half - 1 : half + 1], dtype)


REDUCTIONS: dict[str, Reduction] = {
    "sum": pairwise,
    "prod": running(lambda a, b: a * b, 1),
    "max": extremum(largest, maximum),
    "min": extremum(smallest, minimum),
    "mean": mean_of,
    "median": middle_of,
    "var": variance_of,
    "std": lambda values, dtype: math.sqrt(variance_of(values, dtype)),
    "any": lambda values, dtype: any(values),
    "all": lambda values, dtype: all(values),
    "argmax": first_of(lambda a, b: a > b),
    "argmin": first_of(lambda a, b: a < b),
    "count_nonzero": lambda values, dtype: sum(map(bool, values)),
    "ptp": lambda values, dtype: max(values) - min(values),
}
IN_ORDER: dict[str, Reduction] = {
    "sum": in_order,
    "mean": lambda values, dtype: mean_of(values, dtype, in_order),
    "var": lambda values, dtype: variance_of(values, dtype, in_order),
    "std": lambda values, dtype: math.sqrt(variance_of(values, dtype, in_order)),
}
SYNONYMS = {"max": "amax", "min": "amin", "prod": "product", "mean": "average", "any": "sometrue", "all": "alltrue"}
METHODS = "sum prod max min mean var std any all argmax argmin ptp"
SYMBOLIC = {"sum", "prod", "max", "min", "mean"}


def reduced_dtype(kind: str, dtype: str | None) -> str | None:
    if kind in ("any", "all"):
        return "bool"
    if kind in ("argmax", "argmin", "count_nonzero"):
        return "int64"
    if kind in ("mean", "median", "var", "std"):
        return dtype if dtype in FLOATS else None if dtype is None or dtype.startswith("complex") else "float64"
    return widened(dtype) if kind in ("sum", "prod") else dtype


def widened(dtype: str | None) -> str | None:
    """Sums and products of whole numbers are of the widest dtype."""
    if dtype == "bool":
        return "int64"
    if dtype in INTEGERS:
        return "uint64" if dtype.startswith("u") else "int64"
    return dtype


def reduced(
    a: object,
    axis: object = None,
    *rest: object,
    kind: str,
    dtype: object = None,
    out: object = None,
    keepdims: object = False,
    **options: object,
) -> object:
    """Without the axes that are reduced, or with size 1 for them."""
    if rest and kind in ("any", "all", "max", "min", "argmax", "argmin"):
        out, keepdims = rest[0], rest[1] if len(rest) > 1 else keepdims
    elif rest:
        dtype, out, keepdims = (*rest, *(dtype, out, keepdims)[len(rest) :])[:3]
    less = options.pop("ddof", 0) if kind in ("var", "std") else 0
    if out is not None or any(value is not None for value in options.values()) or not isinstance(keepdims, (bool, int)):
        raise Undetermined(Unknown(f"`{kind}` with options that are not followed"))
    given = as_array(a, f"what `{kind}` is of")
    rank = rank_of(given)
    axes = axes_of(rank, axis)
    if kind in ("max", "min", "argmax", "argmin") and any(equal(given.shape[place], 0) for place in axes):
        raise OperationFails(f"`{kind}` over an axis of size 0, of an array of shape {given.shape}", exception="ValueError")
    dims = [1 if place in axes else dim for place, dim in enumerate(given.shape)]
    shape = Shape(tuple(dims if keepdims else [dim for place, dim in enumerate(given.shape) if place not in axes]))
    name = dtype_name(dtype) if dtype is not None else reduced_dtype(kind, given.dtype)
    values = None if less not in (0,) else reduced_values(kind, given, axes, name)
    return result(shape, name, values)


def reduced_values(kind: str, given: Tensor, axes: Sequence[int], dtype: str | None) -> list[Value] | None:
    """The elements, where NumPy's order of additions is known: all axes at once, the last one, or whole numbers."""
    sizes = sizes_of(given.shape)
    if given.values is None or sizes is None:
        return None
    is_symbolic = any(isinstance(value, Expression) for value in given.values)
    if is_symbolic and kind not in SYMBOLIC:
        return None
    is_float = dtype in FLOATS and kind in ("sum", "mean", "var", "std", "prod")
    if is_float and dtype == "float16":
        return None
    real = [place for place, size in enumerate(sizes) if size != 1]
    inner = [place for place in real if place in axes]
    is_last = inner == real[len(real) - len(inner) :]
    is_row_by_row = not is_last and real[-1] not in inner
    if is_float and len(sizes) > 1 and (given.is_contiguous is not True or not (is_last or is_row_by_row)):
        return None
    if is_float and is_row_by_row and kind in ("var", "std") and len(inner) > 1:
        return None
    function = REDUCTIONS[kind]
    if is_float and is_row_by_row and kind in IN_ORDER:
        function = IN_ORDER[kind]
    numbers = [rounded(value, dtype) if is_float else value for value in given.values]
    if any(value is None for value in numbers):
        return None
    try:
        return [function(group, dtype) for group in groups(numbers, sizes, axes)]
    except (TypeError, ValueError, OverflowError, ZeroDivisionError, IndexError):
        return None


def groups(values: Sequence[Value], sizes: Sequence[int], axes: Sequence[int]) -> list[list[Value]]:
    """The elements that each element of the result is made of."""
    steps = strides(sizes)
    outer, inner = [0], [0]
    for place, (size, step) in enumerate(zip(sizes, steps, strict=True)):
        if place in axes:
            inner = [base + at * step for base in inner for at in range(size)]
        else:
            outer = [base + at * step for base in outer for at in range(size)]
    return [[values[base + offset] for offset in inner] for base in outer]


for _kind in REDUCTIONS:
    _names = (_kind, *SYNONYMS.get(_kind, "").split())
    numpy.op(*_names, *([f"ndarray.{_kind}"] if _kind in METHODS.split() else []), kind=_kind)(reduced)


@numpy.op("percentile", "quantile", "nanmax", "nanmin", "nansum", "nanmean", "nanstd", "nanvar", "nanprod", "nanmedian")
def not_computed(a: object, *rest: object, axis: object = None, keepdims: object = False, **options: object) -> object:
    raise Undetermined(Unknown("a statistic that is not followed"))


def cumulative(a: object, axis: object = None, dtype: object = None, out: object = None, *, kind: str) -> object:
    """The sums, or products, up to each element; of the flattened array without an axis."""
    given = as_array(a, f"what `{kind}` is of")
    name = dtype_name(dtype) if dtype is not None else widened(given.dtype)
    shape = given.shape
    if axis is None and shape.rank != 1:
        shape = Shape((shape.numel,))
    else:
        axis_of(rank_of(given), 0 if axis is None else axis)
    sizes = sizes_of(shape)
    if given.values is None or sizes is None or len(sizes) > 1 or name == "float16":
        return array(shape, name)
    values: list[Any] = []
    for value in given.values:
        number = rounded(value, name)
        if number is None:
            return array(shape, name)
        total = number if not values else values[-1] + number if kind == "cumsum" else values[-1] * number
        values.append(rounded(total, name))
    return array(shape, name, values)


for _kind in ("cumsum", "cumprod"):
    numpy.op(_kind, f"ndarray.{_kind}", kind=_kind)(cumulative)


@numpy.op("diff")
def diff(a: object, n: int = 1, axis: int = -1, **options: object) -> object:
    """Differences of neighbours: one fewer than elements."""
    given = as_array(a, "what `diff` is of")
    if options or n != 1:
        raise Undetermined(Unknown("`diff` with options"))
    place = axis_of(rank_of(given), axis)
    size = given.shape[place]
    length: Dim = maximum(size - 1, 0)
    shape = given.shape.replaced(place, length)
    values = None
    if given.values is not None and given.shape.rank == 1:
        try:
            values = [b - a for a, b in zip(given.values, given.values[1:], strict=False)]
        except TypeError:
            values = None
    return array(shape, given.dtype if given.dtype != "bool" else None, values)


@numpy.op("ndarray.dot", "dot", "matmul", "inner", "ndarray.__matmul__")
def matmul(a: object, b: object, /, out: object = None, **named: object) -> object:
    """Products of rows and columns, for one and two axes; the elements are not followed."""
    left, right = as_array(a, "a product"), as_array(b, "a product")
    if named:
        raise Undetermined(Unknown("a product along axes of its own"))
    if left.shape.rank not in (1, 2) or right.shape.rank not in (1, 2):
        raise Undetermined(Unknown("a product of arrays of more than two axes"))
    inner_left, inner_right = left.shape[-1], right.shape[0]
    if isinstance(inner_left, int) and isinstance(inner_right, int) and inner_left != inner_right:
        raise MatmulMismatch(left.shape, right.shape, exception="ValueError")
    return result(Shape((*left.shape.dims[:-1], *right.shape.dims[1:])), None)


@numpy.op("size")
def size(a: object, axis: object = None) -> object:
    given = as_array(a, "what `size` is of")
    return product(given.shape.dims) if axis is None else given.shape[axis_of(rank_of(given), axis)]
