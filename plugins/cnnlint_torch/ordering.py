"""What runs along an axis: running sums, differences, sorting and ranking.

Source: https://docs.pytorch.org/docs/stable/torch.html#other-operations
"""

from __future__ import annotations

import itertools

from cnnlint.plugin import (
    Dim,
    InvalidArgument,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
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


@torch.op(*both("unique_consecutive unique"))
def unique(
    input: Tensor,
    sorted: object = True,
    return_inverse: object = False,
    return_counts: object = False,
    dim: int | None = None,
) -> object:
    """How many different ones there are is not known."""
    count = unknown_size("how many different elements a tensor has")
    axis = None if dim is None else axis_of(input.shape, dim)
    values = made(Shape((count,)) if axis is None else input.shape.replaced(axis, count), input.dtype)
    if not isinstance(return_inverse, bool) or not isinstance(return_counts, bool):
        raise Undetermined(Unknown("what `unique` returns"))
    others = []
    if return_inverse:
        others.append(made(input.shape if axis is None else Shape((input.shape[axis],)), "int64"))
    if return_counts:
        others.append(made(Shape((count,)), "int64"))
    return (values, *others) if others else values


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
