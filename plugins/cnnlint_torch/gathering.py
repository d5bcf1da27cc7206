"""Elements picked and placed by index tensors: `gather`, `scatter`, `index_select`, masks, and what depends on the elements.

Source: https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import (
    Dim,
    InvalidArgument,
    OperationFails,
    Shape,
    SliceValue,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    equal,
    expect_equal,
    greater,
    maximum,
    minimum,
    unknown_size,
)
from cnnlint_torch.axes import axis_of
from cnnlint_torch.broadcasting import broadcast_shapes
from cnnlint_torch.dtypes import expect_dtype, expect_pair
from cnnlint_torch.elements import forget_values, made, strides_of, view_of
from cnnlint_torch.elementwise import both
from cnnlint_torch.framework import torch
from cnnlint_torch.indexing import get_item


def expect_index(name: str, index: Tensor, allowed: tuple[str, ...] = ("int64", "int32")) -> None:
    """Raises DtypeMismatch for an index that is known to hold other things than places."""
    expect_dtype(index, allowed, "an index", name)


@torch.op(*both("gather"))
def gather(input: Tensor, dim: int, index: Tensor, *, sparse_grad: object = False, out: object = None) -> object:
    """The index's shape, which must not exceed the input's but along `dim`."""
    expect_index("gather", index)
    expect_no_larger("gather", input.shape, index.shape, dim)
    return made(index.shape, input.dtype)


def expect_no_larger(name: str, x: Shape, index: Shape, dim: int) -> None:
    axis = axis_of(x, dim)
    if x.rank is None or index.rank is None:
        return
    if any(equal(size, 0) for size in index.dims):
        return
    if max(x.rank, 1) != max(index.rank, 1):
        raise OperationFails(f"{name} with an index of shape {index} from a tensor of shape {x}: the numbers of axes differ")
    if not x.rank or not index.rank:
        return
    for place in range(x.rank):
        if place != axis and greater(index[place], x[place]):
            raise OperationFails(f"{name} with an index of shape {index} from a tensor of shape {x}: it is larger on axis {place}")


@torch.op(*both("scatter scatter_add scatter_reduce"))
def scatter(input: Tensor, dim: int, index: Tensor, *args: object, **named: object) -> object:
    expect_scattered(input, dim, index, args, named)
    return made(input.shape, input.dtype)


@torch.op("Tensor.scatter_", "Tensor.scatter_add_", "Tensor.scatter_reduce_")
def scatter_in_place(input: Tensor, dim: int, index: Tensor, *args: object, **named: object) -> object:
    expect_scattered(input, dim, index, args, named)
    forget_values(input)
    return input


def expect_scattered(input: Tensor, dim: int, index: Tensor, args: Sequence[Value], named: dict[str, Value]) -> None:
    """The index is no larger than the input but along `dim`, and nowhere larger than the source."""
    expect_index("scatter", index)
    expect_no_larger("scatter", input.shape, index.shape, dim)
    source = args[0] if args else named.get("src")
    if isinstance(source, Tensor) and source.shape.rank:
        expect_pair("scatter", input, source)
    if isinstance(source, Tensor) and source.shape.rank and index.shape.rank == source.shape.rank:
        for place in range(source.shape.rank):
            if greater(index.shape[place], source.shape[place]):
                raise OperationFails(f"scatter of a source of shape {source.shape} by an index of shape {index.shape}, which is larger")


@torch.op(*both("index_select"))
def index_select(input: Tensor, dim: int, index: Tensor, *, out: object = None) -> object:
    """As many rows as the index has, which has one axis."""
    x = input.shape
    expect_index("index_select", index)
    if index.shape.rank is not None and index.shape.rank > 1:
        raise WrongRank("at most 1", index.shape, exception="IndexError")
    axis = axis_of(x, dim)
    count: Dim = 1 if index.shape.rank == 0 else index.shape[0] if index.shape.rank == 1 else unknown_size("the size of an index")
    if axis is None:
        return made(Shape((), leading=True), input.dtype)
    if not x.dims:
        expect_equal(count, 1, OperationFails(f"index_select of {count} elements from a tensor of no axes"))
        return made(x, input.dtype)
    for value in index.values or ():
        if greater(value, x[axis] - 1) or greater(0, value):
            raise OperationFails(f"index {value} is out of range for axis {axis} of size {x[axis]}", exception="IndexError")
    values = None
    if input.values is not None and x.rank == 1 and index.values is not None:
        values = [input.values[place] for place in index.values]
    return made(x.replaced(axis, count), input.dtype, values)


@torch.op(*both("select_scatter slice_scatter diagonal_scatter"))
def part_replaced(input: Tensor, src: Tensor, *args: object, **named: object) -> object:
    return made(input.shape, input.dtype)


def expect_source(input: Tensor, args: Sequence[Value], named: dict[str, Value]) -> None:
    """Raises DtypeMismatch where what is written at places has another dtype; `index_fill` takes a number."""
    source = named.get("source", named.get("tensor2", args[2] if len(args) > 2 else None))
    if isinstance(source, Tensor) and source.shape.rank:
        expect_pair("index_add", input, source)


@torch.op(*both("index_add index_copy index_fill index_put index_reduce"))
def index_write(input: Tensor, *args: object, **named: object) -> object:
    expect_source(input, args, named)
    return made(input.shape, input.dtype)


@torch.op(*(f"Tensor.{name}_" for name in ["index_add", "index_copy", "index_fill", "index_put", "index_reduce", "put"]))
def index_write_in_place(input: Tensor, *args: object, **named: object) -> object:
    expect_source(input, args, named)
    forget_values(input)
    return input


@torch.op(*both("take_along_dim"))
def take_along_dim(input: Tensor, indices: Tensor, dim: int | None = None, *, out: object = None) -> object:
    """The sizes broadcast, but along `dim`, where the index's is taken."""
    expect_index("take_along_dim", indices, ("int64",))
    x, index = input.shape, indices.shape
    if dim is None:
        return made(Shape((index.numel,)), input.dtype)
    if x.rank is None or index.rank is None:
        return made(Shape((), leading=True), input.dtype)
    if x.rank != index.rank:
        raise OperationFails(f"take_along_dim of a tensor of shape {x} by an index of shape {index}: the numbers of axes differ")
    axis = axis_of(x, dim)
    if not x.rank:
        raise WrongRank("at least 1", x, exception="IndexError")
    if axis is None:
        return made(index, input.dtype)
    common = broadcast_shapes("take_along_dim", x.replaced(axis, 1), index.replaced(axis, 1))
    return made(common.replaced(axis, index[axis]), input.dtype)


