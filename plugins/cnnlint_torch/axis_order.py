"""`permute`, `transpose`, `flip` and the other functions that give axes, or elements along them, another order.

Source: https://docs.pytorch.org/docs/stable/tensor_view.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import (
    Dim,
    Dims,
    InvalidArgument,
    Reordered,
    Result,
    Shape,
    Shuffled,
    Tensor,
    Value,
    WrongRank,
    unknown_size,
)
from cnnlint_torch.axes import axes_of, axis_of, sizes_given
from cnnlint_torch.elements import contiguous_strides, made, strides_of, usual_strides, view_of
from cnnlint_torch.framework import torch
from cnnlint_torch.reshaping import several


def permuted(input: Tensor, order: Sequence[int]) -> Tensor:
    """The axes in another order."""
    x = input.shape
    count = len(order)
    factors = {new - count: x.factors[old - count] for new, old in enumerate(order) if old - count in x.factors}
    strides, usual = strides_of(input), usual_strides(input)
    result = view_of(
        input,
        Shape(tuple(x.dims[axis] for axis in order), False, factors),
        None if strides is None else tuple(strides[axis] for axis in order),
        permuted_values(input, order),
    )
    result.flow = Reordered(tuple(order))
    if strides is None and usual is not None:
        result.data = {**result.data, "usual": tuple(usual[axis] for axis in order)}
    return result


def permuted_values(input: Tensor, order: Sequence[int]) -> list[Value] | None:
    """The elements, row by row in the new order of axes."""
    if input.values is None or not input.shape.is_known:
        return None
    strides = contiguous_strides(input.shape.dims)
    places: list[Dim] = [0]
    for axis in order:
        size = input.shape[axis]
        places = [place + at * strides[axis] for place in places for at in range(size if isinstance(size, int) else 0)]
    return [input.values[place] for place in places if isinstance(place, int)]


def permute_axes(input: Tensor, dims: Sequence[Dim]) -> object:
    x = input.shape
    if x.rank is None:
        if len(x.dims) > len(dims):
            raise WrongRank(str(len(dims)), x)
        return Result(Shape(tuple(unknown_size("an axis of a tensor whose shape is not known") for _ in dims)))
    if len(dims) != x.rank:
        raise WrongRank(str(len(dims)), x)
    order = axes_of(x, dims, "dims")
    assert order is not None
    return permuted(input, order)


@torch.op("permute")
def permute(input: Tensor, dims: object) -> object:
    return permute_axes(input, sizes_given("permute", (dims,), "dims"))


@torch.op("Tensor.permute")
def permute_method(input: Tensor, *dims: object, **named: object) -> object:
    return permute_axes(input, sizes_given("permute", several("permute", dims, named, "dims"), "dims"))


@torch.op("transpose", "Tensor.transpose", "swapdims", "Tensor.swapdims")
def transpose(input: Tensor, dim0: int, dim1: int) -> object:
    """Two axes change places."""
    x = input.shape
    first, second = axis_of(x, dim0, "dim0"), axis_of(x, dim1, "dim1")
    if first is None or second is None:
        return Result(Shape((), leading=True))
    if x.rank is None:
        dims = list(x.dims)
        dims[first], dims[second] = dims[second], dims[first]
        return Result(Shape(tuple(dims), leading=True))
    order = list(range(x.rank))
    if order:
        order[first], order[second] = order[second], order[first]
    return permuted(input, order)


@torch.op("swapaxes", "Tensor.swapaxes")
def swapaxes(input: Tensor, axis0: int, axis1: int) -> object:
    return transpose.function(input, axis0, axis1)


@torch.op("t", "Tensor.t")
def t(input: Tensor) -> object:
    x = input.shape
    if x.rank is None:
        return Result(Shape((), leading=True))
    if x.rank > 2:
        raise WrongRank("at most 2", x)
    return permuted(input, range(x.rank)[::-1])


@torch.op("adjoint", "Tensor.adjoint")
def adjoint(input: Tensor) -> object:
    """The last two axes change places: `mT`, `mH`."""
    x = input.shape
    if x.rank == 0:
        return input
    if x.rank == 1:
        raise WrongRank("at least 2", x)
    return transpose.function(input, -2, -1)


@torch.op("movedim", "Tensor.movedim", "moveaxis", "Tensor.moveaxis")
def movedim(input: Tensor, source: Dims | None = None, destination: Dims | None = None) -> object:
    """Axes `source` move to the places `destination`, the others keep their order."""
    x = input.shape
    given = (source, destination)
    if source is None or destination is None or x.rank is None:
        return Result(Shape((), leading=True))
    counts = [len(dims) if isinstance(dims, tuple) else 1 for dims in given]
    if counts[0] != counts[1]:
        raise InvalidArgument(f"must have as many axes as destination: {counts[0]} and {counts[1]}", argument="source")
    sources, targets = axes_of(x, source, "source"), axes_of(x, destination, "destination")
    assert sources is not None and targets is not None
    if not x.rank:
        return input
    rest = iter([axis for axis in range(x.rank) if axis not in sources])
    places = dict(zip(targets, sources, strict=True))
    return permuted(input, [places[axis] if axis in places else next(rest) for axis in range(x.rank)])


@torch.op("roll", "Tensor.roll")
def roll(input: Tensor, shifts: Dims, dims: Dims | None = None) -> object:
    x = input.shape
    count = len(shifts) if isinstance(shifts, tuple) else 1
    if dims is None:
        if count != 1:
            raise InvalidArgument(f"must be one number where no dims are given, but are {count}", argument="shifts")
        return made(x, input.dtype)
    places = list(dims) if isinstance(dims, tuple) else [dims]
    if not places and count == 1:
        return made(x, input.dtype)
    if count != len(places):
        raise InvalidArgument(f"must be as many as dims: {count} and {len(places)}", argument="shifts")
    if x.rank == 0:
        raise WrongRank("at least 1", x, exception="IndexError")
    for dim in places:
        axis_of(x, dim, "dims")
    return made(x, input.dtype, flow=Shuffled(tuple(place for place in places if isinstance(place, int))))


@torch.op("flip")
def flip(input: Tensor, dims: object) -> object:
    x = input.shape
    places = axes_of(x, sizes_given("flip", (dims,), "dims"), "dims")
    values = input.values[::-1] if input.values is not None and x.rank == 1 and places == [0] else None
    return made(x, input.dtype, values, flow=Shuffled(tuple(places or range(len(x.dims)))))


@torch.op("Tensor.flip")
def flip_method(input: Tensor, *dims: object, **named: object) -> object:
    given = several("flip", dims, named, "dims")
    return flip.function(input, given[0] if len(given) == 1 and not isinstance(given[0], int) else given)


@torch.op("fliplr", "Tensor.fliplr", least=2)
@torch.op("flipud", "Tensor.flipud", least=1)
def flip_rows(input: Tensor, *, least: int) -> object:
    if input.shape.rank is not None and input.shape.rank < least:
        raise WrongRank(f"at least {least}", input.shape)
    return made(input.shape, input.dtype)


@torch.op("rot90", "Tensor.rot90")
def rot90(input: Tensor, k: int = 1, dims: Dims = (0, 1)) -> object:  # type: ignore[assignment]
    x = input.shape
    places = axes_of(x, dims, "dims")
    if places is None or len(places) != 2 or x.rank is None:
        return Result(Shape((), leading=True))
    if not k % 2:
        return made(x, input.dtype)
    first, second = places
    return made(x.replaced(first, x[second]).replaced(second, x[first]), input.dtype)
