"""What runs along an axis: running sums, differences, sorting and ranking.

Source: https://docs.pytorch.org/docs/stable/torch.html#other-operations
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from cnnlint.plugin import (
    Dim,
    InvalidArgument,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    greater,
    unknown_size,
)
from cnnlint_torch.axes import axis_of
from cnnlint_torch.elements import forget_values, made
from cnnlint_torch.elementwise import both
from cnnlint_torch.framework import torch
from cnnlint_torch.reductions import ValuesAndIndices, added, reduced


@torch.op(*both("kthvalue"))
def kthvalue(input: Tensor, k: Dim, dim: int = -1, keepdim: bool = False, *, out: object = None) -> object:
    shape = reduced(input.shape, dim, keepdim)
    return ValuesAndIndices((made(shape, input.dtype), made(shape, "int64")))


@torch.op(*both("cumsum cumprod logcumsumexp"))
def cumulated(input: Tensor, dim: int, *, dtype: object = None, out: object = None) -> object:
    axis_of(input.shape, dim)
    values = None
    if input.values is not None and input.shape.rank == 1 and input.dtype in ("int64", "int32", "bool"):
        values = [sum(input.values[: place + 1]) for place in range(len(input.values))]
    return made(input.shape, added(input, dtype), values)


@torch.op("Tensor.cumsum_", "Tensor.cumprod_")
def cumulated_in_place(input: Tensor, dim: int, *, dtype: object = None) -> object:
    axis_of(input.shape, dim)
    forget_values(input)
    return input


@torch.op(*both("cummax cummin"))
def cumulated_extremum(input: Tensor, dim: int, *, out: object = None) -> object:
    axis_of(input.shape, dim)
    return ValuesAndIndices((made(input.shape, input.dtype), made(input.shape, "int64")))


@torch.op(*both("sort msort"))
def sort(input: Tensor, dim: int = -1, descending: object = False, stable: object = False, *, out: object = None) -> object:
    axis_of(input.shape, dim)
    return ValuesAndIndices((made(input.shape, input.dtype), made(input.shape, "int64")))


@torch.op(*both("argsort"))
def argsort(input: Tensor, dim: int = -1, descending: object = False, stable: object = False) -> object:
    axis_of(input.shape, dim)
    return made(input.shape, "int64")


@torch.op(*both("topk"))
def topk(input: Tensor, k: Dim, dim: int = -1, largest: object = True, sorted: object = True, *, out: object = None) -> object:
    """The k greatest along an axis. Raises InvalidArgument where there are not so many."""
    x = input.shape
    axis = axis_of(x, dim)
    if axis is None:
        shape = Shape((), leading=True)
    else:
        size = x[axis] if x.dims else 1
        if greater(k, size) or greater(0, k):
            raise InvalidArgument(f"must not exceed {size}, the size of axis {dim} of {x}, but is {k}", argument="k")
        shape = x.replaced(axis, k) if x.dims else x
    return ValuesAndIndices((made(shape, input.dtype), made(shape, "int64")))


@torch.op(*both("unique"))
def unique(
    input: Tensor,
    sorted: object = True,
    return_inverse: object = False,
    return_counts: object = False,
    dim: int | None = None,
) -> object:
    """The different elements in rising order, or in an order that is not told; with `dim`, the different slices along it.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.unique.html
    """
    values = comparable(input, dim)
    kept = None if values is None else ordered(set(values))
    result = distinct(input, values, kept, return_inverse, return_counts, dim)
    if sorted is not True:
        for tensor in result if isinstance(result, tuple) else (result,):
            tensor.values = None
    return result


@torch.op(*both("unique_consecutive"))
def unique_consecutive(input: Tensor, return_inverse: object = False, return_counts: object = False, dim: int | None = None) -> object:
    """The elements without those that equal the one before them.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.unique_consecutive.html
    """
    values = comparable(input, dim)
    if values is None:
        return distinct(input, None, None, return_inverse, return_counts, dim)
    runs = [list(run) for _, run in itertools.groupby(values)]
    marks = [place for place, run in enumerate(runs) for _ in run]
    result = distinct(input, marks, list(range(len(runs))), return_inverse, return_counts, dim)
    tensor = result[0] if isinstance(result, tuple) else result
    tensor.values = tuple(run[0] for run in runs)
    return result


def ordered(values: Iterable[Value]) -> list[Value]:
    return sorted(values)


def comparable(input: Tensor, dim: int | None) -> Sequence[Value] | None:
    """The elements in order, where they are known, one axis long if an axis is named, and equal at least to themselves."""
    if input.values is None or (dim is not None and input.shape.rank != 1):
        return None
    return input.values if all(value == value for value in input.values) else None


def distinct(
    input: Tensor, values: Sequence[Value] | None, kept: Sequence[Value] | None, inverse: object, counts: object, dim: int | None
) -> Tensor | tuple[Tensor, ...]:
    """What is `kept` of the values; where each value went if `inverse`, how often each was met if `counts`.

    Raises Undetermined where it is not known which are asked for.
    """
    if not isinstance(inverse, bool) or not isinstance(counts, bool):
        raise Undetermined(Unknown("what `unique` returns"))
    axis = None if dim is None else axis_of(input.shape, dim)
    count = unknown_size("how many different elements a tensor has") if kept is None else len(kept)
    shape = Shape((count,)) if dim is None else Shape((), leading=True) if axis is None else input.shape.replaced(axis, count)
    found = [made(shape, input.dtype, kept)]
    if inverse:
        places = None if values is None or kept is None else [kept.index(value) for value in values]
        whole = input.shape if dim is None else Shape((unknown_size("an axis"),) if axis is None else (input.shape[axis],))
        found.append(made(whole, "int64", places))
    if counts:
        found.append(made(Shape((count,)), "int64", None if values is None or kept is None else list(map(values.count, kept))))
    return tuple(found) if len(found) > 1 else found[0]


@torch.op(*both("diff"))
def diff(input: Tensor, n: int = 1, dim: int = -1, prepend: object = None, append: object = None, **named: object) -> object:
    """Each difference takes one element from the axis."""
    x = input.shape
    if x.rank == 0:
        raise WrongRank("at least 1", x)
    axis = axis_of(x, dim)
    if axis is None or prepend is not None or append is not None:
        return made(Shape((), leading=True), input.dtype)
    size = x[axis] - n
    values = list(input.values) if input.values is not None and x.rank == 1 else None
    for _ in range(n):
        values = None if values is None else [after - before for before, after in itertools.pairwise(values)]
    return made(x.replaced(axis, 0 if greater(0, size) else size), input.dtype, values)


@torch.op(*both("bincount histc"))
def histogram(input: Tensor, *args: object, **named: object) -> object:
    bins = args[0] if args else named.get("bins")
    return made(Shape((bins if isinstance(bins, int) else unknown_size("the number of bins"),)), None)
