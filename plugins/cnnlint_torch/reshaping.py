"""`view`, `reshape`, `flatten` and the other functions that give the same elements another shape.

Sources: https://docs.pytorch.org/docs/stable/tensors.html, https://docs.pytorch.org/docs/stable/tensor_view.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import (
    REGROUPED,
    BatchSwallowed,
    CountMismatch,
    Dim,
    Dims,
    Expression,
    FixedBatchSize,
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
    expect_multiple,
    greater,
    product,
    remark,
    reshape,
)
from cnnlint_torch.axes import axes_of, axis_of, sizes_given
from cnnlint_torch.constants import dtype_name
from cnnlint_torch.elements import (
    contiguous_strides,
    is_row_by_row,
    lies_as_made,
    made,
    read_as,
    strides_of,
    tensors_of,
    usual_strides,
    view_of,
)
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
    if not x.leading:
        failure = ReshapeCount(x, tuple(sizes))
        rest = product(size for size in sizes if size != -1)
        if not any(size == -1 for size in sizes):
            expect_equal(x.numel, rest, failure)
        elif is_flattening(x, sizes, rest) and not differ(x.numel, x[0] * rest):
            expect_equal(x.numel, x[0] * rest, failure)  # of other sizes the batch would silently become another one
        elif not equal(rest, 0):
            expect_multiple(x.numel, rest, failure)
    return result


def is_flattening(x: Shape, sizes: Sequence[Dim], rest: Dim) -> bool:
    """Whether `view(-1, rest)` means one row for each of a batch, and not one for each of its last axes."""
    ends = (product(x.dims[axis:]) for axis in range(2, len(x.dims)))
    return len(sizes) == 2 and equal(sizes[0], -1) and bool(x.dims) and is_batch(x[0]) and not any(equal(end, rest) for end in ends)


def is_batch(size: Dim) -> bool:
    return isinstance(size, Expression) and size.symbol is not None and size.symbol.name == "batch"


def seen_as(input: Tensor, sizes: Sequence[Dim], is_view: bool) -> Tensor:
    """`input` with these sizes; a view needs a memory order in which they can be read without a copy.

    Raises OperationFails where the memory order is known and proven not to allow it.
    """
    x = input.shape
    result = reshaped(x, sizes)
    remark_on_rows(x, sizes)
    strides = None if input.is_contiguous else strides_of(input)
    if strides is None:
        return reread(input, result)
    merged = merged_strides(x.dims, strides, result.dims)
    if merged is None and is_view:
        raise OperationFails(
            f"a view of shape {result} of a tensor of shape {x} whose memory order was changed (by transpose, permute, a step or"
            " expand); `reshape` copies where it must",
            output=result,
        )
    if isinstance(merged, tuple):
        return view_of(input, result, merged, input.values)
    if merged == "open":
        return view_of(input, result, None, input.values)
    return made(result, input.dtype, input.values, is_contiguous=True, flow=REGROUPED)


def reread(input: Tensor, shape: Shape) -> Tensor:
    """The same elements in the same order under another shape: in the same memory, or copied where its order doesn't allow that."""
    result = read_as(input, shape)
    if input.is_contiguous or shape.leading:
        return result
    if lies_as_made(input):
        result.data = {**result.data, "as_made": True}
        return result
    usual = usual_strides(input)
    merged = "open" if usual is None else merged_strides(input.shape.dims, usual, shape.dims)
    if merged is None:
        result.base = None
    elif isinstance(merged, tuple):
        result.data = {**result.data, "usual": merged}
    return result


def remark_on_rows(x: Shape, sizes: Sequence[Dim]) -> None:
    """Remark on rows that belong to no single example, and on a number of rows that says which batch there is."""
    if x.rank is None or x.rank < 2 or len(sizes) < 2:
        return
    features, size = product(x.dims[1:]), product(sizes[1:])
    if not isinstance(features, int) or not isinstance(size, int):
        return
    if equal(sizes[0], -1):
        if size > 1 and features > 1 and features % size and size % features:
            remark(BatchSwallowed(x, features, size, batch=x[0]))
    elif isinstance(sizes[0], int) and sizes[0] > 1 and isinstance(x[0], Expression) and (size == features or size < 0):
        remark(FixedBatchSize(x, sizes[0]))


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
def view(input: Tensor, *shape: object, size: object = None, dtype: object = None) -> object:
    keyword = dtype if dtype is not None else size
    given = several("view", shape, {} if keyword is None else {"size": keyword}, "size")
    name = dtype_name(given[0]) if len(given) == 1 else None
    if name is not None:
        return made(Shape((), leading=True), name) if name != input.dtype else input
    return seen_as(input, sizes_given("view", given, "shape"), is_view=True)