@torch.op(*both("take"))
def take(input: Tensor, index: Tensor, *, out: object = None) -> object:
    expect_index("take", index, ("int64",))
    return made(index.shape, input.dtype)


@torch.op(*both("masked_select"))
def masked_select(input: Tensor, mask: Tensor, *, out: object = None) -> object:
    broadcast_shapes("masked_select", input.shape, mask.shape)
    expect_dtype(mask, ("bool",), "a mask", "masked_select")
    return made(Shape((unknown_size("how many elements a mask selects"),)), input.dtype)


@torch.op(*both("nonzero argwhere"))
def nonzero(input: Tensor, *, out: object = None, as_tuple: object = False) -> object:
    """One row for each element that is not zero, or one tensor for each axis."""
    count = unknown_size("how many elements are not zero")
    rank = input.shape.rank
    if as_tuple is True:
        if rank is None:
            raise Undetermined(Unknown("the number of axes of a tensor"))
        return tuple(made(Shape((count,)), "int64") for _ in range(max(rank, 1)))
    return made(Shape((count, unknown_size("the number of axes of a tensor") if rank is None else rank)), "int64")


@torch.op("nn.functional.one_hot", "one_hot")
def one_hot(tensor: Tensor, num_classes: Dim = -1) -> object:
    """A last axis of `num_classes`; without that, of one more than the greatest element."""
    expect_dtype(tensor, ("int64",), "classes", "one_hot")
    if isinstance(num_classes, int) and num_classes < 1 and num_classes != -1:
        raise InvalidArgument(f"must be positive, but is {num_classes}", argument="num_classes")
    if num_classes == -1 and any(equal(size, 0) for size in tensor.shape.dims):
        raise OperationFails(f"one_hot of an empty tensor of shape {tensor.shape} without num_classes")
    for value in tensor.values or ():
        if value < 0 or (num_classes != -1 and greater(value, num_classes - 1)):
            raise OperationFails(f"one_hot of the class {value} with {num_classes} classes")
    classes = num_classes
    if num_classes == -1:
        classes = max(tensor.values) + 1 if tensor.values else unknown_size("the number of classes")
    return made(Shape((*tensor.shape.dims, classes), tensor.shape.leading), "int64")


