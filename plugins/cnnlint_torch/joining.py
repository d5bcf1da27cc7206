"""`cat`, `stack`, `chunk`, `split` and their relatives.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.cat.html and the pages beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from cnnlint.plugin import (
    Concatenated,
    ConcatenationMismatch,
    Dim,
    Dims,
    Expression,
    InvalidArgument,
    ListValue,
    Result,
    Shape,
    Sliced,
    Tensor,
    Undetermined,
    Unknown,
    WrongRank,
    at_least,
    differ,
    equal,
    expect_at_least,
    expect_equal,
    expect_multiple,
    expect_rank,
    greater,
    minimum,
    unknown_size,
)
from cnnlint_torch.axes import axis_of
from cnnlint_torch.elements import made, strides_of, tensors_of, view_of
from cnnlint_torch.framework import torch
from cnnlint_torch.promotion import common_dtype
from cnnlint_torch.reshaping import with_axes

MOST_PIECES = 10_000


@torch.op("cat", "concat", "concatenate")
def cat(tensors: object, dim: int = 0, *, out: object = None) -> object:
    """Sizes along `dim` add up; all others agree. One-axis tensors of size 0 are passed over."""
    given = tensors_of("cat", tensors)
    if not given:
        raise InvalidArgument("must not be empty", is_absent=True, argument="tensors", exception="ValueError")
    return joined(given, dim)


def joined(given: Sequence[Tensor], dim: int) -> Tensor:
    """The tensors one after another along an axis.

    Raises ConcatenationMismatch where two sizes on another axis differ, WrongRank where the numbers of axes do.
    """
    shapes = [tensor.shape for tensor in given]
    kept = [shape for shape in shapes if not (shape.rank == 1 and equal(shape[0], 0))] or shapes[:1]
    dtype = common_dtype(given)
    for shape in kept:
        if shape.rank == 0:
            raise WrongRank("at least 1", shape)
    first_known = next((shape for shape in kept if shape.rank is not None), None)
    if first_known is None or first_known.rank is None:
        return made(Shape((), leading=True), dtype)
    known = [expect_rank(tensor, first_known.rank) if tensor.shape.rank is None else tensor.shape for tensor in given]
    known = [shape for shape in known if not (shape.rank == 1 and equal(shape[0], 0))] or known[:1]
    first = known[0]
    assert first.rank is not None
    for shape in known:
        if shape.rank != first.rank:
            if any(other.rank == 1 and not differ(other[0], 0) for other in (shape, first)):
                raise Undetermined(Unknown("whether one of the tensors is empty"))
            raise WrongRank(str(first.rank), shape)
    axis = axis_of(first, dim)
    assert axis is not None
    total = add_up(shape[axis] for shape in known)
    result = list(first.dims)
    result[axis] = total
    for place in range(first.rank):
        if place != axis:
            failure = partial(ConcatenationMismatch, tuple(shapes), axis, place)
            for shape in known[1:]:
                expect_equal(first[place], shape[place], failure)
                if isinstance(result[place], Expression) and isinstance(shape[place], int):
                    result[place] = shape[place]
    values = None
    if first.rank == 1 and all(tensor.values is not None for tensor in given):
        values = [value for tensor in given for value in tensor.values or ()]
    order = True if all(tensor.is_contiguous for tensor in given) else None
    return made(Shape(tuple(result)), dtype, values, is_contiguous=order, flow=Concatenated(axis))


def add_up(sizes: Iterable[Dim]) -> Dim:
    total: Dim = 0
    for size in sizes:
        total = total + size
    return total


@torch.op("stack")
def stack(tensors: object, dim: int = 0, *, out: object = None) -> object:
    """A new axis `dim` of as many as there are tensors, whose shapes agree."""
    given = tensors_of("stack", tensors)
    if not given:
        raise InvalidArgument("must not be empty", is_absent=True, argument="tensors")
    shapes = [tensor.shape for tensor in given]
    known = next((shape for shape in shapes if shape.rank is not None), None)
    dtype = common_dtype(given)
    if known is None or known.rank is None:
        return made(shapes[0].inserted(dim, len(given)) if -len(shapes[0].dims) <= dim < 0 else Shape((), leading=True), dtype)
    axis = axis_of(known, dim, extra=1)
    assert axis is not None
    dims = list(known.dims)
    for tensor in given:
        shape = tensor.shape if tensor.shape.rank is not None else expect_rank(tensor, known.rank)
        if shape.rank != known.rank:
            raise WrongRank(str(known.rank), shape)
        for place, size in enumerate(shape):
            expect_equal(dims[place], size, partial(ConcatenationMismatch, tuple(shapes), None, place))
            if isinstance(dims[place], Expression) and isinstance(size, int):
                dims[place] = size
    values = None
    if axis == 0 and all(tensor.values is not None for tensor in given):
        values = [value for tensor in given for value in tensor.values or ()]
    shape = Shape(tuple(dims), False, known.factors).inserted(axis, len(given))
    return made(shape, dtype, values, is_contiguous=True, flow=Concatenated(axis, is_new=True))


@torch.op("hstack")
def hstack(tensors: object, *, out: object = None) -> object:
    given = [with_axes(tensor, 1) for tensor in tensors_of("hstack", tensors)]
    return stacked(given, 0 if given and given[0].shape.rank == 1 else 1)


@torch.op("vstack", "row_stack", axis=0, least=2)
@torch.op("dstack", axis=2, least=3)
def stack_rows(tensors: object, *, out: object = None, axis: int, least: int) -> object:
    return stacked([with_axes(tensor, least) for tensor in tensors_of("vstack", tensors)], axis)


@torch.op("column_stack")
def column_stack(tensors: object, *, out: object = None) -> object:
    return stacked([column(tensor) for tensor in tensors_of("column_stack", tensors)], 1)


def column(tensor: Tensor) -> Tensor:
    shape = tensor.shape
    if shape.rank is not None and shape.rank <= 1:
        return made(Shape((shape.numel, 1)), tensor.dtype)
    return tensor


def stacked(given: Sequence[Tensor], axis: int) -> Tensor:
    if not given:
        raise InvalidArgument("must not be empty", is_absent=True, argument="tensors")
    return joined(given, axis)


def part_of(x: Tensor, axis: int, size: Dim, start: Dim) -> Tensor:
    """`size` rows along an axis, from `start` on."""
    values = None
    if x.values is not None and x.shape.rank == 1 and isinstance(start, int) and isinstance(size, int):
        values = x.values[start : start + size]
    part = view_of(x, x.shape.replaced(axis, size), strides_of(x), values)
    cut = axis % len(x.shape.dims)
    part.flow = Sliced(tuple((place, start if place == cut else 0, 1) for place in range(len(x.shape.dims))))
    return part


def axis_to_split(x: Shape, dim: int) -> int | None:
    """Raises WrongRank for a scalar, which has no axis to split."""
    if x.rank == 0:
        raise WrongRank("at least 1", x)
    return axis_of(x, dim)


@torch.op("chunk", "Tensor.chunk", "unsafe_chunk", "Tensor.unsafe_chunk")
def chunk(input: Tensor, chunks: int, dim: int = 0) -> object:
    """Pieces of ceil(size / chunks), the last maybe smaller; so there may be fewer than asked for."""
    x = input.shape
    axis = axis_to_split(x, dim)
    if chunks < 1:
        raise InvalidArgument(f"must be positive, but is {chunks}", argument="chunks")
    if axis is None:
        return tuple(Result(Shape((), leading=True)) for _ in range(chunks))
    size = x[axis]
    if isinstance(size, int):
        step = max(-(-size // chunks), 1) if size else 0
        if not size:
            return tuple(part_of(input, axis, 0, 0) for _ in range(chunks))
        return tuple(part_of(input, axis, min(step, size - start), start) for start in range(0, size, step))
    if equal(size % chunks, 0):
        return tuple(part_of(input, axis, size // chunks, place * (size // chunks)) for place in range(chunks))
    if chunks == 2 and at_least(size, 2):
        half = -(-size // 2)
        return part_of(input, axis, half, 0), part_of(input, axis, size - half, half)
    raise Undetermined(Unknown(f"how many pieces chunk({chunks}) of {size} gives"))


@torch.op("split", "Tensor.split", "unsafe_split", "Tensor.unsafe_split")
def split(tensor: Tensor, split_size_or_sections: object = None, dim: int = 0, **named: object) -> object:
    """Pieces of one size, the last maybe smaller, or of the sizes given, which add up to the whole."""
    asked = next(iter(named.values()), split_size_or_sections)
    if isinstance(asked, (tuple, list, ListValue)):
        return split_by(tensor, asked, dim)
    x = tensor.shape
    axis = axis_to_split(x, dim)
    if not isinstance(asked, (int, Expression)):
        raise Undetermined(asked if isinstance(asked, Unknown) else Unknown("the sizes to split into"))
    if greater(0, asked) or (equal(asked, 0) and axis is not None and differ(x[axis], 0)):
        raise InvalidArgument(f"must be positive, but is {asked}", argument="split_size_or_sections")
    if axis is None:
        raise Undetermined(Unknown("how many pieces split gives of a tensor whose shape is not known"))
    size = x[axis]
    count = 1 if equal(size, asked) else -(-size // asked) if not equal(asked, 0) else 1
    if isinstance(count, int) and 0 < count <= MOST_PIECES:
        last = size - (count - 1) * asked
        return tuple(part_of(tensor, axis, asked if place < count - 1 else last, place * asked) for place in range(count))
    if isinstance(count, int) and count <= 0:
        return (tensor,)
    raise Undetermined(Unknown(f"how many pieces of {asked} there are in {size}"))


@torch.op("split_with_sizes", "Tensor.split_with_sizes")
def split_with_sizes(input: Tensor, split_sizes: object, dim: int = 0) -> object:
    return split_by(input, split_sizes, dim)


def split_by(input: Tensor, sections: object, dim: int) -> object:
    """Raises InvalidArgument where the sizes are proven not to add up to the whole."""
    x = input.shape
    axis = axis_to_split(x, dim)
    sizes = sizes_in("split", sections)
    total = add_up(sizes)
    for size in sizes:
        reason = f"must not be negative, but are {Dims(sizes)}"
        expect_at_least(size, 0, InvalidArgument(reason, argument="split_size_or_sections"))
    if axis is None:
        return tuple(Result(Shape((), leading=True)) for _ in sizes)
    shown = " + ".join(map(str, sizes)) or "0"
    expect_equal(
        x[axis],
        total,
        InvalidArgument(
            f"must add up to {x[axis]}, the size of axis {axis} of {x}, but {shown} = {total}", argument="split_size_or_sections"
        ),
    )
    pieces: list[Tensor] = []
    start: Dim = 0
    for size in sizes:
        pieces.append(part_of(input, axis, size, start))
        start = start + size
    return tuple(pieces)


def sizes_in(name: str, sections: object) -> list[Dim]:
    from_list = sections.contents if isinstance(sections, ListValue) else sections
    if isinstance(from_list, Unknown):
        raise Undetermined(from_list)
    if isinstance(from_list, Tensor):
        if from_list.values is None:
            raise Undetermined(Unknown(f"the sections of `{name}`"))
        from_list = from_list.values
    sizes = []
    for item in from_list:  # type: ignore[attr-defined]
        if isinstance(item, float):
            raise InvalidArgument(f"of `{name}` must hold ints, but holds {item}", argument="split_size_or_sections", exception="TypeError")
        if isinstance(item, Tensor) and item.values is not None and len(item.values) == 1:
            item = item.values[0]
        sizes.append(item if isinstance(item, (int, Expression)) else unknown_size("a size to split into"))
    return sizes


@torch.op("tensor_split", "Tensor.tensor_split")
def tensor_split(input: Tensor, indices_or_sections: object = None, dim: int = 0, **named: object) -> object:
    """As many pieces as asked for, the first ones one larger; or cut before each index."""
    asked = next(iter(named.values()), indices_or_sections)
    return cut_up(input, asked, axis_to_split(input.shape, dim))


def cut_up(input: Tensor, asked: object, axis: int | None) -> object:
    x = input.shape
    if isinstance(asked, int):
        if asked < 1:
            raise InvalidArgument(f"must be positive, but is {asked}", argument="indices_or_sections")
        if axis is None:
            return tuple(Result(Shape((), leading=True)) for _ in range(asked))
        size = x[axis]
        return tuple(part_of(input, axis, (size + asked - 1 - place) // asked, size // asked * place) for place in range(asked))
    indices = sizes_in("tensor_split", asked) if isinstance(asked, (tuple, list, ListValue, Tensor)) else None
    if indices is None or axis is None or not all(isinstance(index, int) for index in indices):
        raise Undetermined(asked if isinstance(asked, Unknown) else Unknown("where a tensor is split"))
    size = x[axis]
    pieces: list[Tensor] = []
    start: Dim = 0
    for index in [*indices, size]:
        stop = index if index is size else end_of(index, size)
        length = stop - start
        pieces.append(part_of(input, axis, 0 if greater(1, length) else length, start))
        start = stop
    return tuple(pieces)


def end_of(index: Dim, size: Dim) -> Dim:
    """Where a slice ends that is cut at `index`."""
    if isinstance(index, int) and index < 0:
        return size + index
    return minimum(index, size)


@torch.op("vsplit", "Tensor.vsplit", axis=0)
@torch.op("hsplit", "Tensor.hsplit", axis=1)
@torch.op("dsplit", "Tensor.dsplit", axis=2)
def axis_split(input: Tensor, indices_or_sections: object = None, *, axis: int, **named: object) -> object:
    """Along a fixed axis; a number must divide its size."""
    asked = next(iter(named.values()), indices_or_sections)
    x = input.shape
    least = {0: 2, 1: 1, 2: 3}[axis]
    if x.rank is None:
        raise Undetermined(Unknown("how many pieces there are of a tensor whose shape is not known"))
    if x.rank < least:
        raise WrongRank(f"at least {least}", x)
    place = 0 if axis == 1 and x.rank == 1 else axis
    if isinstance(asked, int):
        reason = f"must divide {x[place]}, the size of axis {place} of {x}, but is {asked}"
        failure = InvalidArgument(reason, argument="indices_or_sections")
        if asked == 0:
            raise failure
        expect_multiple(x[place], asked, failure)
    return cut_up(input, asked, place)


@torch.op("unbind", "Tensor.unbind")
def unbind(input: Tensor, dim: int = 0) -> object:
    """One tensor for each place on an axis, which is then gone."""
    x = input.shape
    axis = axis_to_split(x, dim)
    if axis is None:
        raise Undetermined(Unknown("how many rows a tensor has whose shape is not known"))
    size = x[axis]
    if not isinstance(size, int) or size > MOST_PIECES:
        raise Undetermined(Unknown(f"how many rows {size} are"))
    strides = strides_of(input)
    kept = None if strides is None else tuple(stride for place, stride in enumerate(strides) if place != axis % len(x.dims))
    rest = x.removed(axis)
    values = input.values if x.rank == 1 else None
    parts = tuple(view_of(input, rest, kept, None if values is None else (values[place],)) for place in range(size))
    flow = Sliced(tuple((place, 0, 1) for place in range(len(x.dims)) if place != axis % len(x.dims)))
    for part in parts:
        part.flow = flow
    return parts
