"""The same elements under another shape or order of axes, repeated, joined and split.

Source: https://numpy.org/doc/stable/reference/routines.array-manipulation.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import (
    CountMismatch,
    Dim,
    InvalidArgument,
    OperationFails,
    ReshapeCount,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    differ,
    equal,
    expect_equal,
    product,
    reshape,
)
from cnnlint_numpy.axes import axes_of, axis_of, rank_of, size_of, sizes_given
from cnnlint_numpy.elements import array, as_array, items_of, sizes_of, spread, strides, view
from cnnlint_numpy.elementwise import broadcast_shapes
from cnnlint_numpy.framework import numpy
from cnnlint_numpy.promotion import promoted


def reshaped(given: Tensor, sizes: Sequence[Dim]) -> Tensor:
    """The elements, row by row, under another shape, of which one size may be -1.

    Raises ReshapeCount with ValueError where the numbers of elements are proven to differ.
    """
    try:
        shape = reshape(given.shape, sizes)
    except CountMismatch:
        raise ReshapeCount(given.shape, tuple(sizes), exception="ValueError") from None
    except ValueError as error:
        raise OperationFails(f"{error} in a reshape of an array of shape {given.shape}", exception="ValueError") from None
    if not given.shape.leading and not any(size == -1 for size in sizes):
        expect_equal(given.shape.numel, product(sizes), ReshapeCount(given.shape, tuple(sizes), exception="ValueError"))
    return view(given, shape, given.values, True)


@numpy.op("ndarray.reshape")
def reshape_method(a: Tensor, *shape: object, order: object = "C", copy: object = None, newshape: object = None) -> object:
    expect_rows(order)
    given = newshape if not shape else shape[0] if len(shape) == 1 else shape
    return reshaped(a, sizes_given(given))


@numpy.op("reshape")
def reshape_function(a: object, /, shape: object = None, order: object = "C", *, newshape: object = None, copy: object = None) -> object:
    expect_rows(order)
    return reshaped(as_array(a, "what is reshaped"), sizes_given(newshape if shape is None else shape))


def expect_rows(order: Value) -> None:
    """Raises Undetermined for an order other than row by row."""
    if order not in ("C", "A", "K", None):
        raise Undetermined(Unknown("the elements column by column"))


@numpy.op("ravel", "ndarray.ravel", "ndarray.flatten")
def ravel(a: object, order: object = "C") -> object:
    expect_rows(order)
    given = as_array(a, "what is flattened")
    return view(given, Shape((given.shape.numel,)), given.values, True)


@numpy.op("transpose", "ndarray.transpose", "permute_dims")
def transpose(a: object, *axes: object) -> object:
    """Axes in another order: reversed without `axes`."""
    given = as_array(a, "what is transposed")
    rank = rank_of(given)
    wanted = axes[0] if len(axes) == 1 and items_of(axes[0]) is not None else axes
    if wanted == (None,):
        wanted = ()
    order = axes_of(rank, wanted) if wanted else list(range(rank))[::-1]
    if len(order) != rank:
        raise InvalidArgument(f"name {len(order)} axes of an array of {rank}", argument="axes", exception="ValueError")
    return permuted(given, order)


def permuted(given: Tensor, order: Sequence[int]) -> Tensor:
    shape = Shape(tuple(given.shape[place] for place in order))
    sizes = sizes_of(given.shape)
    values = None
    if given.values is not None and sizes is not None:
        steps = strides(sizes)
        found = [0]
        for place in order:
            found = [base + at * steps[place] for base in found for at in range(sizes[place])]
        values = [given.values[place] for place in found]
    is_same = [place for place in order if not equal(given.shape[place], 1)] == sorted(
        place for place in order if not equal(given.shape[place], 1)
    )
    return view(given, shape, values, given.is_contiguous if is_same else None)


@numpy.op("swapaxes", "ndarray.swapaxes")
def swapaxes(a: object, axis1: object, axis2: object) -> object:
    given = as_array(a, "what is transposed")
    rank = rank_of(given)
    order = list(range(rank))
    one, two = axis_of(rank, axis1), axis_of(rank, axis2)
    order[one], order[two] = two, one
    return permuted(given, order)


@numpy.op("moveaxis")
def moveaxis(a: object, source: object, destination: object) -> object:
    given = as_array(a, "what is transposed")
    rank = rank_of(given)
    old, new = axes_of(rank, source), axes_of(rank, destination)
    if len(old) != len(new):
        raise InvalidArgument("names another number of axes than `destination`", argument="source", exception="ValueError")
    order = [place for place in range(rank) if place not in old]
    for target, place in sorted(zip(new, old, strict=True)):
        order.insert(target, place)
    return permuted(given, order)


@numpy.op("expand_dims")
def expand_dims(a: object, axis: object) -> object:
    given = as_array(a, "what gets an axis")
    count = len(items_of(axis) or ()) or 1
    rank = rank_of(given) + count
    places = axes_of(rank, axis)
    rest = iter(given.shape.dims)
    return view(given, Shape(tuple(1 if place in places else next(rest) for place in range(rank))), given.values, given.is_contiguous)


@numpy.op("squeeze", "ndarray.squeeze")
def squeeze(a: object, axis: object = None) -> object:
    """Without the axes of size 1, or those named. Raises OperationFails with ValueError for one of another size."""
    given = as_array(a, "what loses axes")
    places = axes_of(rank_of(given), axis)
    if axis is None and any(not equal(dim, 1) and not differ(dim, 1) for dim in given.shape):
        raise Undetermined(Unknown(f"which axes of {given.shape} have size 1"))
    for place in places if axis is not None else ():
        failure = OperationFails(f"squeeze of axis {place} of an array of shape {given.shape}", exception="ValueError")
        expect_equal(given.shape[place], 1, failure)
    gone = [place for place in places if axis is not None or equal(given.shape[place], 1)]
    shape = Shape(tuple(dim for place, dim in enumerate(given.shape) if place not in gone))
    return view(given, shape, given.values, given.is_contiguous)


@numpy.op("atleast_1d", least=1)
@numpy.op("atleast_2d", least=2)
def at_least(*arys: object, least: int) -> object:
    made = []
    for ary in arys:
        given = as_array(ary, "what gets axes")
        missing = max(least - rank_of(given), 0)
        made.append(view(given, Shape((*(1,) * missing, *given.shape.dims)), given.values, given.is_contiguous))
    return made[0] if len(made) == 1 else tuple(made)


@numpy.op("broadcast_to")
def broadcast_to(array: object, shape: object, subok: object = False) -> object:
    given = as_array(array, "what is broadcast")
    target = Shape(tuple(sizes_given(shape)))
    common = broadcast_shapes("broadcast_to", [given, Tensor(target, numpy)])
    if common.rank is not None and common.rank != target.rank:
        raise OperationFails(f"broadcast of an array of shape {given.shape} to {target}", exception="ValueError")
    return repeated(given, target)


def repeated(given: Tensor, shape: Shape) -> Tensor:
    values = None if given.values is None or sizes_of(shape) is None else spread(given.values, given.shape, shape)
    return array(shape, given.dtype, values, None)


@numpy.op("broadcast_arrays")
def broadcast_arrays(*args: object, subok: object = False) -> object:
    given = [as_array(arg, "what is broadcast") for arg in args]
    shape = broadcast_shapes("broadcast_arrays", given)
    return tuple(repeated(one, shape) for one in given)


# Joining


def arrays_of(arrays: Value, function: str) -> list[Tensor]:
    if isinstance(arrays, Tensor):
        if not arrays.shape.rank or not isinstance(arrays.shape[0], int):
            raise Undetermined(Unknown(f"the arrays of `{function}`"))
        return [row(arrays, place) for place in range(arrays.shape[0])]
    items = items_of(arrays)
    if items is None:
        raise Undetermined(arrays if isinstance(arrays, Unknown) else Unknown(f"the arrays of `{function}`"))
    if not items:
        raise OperationFails(f"`{function}` of no arrays", exception="ValueError")
    return [as_array(item, f"one of the arrays of `{function}`") for item in items]


def row(given: Tensor, place: int) -> Tensor:
    shape = Shape(given.shape.dims[1:])
    sizes = sizes_of(shape)
    values = None
    if given.values is not None and sizes is not None:
        count = len(given.values) // max(given.shape[0] if isinstance(given.shape[0], int) else 1, 1)
        values = given.values[place * count : (place + 1) * count]
    return array(shape, given.dtype, values)


def joined(function: str, given: Sequence[Tensor], axis: Value) -> Tensor:
    """Along one axis; the others must agree.

    Raises OperationFails with ValueError where they are proven to differ.
    """
    first = given[0]
    rank = rank_of(first)
    if rank == 0:
        raise WrongRank("at least 1", first.shape, exception="ValueError")
    place = axis_of(rank, axis)
    count: Dim = 0
    dtype: str | None = first.dtype
    for one in given:
        shown = ", ".join(str(each.shape) for each in given)
        failure = OperationFails(f"`{function}` along axis {place} of arrays of shapes {shown}", exception="ValueError")
        if rank_of(one) != rank:
            raise failure
        for other in range(rank):
            if other != place:
                expect_equal(first.shape[other], one.shape[other], failure)
        count = count + one.shape[place]
        dtype = None if dtype is None or one.dtype is None else promoted(dtype, one.dtype)
    shape = first.shape.replaced(place, count)
    return array(shape, dtype, joined_values(given, place))


def joined_values(given: Sequence[Tensor], place: int) -> list[Value] | None:
    sizes = [sizes_of(one.shape) for one in given]
    if any(one.values is None for one in given) or any(one is None for one in sizes):
        return None
    known = [one for one in sizes if one is not None]
    outer = product(known[0][:place])
    blocks = [product(size[place:]) for size in known]
    result: list[Value] = []
    for turn in range(outer if isinstance(outer, int) else 0):
        for one, block in zip(given, blocks, strict=True):
            if isinstance(block, int):
                result += (one.values or ())[turn * block : (turn + 1) * block]
    return result


@numpy.op("concatenate", "concat")
def concatenate(arrays: object, /, axis: object = 0, out: object = None, *, dtype: object = None, casting: object = None) -> object:
    given = arrays_of(arrays, "concatenate")
    if axis is None:
        given, axis = [view(one, Shape((one.shape.numel,)), one.values, True) for one in given], 0
    return joined("concatenate", given, axis)


@numpy.op("append")
def append(arr: object, values: object, axis: object = None) -> object:
    return concatenate.function((arr, values), axis)


@numpy.op("stack")
def stack(arrays: object, axis: object = 0, out: object = None, **named: object) -> object:
    given = arrays_of(arrays, "stack")
    place = axis_of(rank_of(given[0]), axis, extra=1)
    for one in given:
        if rank_of(one) != given[0].shape.rank:
            raise OperationFails(f"`stack` of arrays of shapes {given[0].shape} and {one.shape}", exception="ValueError")
    return joined("stack", [view(one, one.shape.inserted(place, 1), one.values, True) for one in given], place)


@numpy.op("hstack", kind="hstack")
@numpy.op("vstack", "row_stack", kind="vstack")
@numpy.op("column_stack", kind="column_stack")
def stacked(tup: object, *, kind: str, **named: object) -> object:
    """Beside each other, or below each other; arrays of one axis are rows, or columns of `column_stack`."""
    given = [one if rank_of(one) else view(one, Shape((1,)), one.values, True) for one in arrays_of(tup, kind)]
    if kind == "hstack":
        return joined(kind, given, 0 if given[0].shape.rank == 1 else 1)
    place = 0 if kind == "vstack" else 1
    flat = [view(one, one.shape.inserted(place, 1), one.values, True) if one.shape.rank == 1 else one for one in given]
    return joined(kind, flat, place)


# Splitting and repeating


@numpy.op("split", is_exact=True)
@numpy.op("array_split", is_exact=False)
def split(ary: object, indices_or_sections: object, axis: object = 0, *, is_exact: bool) -> object:
    """Equal parts, or parts at given places. Raises OperationFails with ValueError where a size is not divisible."""
    given = as_array(ary, "what is split")
    place = axis_of(rank_of(given), axis)
    size = given.shape[place]
    cuts = items_of(indices_or_sections) if not isinstance(indices_or_sections, Tensor) else indices_or_sections.values
    if not isinstance(size, int):
        raise Undetermined(Unknown("the parts of an array"))
    if cuts is None:
        count = size_of(indices_or_sections)
        if not isinstance(count, int):
            raise Undetermined(Unknown("the number of parts of an array"))
        if count < 1 or (is_exact and size % count):
            raise OperationFails(f"split of an axis of size {size} into {count} equal parts", exception="ValueError")
        lengths = [size // count + (part < size % count) for part in range(count)]
    else:
        bounds = [min(max(cut if cut >= 0 else size + cut, 0), size) for cut in cuts if isinstance(cut, int)]
        lengths = [max(stop - start, 0) for start, stop in zip([0, *bounds], [*bounds, size], strict=True)]
        if len(bounds) != len(cuts):
            raise Undetermined(Unknown("where an array is split"))
    parts: list[object] = []
    start = 0
    for length in lengths:
        values = None
        if given.values is not None and given.shape.rank == 1:
            values = given.values[start : start + length]
        parts.append(view(given, given.shape.replaced(place, length), values, None))
        start += length
    return parts


@numpy.op("tile")
def tile(A: object, reps: object) -> object:
    given = as_array(A, "what is repeated")
    times = sizes_given(reps)
    rank = max(rank_of(given), len(times))
    dims = [*([1] * (rank - len(given.shape.dims))), *given.shape.dims]
    counts = [*([1] * (rank - len(times))), *times]
    shape = Shape(tuple(dim * count for dim, count in zip(dims, counts, strict=True)))
    values = None
    if given.values is not None and sizes_of(shape) is not None and rank <= 1:
        values = list(given.values) * (counts[0] if counts and isinstance(counts[0], int) else 1)
    return array(shape, given.dtype, values)


@numpy.op("repeat", "ndarray.repeat")
def repeat(a: object, repeats: object, axis: object = None) -> object:
    given = as_array(a, "what is repeated")
    if axis is None:
        given = view(given, Shape((given.shape.numel,)), given.values, True)
    place = axis_of(rank_of(given), 0 if axis is None else axis)
    if items_of(repeats) is not None or isinstance(repeats, Tensor):
        times = as_array(repeats, "how often elements are repeated").values
        if times is None or given.shape.rank != 1 or given.values is None or len(times) != len(given.values):
            raise Undetermined(Unknown("how often elements are repeated"))
        values = [value for value, count in zip(given.values, times, strict=True) for _ in range(count)]
        return array(Shape((len(values),)), given.dtype, values)
    count = size_of(repeats)
    found = None
    if given.values is not None and given.shape.rank == 1 and isinstance(count, int):
        found = [value for value in given.values for _ in range(count)]
    return array(given.shape.replaced(place, given.shape[place] * count), given.dtype, found)


@numpy.op("flip", "flipud", "fliplr", "roll", "rot90", "pad")
def rearranged(m: object, *given: object, **named: object) -> object:
    """The elements are not followed; `rot90` and `pad` change the shape too."""
    raise Undetermined(Unknown("an array whose elements are rearranged"))
