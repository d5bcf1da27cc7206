"""`expand`, `repeat`, `unfold`, `narrow`: the same elements more than once, or only some of them.

Source: https://docs.pytorch.org/docs/stable/tensors.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.formulas import window_output
from cnnlint.plugin import (
    ELEMENTWISE,
    Dim,
    Dims,
    Expression,
    InvalidArgument,
    OperationFails,
    Result,
    Shape,
    Tensor,
    WrongRank,
    compare,
    equal,
    every,
    expect_at_least,
    expect_equal,
    expect_that,
    greater,
    some,
    unknown_size,
)
from cnnlint_torch.axes import axis_of, sizes_given
from cnnlint_torch.elements import made, strides_of, view_of
from cnnlint_torch.framework import torch
from cnnlint_torch.reshaping import several


def expanded(input: Tensor, sizes: Sequence[Dim]) -> object:
    """Axes of size 1 take the sizes asked for, -1 keeps one; more axes may come in front.

    Raises WrongRank for fewer sizes than axes, OperationFails where another size is asked to change, or -1 stands for a new axis.
    """
    x = input.shape
    if x.leading:
        return Result(Shape((), leading=True) if any(size == -1 for size in sizes) else Shape(tuple(sizes)))
    asked = f"expand to {Dims(sizes)} of a tensor of shape {x}"
    extra = len(sizes) - len(x.dims)
    if extra < 0:
        raise WrongRank(f"at most {len(sizes)}", x)
    result: list[Dim] = []
    strides = strides_of(input)
    steps: list[Dim] = []
    for place, size in enumerate(sizes):
        own = x.dims[place - extra] if place >= extra else None
        if isinstance(size, int) and size < (0 if own is None else -1):
            raise OperationFails(f"{asked}: {size} for axis {place}")
        if own is None:
            result.append(size)
        elif size == -1 or equal(own, size):
            result.append(own)
        else:
            failure = OperationFails(f"{asked}: axis {place} has size {own}, which is neither 1 nor {size}")
            expect_that(some(compare("==", own, 1), compare("==", own, size)), failure)
            result.append(size)
        is_own = own is not None and result[-1] is own and not (equal(own, 1))
        steps.append(strides[place - extra] if strides is not None and is_own else 0)
    shape = Shape(tuple(result))
    if shape == x:
        return input
    view = view_of(input, shape, None if strides is None else steps)
    view.flow = ELEMENTWISE
    return view


@torch.op("Tensor.expand")
def expand(input: Tensor, *size: object, implicit: object = False, **named: object) -> object:
    return expanded(input, sizes_given("expand", several("expand", size, named, "size")))


@torch.op("broadcast_to", "Tensor.broadcast_to")
def broadcast_to(input: Tensor, size: object) -> object:
    return expanded(input, sizes_given("broadcast_to", (size,)))


@torch.op("Tensor.expand_as")
def expand_as(input: Tensor, other: Shape) -> object:
    return Result(Shape((), leading=True)) if other.leading else expanded(input, other.dims)


def repeated(x: Shape, times: Sequence[Dim], may_be_fewer: bool) -> Shape:
    """Each size times its number; missing axes in front are of size 1, missing numbers are 1 for `tile` only."""
    for number in times:
        expect_at_least(number, 0, OperationFails(f"repeating a tensor of shape {x} {Dims(times)} times"))
    if x.leading:
        return Shape((), leading=True)
    if len(times) < len(x.dims):
        if not may_be_fewer:
            raise WrongRank(f"at most {len(times)}", x)
        times = [1] * (len(x.dims) - len(times)) + list(times)
    dims = [1] * (len(times) - len(x.dims)) + list(x.dims)
    return Shape(tuple(dim * number for dim, number in zip(dims, times, strict=True)))


@torch.op("Tensor.repeat")
def repeat(input: Tensor, *repeats: object, **named: object) -> object:
    times = sizes_given("repeat", several("repeat", repeats, named, "repeats"), "repeats")
    return made(repeated(input.shape, times, may_be_fewer=False), input.dtype, is_contiguous=True)


@torch.op("tile")
def tile(input: Tensor, dims: object) -> object:
    return made(repeated(input.shape, sizes_given("tile", (dims,), "dims"), may_be_fewer=True), input.dtype)


@torch.op("Tensor.tile")
def tile_method(input: Tensor, *dims: object, **named: object) -> object:
    times = sizes_given("tile", several("tile", dims, named, "dims"), "dims")
    return made(repeated(input.shape, times, may_be_fewer=True), input.dtype)


@torch.op("repeat_interleave", "Tensor.repeat_interleave")
def repeat_interleave(
    input: Tensor,
    repeats: Tensor | Dim | None = None,
    dim: int | None = None,
    *,
    output_size: Dim | None = None,
) -> object:
    """Each row along `dim` several times; all elements in one row without `dim`."""
    x = input.shape
    axis = 0 if dim is None else axis_of(x, dim)
    if dim is None:
        x = Shape((x.numel,))
    if repeats is None:
        return made(Shape((unknown_size("the sum of a tensor") if output_size is None else output_size,)), "int64")
    if axis is None:
        return Result(Shape((), leading=True))
    if not x.dims and not x.leading:
        raise WrongRank("at least 1", x, exception="IndexError")
    if isinstance(repeats, Tensor) and repeats.shape.rank == 1 and not equal(repeats.shape[0], 1):
        failure = OperationFails(
            f"repeat_interleave by {repeats.shape[0]} numbers along axis {axis} of size {x[axis]}, of a tensor of shape {x}"
        )
        expect_equal(x[axis], repeats.shape[0], failure)
    if isinstance(repeats, Tensor):
        total: Dim = unknown_size("the sum of a tensor") if output_size is None else output_size
        if repeats.values is not None and len(repeats.values) > 1:
            total = sum(repeats.values)
        elif repeats.values is not None:
            total = x[axis] * repeats.values[0]
    else:
        if greater(0, repeats):
            raise InvalidArgument(f"must not be negative, but is {repeats}", argument="repeats")
        total = x[axis] * repeats
    return made(x.replaced(axis, total), input.dtype)


@torch.op("Tensor.unfold")
def unfold(input: Tensor, dimension: int, size: Dim, step: Dim) -> object:
    """Windows of `size` along an axis, `step` apart; the window itself becomes a last axis."""
    x = input.shape
    axis = axis_of(x, dimension, "dimension")
    if axis is None:
        return Result(Shape((size,), leading=True))
    is_scalar = x.rank == 0
    x = Shape((1,)) if is_scalar else x
    reason = f"must not exceed {x[axis]}, the size of axis {dimension} of {x}, but is {size}"
    expect_at_least(x[axis], size, InvalidArgument(reason, argument="size"))
    if greater(0, size) or greater(1, step):
        raise InvalidArgument(f"must be positive, but is {step}", argument="step")
    if is_scalar:
        return view_of(input, Shape((size,)))
    behind = axis if x.leading else axis - len(x.dims)
    count = window_output(x[behind], size, step)
    assert not isinstance(count, Dims)
    folded = x.replaced(behind, count)
    strides = strides_of(input)
    if strides:
        strides = (*strides[:behind], strides[behind] * step, *strides[len(strides) + behind + 1 :], strides[behind])
    return view_of(input, folded.inserted(-1, size), strides or None)


@torch.op("narrow", "Tensor.narrow")
@torch.op("narrow_copy", "Tensor.narrow_copy")
def narrow(input: Tensor, dim: int, start: Tensor | Dim, length: Dim) -> object:
    x = input.shape
    if x.rank == 0:
        raise WrongRank("at least 1", x)
    axis = axis_of(x, dim)
    if axis is None:
        return Result(Shape((), leading=True))
    expect_at_least(length, 0, InvalidArgument(f"must not be negative, but is {length}", argument="length"))
    size = x[axis]
    if isinstance(start, (int, Expression)):
        first = size + start if greater(0, start) else start
        reason = f"must lie between {-size} and {size}, but is {start}"
        expect_that(
            every(compare("<=", first, size), compare(">=", first, 0)),
            InvalidArgument(reason, argument="start", exception="IndexError"),
        )
        reason = f"exceeds the axis: {first} + {length} > {size} of {x}"
        expect_at_least(size, first + length, InvalidArgument(reason, argument="length"))
    values = None
    if input.values is not None and x.rank == 1 and isinstance(start, int) and isinstance(length, int):
        values = input.values[start:][:length] if start >= 0 else None
    return view_of(input, x.replaced(axis, length), strides_of(input), values)
