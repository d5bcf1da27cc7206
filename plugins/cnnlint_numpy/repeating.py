"""Elements chosen along axes: arrays that are split, repeated, tiled, flipped, rolled and padded.

Source: https://numpy.org/doc/stable/reference/routines.array-manipulation.html#tiling-arrays
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import Dim, OperationFails, Shape, Tensor, Undetermined, Unknown, Value
from cnnlint_numpy.axes import axes_of, axis_of, rank_of, size_of, sizes_given
from cnnlint_numpy.elements import array, as_array, items_of, sizes_of, strides, view
from cnnlint_numpy.framework import numpy


def chosen(given: Tensor, axis: int, places: Sequence[int]) -> list[Value] | None:
    """The elements at these places of one axis, as they come; None where they are not known."""
    sizes = sizes_of(given.shape)
    if given.values is None or sizes is None:
        return None
    steps = strides(sizes)
    found = [0]
    for other, (size, step) in enumerate(zip(sizes, steps, strict=True)):
        found = [base + at * step for base in found for at in (places if other == axis else range(size))]
    return [given.values[place] for place in found]


@numpy.op("split", is_exact=True)
@numpy.op("array_split", is_exact=False)
def split(ary: object, indices_or_sections: object, axis: object = 0, *, is_exact: bool) -> object:
    """Equal parts, or parts at given places. Raises OperationFails with ValueError where a size is not divisible."""
    given = as_array(ary, "what is split")
    place = axis_of(rank_of(given), axis)
    size = given.shape[place]
    if not isinstance(size, int):
        raise Undetermined(Unknown("the parts of an array"))
    parts: list[object] = []
    start = 0
    for length in lengths_of_parts(size, indices_or_sections, is_exact):
        values = chosen(given, place, range(start, start + length))
        parts.append(view(given, given.shape.replaced(place, length), values))
        start += length
    return parts


def lengths_of_parts(size: int, wanted: Value, is_exact: bool) -> list[int]:
    cuts = wanted.values if isinstance(wanted, Tensor) else items_of(wanted)
    if cuts is None:
        count = size_of(wanted)
        if not isinstance(count, int):
            raise Undetermined(Unknown("the number of parts of an array"))
        if count < 1 or (is_exact and size % count):
            raise OperationFails(f"split of an axis of size {size} into {count} equal parts", exception="ValueError")
        return [size // count + (part < size % count) for part in range(count)]
    bounds = [min(max(cut if cut >= 0 else size + cut, 0), size) for cut in cuts if isinstance(cut, int)]
    if len(bounds) != len(cuts) or bounds != sorted(bounds):
        raise Undetermined(Unknown("where an array is split"))
    return [stop - start for start, stop in zip([0, *bounds], [*bounds, size], strict=True)]


@numpy.op("tile")
def tile(A: object, reps: object) -> object:
    """The whole array, several times along each axis."""
    given = as_array(A, "what is repeated")
    times = sizes_given(reps)
    rank = max(rank_of(given), len(times))
    found = array(Shape((*(1,) * (rank - len(given.shape.dims)), *given.shape.dims)), given.dtype, given.values)
    for axis, count in enumerate((*(1,) * (rank - len(times)), *times)):
        size = found.shape[axis]
        is_known = isinstance(size, int) and isinstance(count, int) and found.values is not None
        values = chosen(found, axis, list(range(size)) * count) if is_known else None  # type: ignore[arg-type, operator]
        found = array(found.shape.replaced(axis, size * count), found.dtype, values)
    return found


@numpy.op("repeat", "ndarray.repeat")
def repeat(a: object, repeats: object, axis: object = None) -> object:
    """Each element several times."""
    given = as_array(a, "what is repeated")
    if axis is None:
        given = view(given, Shape((given.shape.numel,)), given.values, True)
    place = axis_of(rank_of(given), 0 if axis is None else axis)
    size = given.shape[place]
    if items_of(repeats) is not None or isinstance(repeats, Tensor):
        times = as_array(repeats, "how often elements are repeated").values
        if times is None or not isinstance(size, int) or len(times) not in (1, size):
            raise Undetermined(Unknown("how often elements are repeated"))
        each = [count for count in (times * size if len(times) == 1 else times) if isinstance(count, int)]
        places = [at for at, count in zip(range(size), each, strict=True) for _ in range(count)]
        return array(given.shape.replaced(place, len(places)), given.dtype, chosen(given, place, places))
    count = size_of(repeats)
    values = None
    if isinstance(size, int) and isinstance(count, int):
        values = chosen(given, place, [at for at in range(size) for _ in range(count)])
    return array(given.shape.replaced(place, size * count), given.dtype, values)


@numpy.op("flip")
def flip(m: object, axis: object = None) -> object:
    """In reverse order along axes."""
    given = as_array(m, "what is flipped")
    return flipped(given, axes_of(rank_of(given), axis))


@numpy.op("flipud", place=0)
@numpy.op("fliplr", place=1)
def flip_one(m: object, *, place: int) -> object:
    given = as_array(m, "what is flipped")
    if rank_of(given) <= place:
        raise OperationFails(f"a flip of axis {place} of an array of shape {given.shape}", exception="ValueError")
    return flipped(given, [place])


def flipped(given: Tensor, axes: Sequence[int]) -> Tensor:
    found = given
    for axis in axes:
        size = found.shape[axis]
        values = chosen(found, axis, range(size)[::-1]) if isinstance(size, int) else None
        found = array(found.shape, found.dtype, values, None)
    return view(given, given.shape, found.values)


@numpy.op("roll")
def roll(a: object, shift: object, axis: object = None) -> object:
    """Elements moved along an axis, those that leave it entering at the other end."""
    given = as_array(a, "what is rolled")
    if axis is None and given.shape.rank == 1:
        axis = 0
    values = None
    if isinstance(shift, int) and isinstance(axis, int):
        place = axis_of(rank_of(given), axis)
        size = given.shape[place]
        values = chosen(given, place, [(at - shift) % size for at in range(size)]) if isinstance(size, int) else None
    return array(given.shape, given.dtype, values)


@numpy.op("pad")
def pad(array: object, pad_width: object, mode: object = "constant", **options: object) -> object:
    """Elements before and behind each axis: one number for all, a pair for all, or a pair an axis."""
    given = as_array(array, "what is padded")
    rank = rank_of(given)
    return as_padded(given, [size_of(width) for width in widths_of(pad_width, rank)])


def widths_of(pad_width: Value, rank: int) -> list[Value]:
    items = items_of(pad_width)
    if items is None:
        return [pad_width] * (2 * rank)
    rows = [items_of(item) for item in items]
    if all(row is None for row in rows) and len(items) == 2:
        return [*items] * rank
    pairs = [row for row in rows if row is not None and len(row) == 2]
    if len(pairs) != len(items) or len(pairs) not in (1, rank):
        raise Undetermined(Unknown("how much an array is padded"))
    return [width for pair in (pairs * rank if len(pairs) == 1 else pairs) for width in pair]


def as_padded(given: Tensor, widths: Sequence[Dim]) -> Tensor:
    dims = [dim + widths[2 * axis] + widths[2 * axis + 1] for axis, dim in enumerate(given.shape)]
    return array(Shape(tuple(dims)), given.dtype)


@numpy.op("rot90", "resize", "insert", "delete", "trim_zeros")
def rearranged(m: object, *given: object, **named: object) -> object:
    """The elements and their number are not followed."""
    raise Undetermined(Unknown("an array whose elements are rearranged"))
