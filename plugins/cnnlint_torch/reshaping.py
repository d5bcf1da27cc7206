"""`view`, `reshape`, `flatten` and the other functions that give the same elements another shape.

Sources: https://docs.pytorch.org/docs/stable/tensors.html, https://docs.pytorch.org/docs/stable/tensor_view.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.formulas import window_output
from cnnlint.plugin import (
    CountMismatch,
    Dim,
    Dims,
    Expression,
    InvalidArgument,
    MissingArgument,
    OperationFails,
    ReshapeCount,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    at_least,
    differ,
    equal,
    expect_equal,
    greater,
    product,
    reshape,
    unknown_size,
)
from cnnlint_torch.axes import axes_of, axis_of, sizes_given
from cnnlint_torch.constants import dtype_name
from cnnlint_torch.elements import contiguous_strides, made, strides_of, tensors_of, view_of
from cnnlint_torch.framework import torch


def reshaped(x: Shape, sizes: Sequence[Dim]) -> Shape:
    """The shape with these sizes, one of which may be -1.

    Raises ReshapeCount where the numbers of elements are proven to differ, OperationFails for sizes that no tensor has.
    """
    try:
        result = reshape(x, sizes)
    except CountMismatch:
        output = None if any(size == -1 for size in sizes) else Shape(tuple(sizes))
        raise ReshapeCount(x, tuple(sizes), output=output) from None
    except ValueError as error:
        raise OperationFails(f"{error} in the shape {Dims(sizes)} for a tensor of shape {x}") from None
    if not x.leading and not any(size == -1 for size in sizes):
        count = product(sizes)
        expect_equal(x.numel, count, ReshapeCount(x, tuple(sizes)))
    return result


def seen_as(input: Tensor, sizes: Sequence[Dim], is_view: bool) -> Tensor:  # noqa: A002
    """`input` with these sizes; a view needs a memory order in which they can be read without a copy.

    Raises OperationFails where the memory order is known and proven not to allow it.
    """
    x = input.shape
    result = reshaped(x, sizes)
    if input.is_contiguous:
        return view_of(input, result, contiguous_strides(result.dims), input.values)
    strides = strides_of(input)
    if strides is None:
        return view_of(input, result, None if is_view else None, input.values)
    merged = merged_strides(x.dims, strides, result.dims)
    if merged is None and is_view:
        raise OperationFails(
            f"a view of shape {result} of a tensor of shape {x} whose memory order was changed (by transpose, permute, a step or"
            " expand); `reshape` copies where it must",
            output=result,
        )
    if isinstance(merged, tuple):
        return view_of(input, result, merged, input.values)
    return view_of(input, result, None if merged == "open" else contiguous_strides(result.dims), input.values)


def merged_strides(old: Sequence[Dim], strides: Sequence[Dim], new: Sequence[Dim]) -> tuple[Dim, ...] | str | None:
    """The strides under which memory is seen with new sizes: None if it is proven that there are none, "open" if that is not known.

    Axes whose strides follow on each other make up a run of memory; every run must be a product of new sizes.
    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html
    """
    if any(not at_least(dim, 1) for dim in (*old, *new)):
        return contiguous_strides(new) if any(equal(dim, 0) for dim in old) else "open"
    result: list[Dim] = [1] * len(new)
    place = len(new) - 1
    run: Dim = 1
    base: Dim = strides[-1] if strides else 1
    for axis in range(len(old) - 1, -1, -1):
        run = run * old[axis]
        if axis > 0:
            if equal(old[axis - 1], 1) or equal(strides[axis - 1], run * base):
                continue
            if not differ(strides[axis - 1], run * base) or not differ(old[axis - 1], 1):
                return "open"
        seen: Dim = 1
        while place >= 0 and (equal(new[place], 1) or greater(run, seen)):
            result[place] = seen * base
            seen = seen * new[place]
            place -= 1
        if not equal(seen, run):
            return None if differ(seen, run) and not isinstance(seen, Expression) and not isinstance(run, Expression) else "open"
        if axis > 0:
            base, run = strides[axis - 1], 1
    return tuple(result) if place < 0 else "open"


def several(name: str, given: tuple[Value, ...], named: dict[str, Value], argument: str) -> tuple[Value, ...]:
    """Arguments that are given one by one, or all under one keyword; MissingArgument where there are none."""
    if not given and not named:
        raise MissingArgument(name, argument=argument, exception="TypeError")
    return given or tuple(named.values())[:1]


@torch.op("Tensor.view")
def view(input: Tensor, *shape: object, size: object = None, dtype: object = None) -> object:  # noqa: A002
    keyword = dtype if dtype is not None else size
    given = several("view", shape, {} if keyword is None else {"size": keyword}, "size")
    name = dtype_name(given[0]) if len(given) == 1 else None
    if name is not None:
        return made(Shape((), leading=True), name) if name != input.dtype else input
    return seen_as(input, sizes_given("view", given, "shape"), is_view=True)


@torch.op("Tensor.reshape")
def reshape_method(input: Tensor, *shape: object, **named: object) -> object:  # noqa: A002
    return seen_as(input, sizes_given("reshape", several("reshape", shape, named, "shape"), "shape"), is_view=False)


@torch.op("reshape")
def reshape_function(input: Tensor, shape: object) -> object:  # noqa: A002
    return seen_as(input, sizes_given("reshape", (shape,), "shape"), is_view=False)


@torch.op("Tensor.view_as")
def view_as(input: Tensor, other: Shape) -> object:  # noqa: A002
    return Result(Shape((), leading=True)) if other.leading else seen_as(input, other.dims, is_view=True)


@torch.op("Tensor.reshape_as")
def reshape_as(input: Tensor, other: Shape) -> object:  # noqa: A002
    return Result(Shape((), leading=True)) if other.leading else seen_as(input, other.dims, is_view=False)


@torch.op("flatten", "Tensor.flatten")
def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> object:  # noqa: A002
    """The axes from `start_dim` to `end_dim` become one; a scalar becomes one of size 1."""
    x = input.shape
    start, end = axis_of(x, start_dim, "start_dim"), axis_of(x, end_dim, "end_dim")
    if x.rank is None:
        return Result(x.flattened(start_dim, end_dim))
    assert start is not None and end is not None
    if start > end:
        raise InvalidArgument(f"must not stand behind end_dim, but axis {start} stands behind axis {end}", argument="start_dim")
    result = x.flattened(start, end)
    if result is x:
        return input
    return view_of(input, result, contiguous_strides(result.dims) if input.is_contiguous else None, input.values)


@torch.op("ravel", "Tensor.ravel")
def ravel(input: Tensor) -> object:  # noqa: A002
    return flatten.function(input)


@torch.op("unflatten", "Tensor.unflatten")
def unflatten(input: Tensor, dim: int, sizes: object) -> object:  # noqa: A002
    """One axis becomes several, of which one size may be -1."""
    x = input.shape
    axis = axis_of(x, dim)
    parts = sizes_given("unflatten", (sizes,), "sizes")
    if axis is None:
        return Result(Shape((), leading=True))
    if not parts:
        raise InvalidArgument("must not be empty", argument="sizes")
    if not x.dims and not x.leading:
        raise WrongRank("at least 1", x, exception="IndexError")
    if sum(part == -1 for part in parts) > 1:
        raise InvalidArgument(f"holds more than one -1: {Dims(parts)}", argument="sizes")
    size = x[axis]
    known = product(part for part in parts if part != -1)
    if any(part == -1 for part in parts):
        if known == 0 or differ(size % known, 0):
            raise ReshapeCount(Shape((size,)), tuple(parts))
        parts = [size // known if part == -1 else part for part in parts]
    else:
        expect_equal(size, known, ReshapeCount(Shape((size,)), tuple(parts)))
    place = axis if axis >= 0 else axis + len(x.dims)
    result = Shape((*x.dims[:place], *parts, *x.dims[place + 1 :]), x.leading)
    return view_of(input, result, contiguous_strides(result.dims) if input.is_contiguous else None, input.values)


def permuted(input: Tensor, order: Sequence[int]) -> Tensor:  # noqa: A002
    """The axes in another order."""
    x = input.shape
    count = len(order)
    factors = {new - count: x.factors[old - count] for new, old in enumerate(order) if old - count in x.factors}
    strides = strides_of(input)
    return view_of(
        input,
        Shape(tuple(x.dims[axis] for axis in order), False, factors),
        None if strides is None else tuple(strides[axis] for axis in order),
        permuted_values(input, order),
    )


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


def permute_axes(input: Tensor, dims: Sequence[Dim]) -> object:  # noqa: A002
    x = input.shape
    if x.rank is None:
        if len(x.dims) > len(dims):
            raise WrongRank(str(len(dims)), x)
        return Result(Shape(tuple(unknown_size("an axis of a tensor whose shape is not known") for _ in dims)))
    if len(dims) != x.rank:
        raise OperationFails(f"permute by {len(dims)} axes {Dims(dims)} of a tensor of {x.rank} axes, of shape {x}")
    order = axes_of(x, dims, "dims")
    assert order is not None
    return permuted(input, order)


@torch.op("permute")
def permute(input: Tensor, dims: object) -> object:  # noqa: A002
    return permute_axes(input, sizes_given("permute", (dims,), "dims"))


@torch.op("Tensor.permute")
def permute_method(input: Tensor, *dims: object, **named: object) -> object:  # noqa: A002
    return permute_axes(input, sizes_given("permute", several("permute", dims, named, "dims"), "dims"))


@torch.op(
    "transpose", "Tensor.transpose", "swapaxes", "Tensor.swapaxes", "swapdims", "Tensor.swapdims"
)
def transpose(input: Tensor, dim0: int, dim1: int) -> object:  # noqa: A002
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


@torch.op("t", "Tensor.t")
def t(input: Tensor) -> object:  # noqa: A002
    x = input.shape
    if x.rank is None:
        return Result(Shape((), leading=True))
    if x.rank > 2:
        raise WrongRank("at most 2", x)
    return permuted(input, range(x.rank)[::-1])


@torch.op("adjoint", "Tensor.adjoint")
def adjoint(input: Tensor) -> object:  # noqa: A002
    """The last two axes change places: `mT`, `mH`."""
    x = input.shape
    if x.rank == 0:
        return input
    if x.rank == 1:
        raise WrongRank("at least 2", x)
    return transpose.function(input, -2, -1)


@torch.op("movedim", "Tensor.movedim", "moveaxis", "Tensor.moveaxis")
def movedim(input: Tensor, source: Dims | None = None, destination: Dims | None = None) -> object:  # noqa: A002
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


@torch.op("squeeze", "Tensor.squeeze")
def squeeze(input: Tensor, dim: Dims | None = None) -> object:  # noqa: A002
    """Axes of size 1 go; one that is named and has another size stays."""
    x = input.shape
    if dim is None:
        if x.leading or any(not equal(size, 1) and not differ(size, 1) for size in x.dims):
            raise Undetermined(Unknown(f"which axes of {x} have size 1"))
        axes = [axis for axis, size in enumerate(x.dims) if equal(size, 1)]
    else:
        found = axes_of(x, dim)
        if found is None:
            return Result(Shape((), leading=True))
        if not x.dims:
            return input
        axes = [axis for axis in found if equal(x[axis], 1)]
        open_axes = [axis for axis in found if axis not in axes and not differ(x[axis], 1)]
        if open_axes:
            raise Undetermined(Unknown(f"whether `{x[open_axes[0]]}` is 1"))
    return without_axes(input, axes)


def without_axes(input: Tensor, axes: Sequence[int]) -> Tensor:  # noqa: A002
    if not axes:
        return input
    x = input.shape
    places = {axis % len(x.dims) for axis in axes}
    result = x
    for axis in sorted(places, reverse=True):
        result = result.removed(axis - len(x.dims) if x.leading else axis)
    strides = strides_of(input)
    kept = None if strides is None else tuple(stride for axis, stride in enumerate(strides) if axis not in places)
    return view_of(input, result, kept, input.values)


@torch.op("unsqueeze", "Tensor.unsqueeze")
def unsqueeze(input: Tensor, dim: int) -> object:  # noqa: A002
    """A new axis of size 1 that is then axis `dim`."""
    x = input.shape
    if x.rank is None:
        return Result(x.inserted(dim, 1) if -len(x.dims) - 1 <= dim < 0 else Shape((), leading=True))
    axis = axis_of(x, dim, extra=1)
    assert axis is not None
    strides = strides_of(input)
    if strides is not None:
        own = x.dims[axis] * strides[axis] if axis < x.rank else 1
        strides = (*strides[:axis], own, *strides[axis:])
    return view_of(input, x.inserted(axis, 1), strides, input.values)


def expanded(input: Tensor, sizes: Sequence[Dim]) -> object:  # noqa: A002
    """Axes of size 1 take the sizes asked for, -1 keeps one; more axes may come in front.

    Raises OperationFails where another size is asked to change, or -1 stands for a new axis.
    """
    x = input.shape
    if x.leading:
        return Result(Shape((), leading=True) if any(size == -1 for size in sizes) else Shape(tuple(sizes)))
    asked = f"expand to {Dims(sizes)} of a tensor of shape {x}"
    extra = len(sizes) - len(x.dims)
    if extra < 0:
        raise OperationFails(f"{asked}: fewer sizes than the tensor has axes")
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
            if differ(own, 1) and differ(own, size):
                raise OperationFails(f"{asked}: axis {place} has size {own}, which is neither 1 nor {size}")
            if differ(own, 1):
                expect_equal(own, size, OperationFails(asked))
            result.append(size)
        is_own = own is not None and result[-1] is own and not (equal(own, 1))
        steps.append(strides[place - extra] if strides is not None and is_own else 0)
    shape = Shape(tuple(result))
    if shape == x:
        return input
    return view_of(input, shape, None if strides is None else steps)


@torch.op("Tensor.expand")
def expand(input: Tensor, *size: object, implicit: object = False, **named: object) -> object:  # noqa: A002
    return expanded(input, sizes_given("expand", several("expand", size, named, "size")))


@torch.op("broadcast_to", "Tensor.broadcast_to")
def broadcast_to(input: Tensor, size: object) -> object:  # noqa: A002
    return expanded(input, sizes_given("broadcast_to", (size,)))


@torch.op("Tensor.expand_as")
def expand_as(input: Tensor, other: Shape) -> object:  # noqa: A002
    return Result(Shape((), leading=True)) if other.leading else expanded(input, other.dims)


def repeated(x: Shape, times: Sequence[Dim], may_be_fewer: bool) -> Shape:
    """Each size times its number; missing axes in front are of size 1, missing numbers are 1 for `tile` only."""
    for number in times:
        if greater(0, number):
            raise OperationFails(f"repeating a tensor of shape {x} {Dims(times)} times")
    if x.leading:
        return Shape((), leading=True)
    if len(times) < len(x.dims):
        if not may_be_fewer:
            raise OperationFails(f"repeat of a tensor of shape {x} by {Dims(times)}: fewer numbers than the tensor has axes")
        times = [1] * (len(x.dims) - len(times)) + list(times)
    dims = [1] * (len(times) - len(x.dims)) + list(x.dims)
    return Shape(tuple(dim * number for dim, number in zip(dims, times, strict=True)))


@torch.op("Tensor.repeat")
def repeat(input: Tensor, *repeats: object, **named: object) -> object:  # noqa: A002
    times = sizes_given("repeat", several("repeat", repeats, named, "repeats"), "repeats")
    return made(repeated(input.shape, times, may_be_fewer=False), input.dtype, is_contiguous=True)


@torch.op("tile")
def tile(input: Tensor, dims: object) -> object:  # noqa: A002
    return made(repeated(input.shape, sizes_given("tile", (dims,), "dims"), may_be_fewer=True), input.dtype)


@torch.op("Tensor.tile")
def tile_method(input: Tensor, *dims: object, **named: object) -> object:  # noqa: A002
    times = sizes_given("tile", several("tile", dims, named, "dims"), "dims")
    return made(repeated(input.shape, times, may_be_fewer=True), input.dtype)


@torch.op("repeat_interleave", "Tensor.repeat_interleave")
def repeat_interleave(
    input: Tensor,  # noqa: A002
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
        failure = OperationFails(f"repeat_interleave by {repeats.shape[0]} numbers along axis {axis} of size {x[axis]}, of a tensor of shape {x}")
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


@torch.op("roll", "Tensor.roll")
def roll(input: Tensor, shifts: Dims, dims: Dims | None = None) -> object:  # noqa: A002
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
    return made(x, input.dtype)


@torch.op("flip")
def flip(input: Tensor, dims: object) -> object:  # noqa: A002
    x = input.shape
    places = axes_of(x, sizes_given("flip", (dims,), "dims"), "dims")
    values = input.values[::-1] if input.values is not None and x.rank == 1 and places == [0] else None
    return made(x, input.dtype, values)


@torch.op("Tensor.flip")
def flip_method(input: Tensor, *dims: object, **named: object) -> object:  # noqa: A002
    given = several("flip", dims, named, "dims")
    return flip.function(input, given[0] if len(given) == 1 and not isinstance(given[0], int) else given)


@torch.op("fliplr", "Tensor.fliplr", least=2)
@torch.op("flipud", "Tensor.flipud", least=1)
def flip_rows(input: Tensor, *, least: int) -> object:  # noqa: A002
    if input.shape.rank is not None and input.shape.rank < least:
        raise WrongRank(f"at least {least}", input.shape)
    return made(input.shape, input.dtype)


@torch.op("rot90", "Tensor.rot90")
def rot90(input: Tensor, k: int = 1, dims: Dims = (0, 1)) -> object:  # type: ignore[assignment]  # noqa: A002
    x = input.shape
    places = axes_of(x, dims, "dims")
    if places is None or len(places) != 2 or x.rank is None:
        return Result(Shape((), leading=True))
    if not k % 2:
        return made(x, input.dtype)
    first, second = places
    return made(x.replaced(first, x[second]).replaced(second, x[first]), input.dtype)


@torch.op("Tensor.unfold")
def unfold(input: Tensor, dimension: int, size: Dim, step: Dim) -> object:  # noqa: A002
    """Windows of `size` along an axis, `step` apart; the window itself becomes a last axis."""
    x = input.shape
    axis = axis_of(x, dimension, "dimension")
    if axis is None:
        return Result(Shape((size,), leading=True))
    is_scalar = x.rank == 0
    x = Shape((1,)) if is_scalar else x
    if greater(size, x[axis]):
        raise InvalidArgument(f"must not exceed {x[axis]}, the size of axis {dimension} of {x}, but is {size}", argument="size")
    if greater(0, size) or greater(1, step):
        raise InvalidArgument(f"must be positive, but is {step}", argument="step")
    if is_scalar:
        return view_of(input, Shape((size,)))
    behind = axis if x.leading else axis - len(x.dims)
    folded = x.replaced(behind, window_output(x[behind], size, step))
    strides = strides_of(input)
    if strides:
        strides = (*strides[:behind], strides[behind] * step, *strides[len(strides) + behind + 1 :], strides[behind])
    return view_of(input, folded.inserted(-1, size), strides or None)


@torch.op("narrow", "Tensor.narrow")
@torch.op("narrow_copy", "Tensor.narrow_copy")
def narrow(input: Tensor, dim: int, start: Tensor | Dim, length: Dim) -> object:  # noqa: A002
    x = input.shape
    if x.rank == 0:
        raise WrongRank("at least 1", x)
    axis = axis_of(x, dim)
    if axis is None:
        return Result(Shape((), leading=True))
    if greater(0, length):
        raise InvalidArgument(f"must not be negative, but is {length}", argument="length")
    size = x[axis]
    if isinstance(start, (int, Expression)):
        first = size + start if greater(0, start) else start
        if greater(first, size) or greater(0, first):
            raise InvalidArgument(f"must lie between {-size} and {size}, but is {start}", argument="start", exception="IndexError")
        if greater(first + length, size):
            raise InvalidArgument(f"exceeds the axis: {first} + {length} > {size} of {x}", argument="length")
    values = None
    if input.values is not None and x.rank == 1 and isinstance(start, int) and isinstance(length, int):
        values = input.values[start:][:length] if start >= 0 else None
    return view_of(input, x.replaced(axis, length), strides_of(input), values)


@torch.op("Tensor.contiguous")
def contiguous(input: Tensor, memory_format: object = None) -> object:  # noqa: A002
    if input.is_contiguous:
        return input
    return made(input.shape, input.dtype, input.values, is_contiguous=memory_format is None or None)


@torch.op("Tensor.is_contiguous")
def is_contiguous(input: Tensor, memory_format: object = None) -> object:  # noqa: A002
    if input.is_contiguous is None or memory_format is not None:
        raise Undetermined(Unknown("the memory order of a tensor"))
    return input.is_contiguous


@torch.op("as_strided", "Tensor.as_strided")
def as_strided(input: Tensor, size: object, stride: object, storage_offset: object = None) -> object:  # noqa: A002
    sizes, strides = sizes_given("as_strided", (size,)), sizes_given("as_strided", (stride,), "stride")
    if len(sizes) != len(strides):
        raise InvalidArgument(f"must be as many as sizes: {len(strides)} and {len(sizes)}", argument="stride")
    return view_of(input, Shape(tuple(sizes)), strides)


@torch.op("atleast_1d", least=1)
@torch.op("atleast_2d", least=2)
@torch.op("atleast_3d", least=3)
def at_least_axes(*tensors: object, least: int) -> object:
    """Axes of size 1 are added: in front, and for three of them also behind."""
    if len(tensors) == 1 and not isinstance(tensors[0], Tensor):
        return tuple(with_axes(tensor, least) for tensor in tensors_of("atleast", tensors[0]))
    found = [with_axes(tensor, least) for tensor in tensors if isinstance(tensor, Tensor)]
    return found[0] if len(found) == 1 else tuple(found)


def with_axes(tensor: Tensor, least: int) -> Tensor:
    x = tensor.shape
    if x.rank is None:
        return made(Shape((), leading=True), tensor.dtype)
    if x.rank >= least:
        return tensor
    dims = x.dims
    if least == 3:
        result = {0: (1, 1, 1), 1: (1, *dims, 1), 2: (*dims, 1)}[x.rank]
    else:
        result = (1,) * (least - x.rank) + dims
    return view_of(tensor, Shape(result), contiguous_strides(result) if tensor.is_contiguous else None, tensor.values)