@torch.op("Tensor.reshape")
def reshape_method(input: Tensor, *shape: object, **named: object) -> object:
    return seen_as(input, sizes_given("reshape", several("reshape", shape, named, "shape"), "shape"), is_view=False)


@torch.op("reshape")
def reshape_function(input: Tensor, shape: object) -> object:
    return seen_as(input, sizes_given("reshape", (shape,), "shape"), is_view=False)


@torch.op("Tensor.view_as")
def view_as(input: Tensor, other: Shape) -> object:
    return Result(Shape((), leading=True)) if other.leading else seen_as(input, other.dims, is_view=True)


@torch.op("Tensor.reshape_as")
def reshape_as(input: Tensor, other: Shape) -> object:
    return Result(Shape((), leading=True)) if other.leading else seen_as(input, other.dims, is_view=False)


@torch.op("flatten", "Tensor.flatten")
def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> object:
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
    return reread(input, result)


@torch.op("ravel", "Tensor.ravel")
def ravel(input: Tensor) -> object:
    return flatten.function(input)


@torch.op("unflatten", "Tensor.unflatten")
def unflatten(input: Tensor, dim: int, sizes: object) -> object:
    """One axis becomes several, of which one size may be -1."""
    x = input.shape
    axis = axis_of(x, dim)
    parts = sizes_given("unflatten", (sizes,), "sizes")
    if axis is None:
        return Result(Shape((), leading=True))
    if not parts:
        raise InvalidArgument("must not be empty", is_absent=True, argument="sizes")
    if not x.dims and not x.leading:
        raise WrongRank("at least 1", x, exception="IndexError")
    if sum(part == -1 for part in parts) > 1:
        raise InvalidArgument(f"holds more than one -1: {Dims(parts)}", argument="sizes")
    size = x[axis]
    known = product(part for part in parts if part != -1)
    if any(part == -1 for part in parts):
        if known == 0:
            raise ReshapeCount(Shape((size,)), tuple(parts))
        expect_multiple(size, known, ReshapeCount(Shape((size,)), tuple(parts)))
        parts = [size // known if part == -1 else part for part in parts]
    else:
        expect_equal(size, known, ReshapeCount(Shape((size,)), tuple(parts)))
    place = axis if axis >= 0 else axis + len(x.dims)
    result = Shape((*x.dims[:place], *parts, *x.dims[place + 1 :]), x.leading)
    return reread(input, result)


@torch.op("squeeze", "Tensor.squeeze")
def squeeze(input: Tensor, dim: Dims | None = None) -> object:
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


def without_axes(input: Tensor, axes: Sequence[int]) -> Tensor:
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
def unsqueeze(input: Tensor, dim: int) -> object:
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


@torch.op("Tensor.contiguous")
def contiguous(input: Tensor, memory_format: object = None) -> object:
    if input.is_contiguous:
        return input
    result = made(input.shape, input.dtype, input.values, is_contiguous=memory_format is None or None, flow=REGROUPED)
    usual = usual_strides(input)
    if usual is not None and is_row_by_row(input.shape.dims, usual):
        result.base = input
    return result


@torch.op("Tensor.is_contiguous")
def is_contiguous(input: Tensor, memory_format: object = None) -> object:
    if input.is_contiguous is None or memory_format is not None:
        raise Undetermined(Unknown("the memory order of a tensor"))
    return input.is_contiguous


@torch.op("as_strided", "Tensor.as_strided")
def as_strided(input: Tensor, size: object, stride: object, storage_offset: object = None) -> object:
    sizes, strides = sizes_given("as_strided", (size,)), sizes_given("as_strided", (stride,), "stride")
    if len(sizes) != len(strides):
        raise InvalidArgument(f"must be as many as sizes: {len(strides)} and {len(sizes)}", argument="stride")
    result = view_of(input, Shape(tuple(sizes)), strides)
    result.flow = None
    return result


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
    return read_as(tensor, Shape(result))
