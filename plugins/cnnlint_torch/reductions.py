"""Sums, means, extrema and what else runs along axes.

Source: https://docs.pytorch.org/docs/stable/torch.html#reduction-ops
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from cnnlint.plugin import (
    Dim,
    Dims,
    Door,
    DtypeMismatch,
    Flow,
    FrameworkTuple,
    InvalidArgument,
    Reduced,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
)
from cnnlint_torch.axes import axes_of, axis_of
from cnnlint_torch.constants import dtype_name
from cnnlint_torch.dtypes import expect_floats
from cnnlint_torch.elements import made
from cnnlint_torch.elementwise import both, combined
from cnnlint_torch.framework import torch
from cnnlint_torch.promotion import INTEGER, category, common_dtype, divided


class ValuesAndIndices(FrameworkTuple):
    """The named pair `(values, indices)` of `max(dim)`, `sort`, `topk` and their like."""

    __slots__ = ()

    framework = torch
    kind = "return_types.max"


class Extremes(FrameworkTuple):
    """The named pair `(min, max)` of `aminmax`."""

    __slots__ = ()

    framework = torch
    kind = "return_types.aminmax"


torch.cls("return_types.max", "tuple")
torch.cls("return_types.aminmax", "tuple")


@torch.attribute("return_types.max.values", "return_types.aminmax.min")
def first_of(door: Door, pair: FrameworkTuple, /) -> Value:
    return pair[0]


@torch.attribute("return_types.max.indices", "return_types.aminmax.max")
def second_of(door: Door, pair: FrameworkTuple, /) -> Value:
    return pair[1]


def reduced(x: Shape, dim: Dims | Dim | None, keepdim: bool) -> Shape:
    """The shape without the axes, or with 1 in their place; None and an empty tuple mean all axes.

    Raises InvalidArgument for an axis out of range or named twice.
    """
    if dim is None or (isinstance(dim, tuple) and not dim):
        if not keepdim:
            return Shape(())
        return Shape((1,) * x.rank) if x.rank is not None else Shape((), leading=True)
    axes = axes_of(x, dim)
    if axes is None:
        return Shape((), leading=True)
    if not x.dims:
        return x
    result = x
    for axis in sorted((axis % len(x.dims) for axis in axes), reverse=True):
        place = axis - len(x.dims) if x.leading else axis
        result = result.replaced(place, 1) if keepdim else removed_from(result, x, axis)
    return result


def over(x: Shape, dim: Dims | Dim | None, keepdim: bool) -> Flow | None:
    """What a reduction over these axes comes from; None where the axes are not known."""
    if dim is None or (isinstance(dim, tuple) and not dim):
        return None if x.rank is None else Reduced(tuple(range(x.rank)), keepdim)
    axes = tuple(dim) if isinstance(dim, tuple) else (dim,)
    return Reduced(tuple(axis for axis in axes if isinstance(axis, int)), keepdim) if all(isinstance(axis, int) for axis in axes) else None


def removed_from(result: Shape, x: Shape, axis: int) -> Shape:
    """`result` without axis `axis` of `x`; axes behind it may be gone already."""
    gone = len(x.dims) - len(result.dims)
    return result.removed(axis - len(x.dims) + gone if x.leading else axis)


def added(input: Tensor, dtype: object, keeps_integers: bool = True) -> str | None:
    """The dtype of a sum: integers are added up as int64."""
    if dtype is not None:
        return dtype_name(dtype)
    if input.dtype is None:
        return None
    if category(input.dtype) <= INTEGER:
        return "int64" if keeps_integers else input.dtype
    return input.dtype


def total(input: Tensor, function: Callable[[Sequence[float]], Value], result: Shape) -> Sequence[Value] | None:
    """The single element of a reduction over everything.

    Sums of fractions are not told: they depend on the order in which a machine adds.
    """
    if input.values is None or result.dims or result.leading or not input.values or not all(map(math.isfinite, input.values)):
        return None
    if function not in (max, min) and not all(value == value // 1 and abs(value) < MOST_EXACT for value in input.values):
        return None
    try:
        return [function(input.values)]
    except (ValueError, TypeError, OverflowError):
        return None


MOST_EXACT = 1000  # sums of at most MOST_VALUES whole numbers below this are exact in every float
TOTALS: dict[str, Callable[[Sequence[float]], Value]] = {"sum": sum, "prod": math.prod, "mean": lambda values: sum(values) / len(values)}


@torch.op(*both("sum nansum"), kind="sum")
@torch.op(*both("mean nanmean"), kind="mean")
def add_up(
    input: Tensor,
    dim: Dims | Dim | None = None,
    keepdim: bool = False,
    *,
    dtype: object = None,
    out: object = None,
    kind: str,
) -> object:
    """Over the axes `dim`, or everything. A mean of integers has no dtype."""
    if kind == "mean" and dtype is None and input.dtype is not None and category(input.dtype) <= INTEGER:
        raise DtypeMismatch("floats", input.dtype, "mean")
    shape, flow = reduced(input.shape, dim, keepdim), over(input.shape, dim, keepdim)
    return made(shape, added(input, dtype), total(input, TOTALS[kind], shape), is_contiguous=input.is_contiguous or None, flow=flow)


@torch.op(*both("prod"))
def prod(input: Tensor, dim: int | None = None, keepdim: bool = False, *, dtype: object = None, out: object = None) -> object:
    shape = reduced(input.shape, dim, keepdim)
    return made(shape, added(input, dtype), total(input, TOTALS["prod"], shape))


@torch.op(*both("logsumexp"), "special.logsumexp")
def logsumexp(input: Tensor, dim: Dims | Dim | None = None, keepdim: bool = False, *, out: object = None) -> object:
    return made(reduced(input.shape, dim, keepdim), divided(input.dtype), flow=over(input.shape, dim, keepdim))


@torch.op(*both("amax amin"))
def amax(input: Tensor, dim: Dims | Dim | None = None, keepdim: bool = False, *, out: object = None) -> object:
    """Raises OperationFails where an axis has no element."""
    return made(reduced(input.shape, dim, keepdim), input.dtype, flow=over(input.shape, dim, keepdim))


@torch.op(*both("all any"))
def all_or_any(input: Tensor, dim: Dims | Dim | None = None, keepdim: bool = False, *, out: object = None) -> object:
    return made(reduced(input.shape, dim, keepdim), "uint8" if input.dtype == "uint8" else "bool", flow=over(input.shape, dim, keepdim))


@torch.op(*both("count_nonzero"))
def count_nonzero(input: Tensor, dim: Dims | Dim | None = None) -> object:
    return made(reduced(input.shape, dim, False), "int64", flow=over(input.shape, dim, False))


@torch.op(*both("std var"))
def spread(
    input: Tensor,
    dim: object = None,
    unbiased: object = None,
    keepdim: bool = False,
    *,
    correction: object = None,
    out: object = None,
) -> object:
    """`std(dim, unbiased, keepdim)` and `std(unbiased)`: a lone bool is no axis."""
    expect_floats(input, "a tensor", "std")
    axes = axes_argument(dim)
    return made(reduced(input.shape, axes, keepdim), input.dtype, flow=over(input.shape, axes, keepdim))


@torch.op("std_mean", "var_mean")
def spread_and_mean(
    input: Tensor, dim: object = None, unbiased: object = None, keepdim: bool = False, *, correction: object = None
) -> object:
    shape = reduced(input.shape, axes_argument(dim), keepdim)
    return made(shape, input.dtype), made(shape, input.dtype)


def axes_argument(dim: object) -> Dims | Dim | None:
    if dim is None or isinstance(dim, bool):
        return None
    items = getattr(dim, "contents", dim)
    if isinstance(items, (tuple, list)) and all(isinstance(item, int) for item in items):
        return Dims(items)
    if isinstance(items, int):
        return items
    raise Undetermined(dim if isinstance(dim, Unknown) else Unknown("the axes of a reduction"))


@torch.op(*both("norm"))
def norm(
    input: Tensor, p: object = "fro", dim: Dims | Dim | None = None, keepdim: bool = False, out: object = None, dtype: object = None
) -> object:
    if dtype is None:
        expect_floats(input, "a tensor", "norm")
    return made(reduced(input.shape, dim, keepdim), dtype_name(dtype, input.dtype), flow=over(input.shape, dim, keepdim))


@torch.op("linalg.matrix_norm")
def matrix_norm(
    input: Tensor,
    ord: object = "fro",
    dim: Dims = (-2, -1),  # type: ignore[assignment]
    keepdim: bool = False,
    *,
    dtype: object = None,
    out: object = None,
) -> object:
    """Over two axes, the last ones unless others are named."""
    if input.shape.rank is not None and input.shape.rank < 2:
        raise WrongRank("at least 2", input.shape)
    return made(reduced(input.shape, Dims(dim), keepdim), dtype_name(dtype, input.dtype))


@torch.op("linalg.norm", "linalg.vector_norm")
def linalg_norm(
    input: Tensor,
    ord: object = None,
    dim: Dims | Dim | None = None,
    keepdim: bool = False,
    *,
    dtype: object = None,
    out: object = None,
    **named: object,
) -> object:
    return made(reduced(input.shape, dim, keepdim), dtype_name(dtype, input.dtype), flow=over(input.shape, dim, keepdim))


@torch.op(*both("argmax argmin"))
def argmax(input: Tensor, dim: int | None = None, keepdim: bool = False, *, out: object = None) -> object:
    return made(reduced(input.shape, dim, keepdim), "int64", flow=over(input.shape, dim, keepdim))


@torch.op(*both("max"), kind="maximum")
@torch.op(*both("min"), kind="minimum")
def extremum(input: Tensor, *args: object, kind: str, **named: object) -> object:
    """`max()`, `max(other)` and `max(dim, keepdim)`, which gives values and indices."""
    named.pop("out", None)
    first = args[0] if args else named.get("dim", named.get("axis", named.get("other")))
    if first is None:
        function = max if kind == "maximum" else min
        return made(Shape(()), input.dtype, total(input, function, Shape(())))
    if isinstance(first, Tensor):
        return combined(kind, [input, first], common_dtype([input, first]))
    keepdim = args[1] if len(args) > 1 else named.get("keepdim", named.get("keepdims", False))
    if isinstance(first, Unknown) or not isinstance(keepdim, bool):
        raise Undetermined(first if isinstance(first, Unknown) else Unknown("an argument of a reduction"))
    if isinstance(first, bool) or not isinstance(first, int):
        raise InvalidArgument("must be an int or a tensor", argument="dim", exception="TypeError")
    shape, flow = reduced(input.shape, first, keepdim), over(input.shape, first, keepdim)
    return ValuesAndIndices((made(shape, input.dtype, flow=flow), made(shape, "int64", flow=flow)))


@torch.op(*both("mode"))
def mode(input: Tensor, dim: int = -1, keepdim: bool = False, *, out: object = None) -> object:
    return median.function(input, dim, keepdim)


@torch.op(*both("median nanmedian"))
def median(input: Tensor, dim: int | None = None, keepdim: bool = False, *, out: object = None) -> object:
    if dim is None:
        return made(Shape(()), input.dtype)
    shape = reduced(input.shape, dim, keepdim)
    return ValuesAndIndices((made(shape, input.dtype), made(shape, "int64")))


@torch.op(*both("aminmax"))
def aminmax(input: Tensor, *, dim: int | None = None, keepdim: bool = False, out: object = None) -> object:
    shape = reduced(input.shape, dim, keepdim)
    return Extremes((made(shape, input.dtype), made(shape, input.dtype)))


@torch.op(*both("quantile nanquantile"))
def quantile(
    input: Tensor, q: object, dim: int | None = None, keepdim: bool = False, *, interpolation: object = "linear", out: object = None
) -> object:
    shape = reduced(input.shape, dim, keepdim)
    if isinstance(q, Tensor):
        shape = Shape((*q.shape.dims, *shape.dims), shape.leading or q.shape.leading)
    return made(shape, input.dtype)


@torch.op(*both("trace"))
def trace(input: Tensor) -> object:
    if input.shape.rank not in (None, 2):
        raise WrongRank("2", input.shape)
    return made(Shape(()), added(input, None))


@torch.op("cov", "corrcoef", "Tensor.cov", "Tensor.corrcoef")
def cov(input: Tensor, **named: object) -> object:
    x = input.shape
    if x.rank is None:
        return made(Shape((), leading=True), input.dtype)
    if x.rank > 2:
        raise WrongRank("at most 2", x)
    return made(Shape((x[0], x[0])) if x.rank == 2 else Shape(()), divided(input.dtype))


@torch.op("renorm", "Tensor.renorm")
def renorm(input: Tensor, p: object, dim: int, maxnorm: object) -> object:
    axis_of(input.shape, dim)
    return made(input.shape, input.dtype)