@torch.op(*both("select"))
def select(input: Tensor, dim: int, index: object) -> object:
    """One place on an axis, which is then gone."""
    axis = axis_of(input.shape, dim)
    if input.shape.rank == 0:
        raise WrongRank("at least 1", input.shape, exception="IndexError")
    if axis is None:
        return made(Shape((), leading=True), input.dtype)
    behind = axis - len(input.shape.dims) if axis >= 0 else axis
    whole = SliceValue(None, None, None)
    return get_item.function(input, (Ellipsis, index, *[whole] * (-behind - 1)))


@torch.op("diag", "Tensor.diag")
def diag(input: Tensor, diagonal: int = 0, *, out: object = None) -> object:
    """A matrix of a vector, or the diagonal of a matrix."""
    x = input.shape
    if x.rank is None:
        return made(Shape((), leading=True), input.dtype)
    if x.rank == 1:
        size = x[0] + abs(diagonal)
        return made(Shape((size, size)), input.dtype)
    if x.rank != 2:
        raise WrongRank("1 or 2", x)
    return made(Shape((diagonal_size(x[0], x[1], diagonal),)), input.dtype)


def diagonal_size(rows: Dim, columns: Dim, offset: int) -> Dim:
    if offset >= 0:
        return maximum(minimum(rows, columns - offset), 0)
    return maximum(minimum(rows + offset, columns), 0)


@torch.op(*both("diagflat"))
def diagflat(input: Tensor, offset: int = 0) -> object:
    size = input.shape.numel + abs(offset)
    return made(Shape((size, size)), input.dtype)


@torch.op(*both("diagonal"), "linalg.diagonal")
def diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> object:
    x = input.shape
    if x.rank is None:
        return made(Shape((), leading=True), input.dtype)
    first, second = axis_of(x, dim1, "dim1"), axis_of(x, dim2, "dim2")
    if first == second or first is None or second is None:
        raise InvalidArgument("must differ from dim2", argument="dim1")
    rest = [size for place, size in enumerate(x) if place not in (first, second)]
    strides = strides_of(input)
    if strides is not None:
        kept = [stride for place, stride in enumerate(strides) if place not in (first, second)]
        strides = (*kept, strides[first] + strides[second])
    return view_of(input, Shape((*rest, diagonal_size(x[first], x[second], offset))), strides)


@torch.op(*both("diag_embed"))
def diag_embed(input: Tensor, offset: int = 0, dim1: int = -2, dim2: int = -1) -> object:
    x = input.shape
    if x.rank is None or (dim1, dim2) != (-2, -1):
        return made(Shape((), leading=True), input.dtype)
    if x.rank == 0:
        raise WrongRank("at least 1", x)
    size = x[-1] + abs(offset)
    return made(Shape((*x.dims[:-1], size, size)), input.dtype)


@torch.op(*both("tril triu"))
def triangle(input: Tensor, diagonal: object = 0, *, out: object = None) -> object:
    if input.shape.rank is not None and input.shape.rank < 2:
        raise WrongRank("at least 2", input.shape)
    return made(input.shape, input.dtype)


@torch.op("Tensor.tril_", "Tensor.triu_")
def triangle_in_place(input: Tensor, diagonal: object = 0) -> object:
    forget_values(input)
    return input


@torch.op("multinomial", "Tensor.multinomial")
def multinomial(input: Tensor, num_samples: Dim, replacement: object = False, *, generator: object = None, out: object = None) -> object:
    x = input.shape
    if x.rank is None:
        return made(Shape((num_samples,), leading=True), "int64")
    if x.rank not in (1, 2):
        raise WrongRank("1 or 2", x)
    return made(Shape((*x.dims[:-1], num_samples)), "int64")


@torch.op(*both("searchsorted"))
def searchsorted(sorted_sequence: Tensor, input: object, *args: object, **named: object) -> object:
    return made(input.shape if isinstance(input, Tensor) else Shape(()), "int64")


@torch.op(*both("bucketize"))
def bucketize(input: object, boundaries: Tensor, *args: object, **named: object) -> object:
    return made(input.shape if isinstance(input, Tensor) else Shape(()), "int64")


@torch.op(*both("isin"))
def isin(elements: Tensor, test_elements: object, **named: object) -> object:
    return made(elements.shape, "bool")
