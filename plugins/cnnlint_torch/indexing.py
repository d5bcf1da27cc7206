"""Subscripts of tensors: `x[0, :, None, ..., mask]`.

Source: https://numpy.org/doc/stable/user/basics.indexing.html, which https://docs.pytorch.org/docs/stable/tensor_view.html follows;
except that an int beside index tensors selects first and does not count as one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cnnlint.plugin import (
    Choice,
    Dim,
    Expression,
    ListValue,
    OperationFails,
    Shape,
    Sliced,
    SliceValue,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    as_dim,
    at_least,
    compare,
    differ,
    equal,
    every,
    expect_equal,
    expect_that,
    greater,
    maximum,
    minimum,
    product,
    unknown_size,
)
from cnnlint_torch.broadcasting import broadcast_shapes, into_left
from cnnlint_torch.elements import contiguous_strides, forget_values, largest_of, made, order_of, strides_of, view_of
from cnnlint_torch.framework import torch
from cnnlint_torch.reshaping import is_batch


@dataclass(slots=True)
class Selection:
    """What subscripts leave of the axes so far: `dims` and, where they are known, the strides and the first element's place.

    `advanced` holds for each index tensor the place of its axis in `dims`, its shape, and how many axes it takes; `fault` what is
    wrong with their elements, which matters only where something is selected. `parts` are the axes, where no index tensor is given.
    """

    dims: list[Dim] = field(default_factory=list)
    strides: list[Dim] | None = field(default_factory=list)
    offset: Dim = 0
    advanced: list[tuple[int, Shape, int]] = field(default_factory=list)
    parts: list[tuple[int, Dim, Dim] | None] = field(default_factory=list)
    fault: OperationFails | None = None


@torch.op("Tensor.__getitem__")
def get_item(input: Tensor, index: object) -> object:
    """Raises OperationFails with the framework's IndexError for too many subscripts, or one out of range."""
    items = subscripts(index)
    x = input.shape
    if x.rank is None:
        return made(of_unknown_rank(x, items), input.dtype)
    selection = select(input, items)
    if selection.advanced:
        return made(selected(x, selection), input.dtype, values_at(input, items))
    shape = Shape(tuple(selection.dims), False, kept_factors(x, selection.dims, items))
    view = view_of(input, shape, selection.strides, values_of_view(input, selection))
    view.flow = Sliced(tuple(selection.parts))
    if shape == x:
        view.data = {**view.data, **order_of(input)}
    return view


@torch.op("Tensor.__setitem__")
def set_item(input: Tensor, index: object, value: object) -> object:
    """Raises OperationFails where the value cannot be broadcast to what the subscripts select."""
    items = subscripts(index)
    x = input.shape
    forget_values(input)
    if x.rank is None:
        return None
    selection = select(input, items)
    target = selected(x, selection)
    if isinstance(value, Tensor) and value.shape.rank is not None and not target.leading:
        given = value.shape
        while given.dims and len(given.dims) > len(target.dims) and not differ(given[0], 1):
            given = given.removed(0)
        into_left("assignment to a part", target, given)
    return None


def subscripts(index: Value) -> list[Value]:
    """Raises Undetermined for what is not known to be one subscript or several."""
    if isinstance(index, tuple):
        return list(index)
    if isinstance(index, ListValue):
        if isinstance(index.contents, Unknown):
            raise Undetermined(index.contents)
        if any(item is None or item is Ellipsis or isinstance(item, (SliceValue, Tensor, ListValue, tuple)) for item in index.contents):
            return list(index.contents)
    return [index]


def taken(item: Value) -> int:
    """How many axes a subscript takes."""
    if item is None or item is Ellipsis or isinstance(item, bool):
        return 0
    if isinstance(item, Tensor) and is_mask(item):
        if item.shape.rank is None:
            raise Undetermined(Unknown("the shape of a mask"))
        return item.shape.rank
    return 1


def is_mask(item: Tensor) -> bool:
    """Raises Undetermined where the dtype of an index is not known."""
    if item.dtype is None:
        raise Undetermined(Unknown("whether an index is a mask or holds numbers"))
    return item.dtype in ("bool", "uint8")


def of_unknown_rank(x: Shape, items: Sequence[Value]) -> Shape:
    """What is certain of the shape where the number of axes is unknown: the last axes behind an ellipsis."""
    if Ellipsis not in [item if item is Ellipsis else None for item in items]:
        return Shape((), leading=True)
    place = next(place for place, item in enumerate(items) if item is Ellipsis)
    behind = items[place + 1 :]
    if any(isinstance(item, (bool, Tensor, ListValue, Unknown, Choice)) for item in items) or sum(map(taken, behind)) > len(x.dims):
        return Shape((), leading=True)
    count = sum(map(taken, behind))
    known = Tensor(Shape(x.dims[len(x.dims) - count :] if count else ()))
    rest = () if items[:place] else x.dims[: len(x.dims) - count]
    return Shape((*rest, *select(known, behind).dims), leading=True)


def select(input: Tensor, items: Sequence[Value]) -> Selection:
    """Apply the subscripts from left to right."""
    x = input.shape
    count = sum(map(taken, items))
    if count > len(x.dims):
        raise WrongRank(f"at least {count}", x, exception="IndexError")
    if sum(item is Ellipsis for item in items) > 1:
        raise Undetermined(Unknown("more than one ellipsis among subscripts"))
    strides = strides_of(input)
    result = Selection(strides=None if strides is None else [])
    axis = 0
    for item in items:
        if item is Ellipsis:
            for _ in range(len(x.dims) - count):
                keep(result, x.dims[axis], None if strides is None else strides[axis])
                result.parts.append((axis, 0, 1))
                axis += 1
            continue
        apply(result, x, axis, item, None if strides is None else strides[axis] if axis < len(strides) else 1)
        axis += taken(item)
    for place in range(axis, len(x.dims)):
        keep(result, x.dims[place], None if strides is None else strides[place])
        result.parts.append((place, 0, 1))
    return result


def keep(result: Selection, dim: Dim, stride: Dim | None) -> None:
    result.dims.append(dim)
    if result.strides is not None:
        result.strides.append(0 if stride is None else stride)


def apply(result: Selection, x: Shape, axis: int, item: Value, stride: Dim | None) -> None:
    """One subscript that is no ellipsis."""
    if item is None:
        keep(result, 1, 0)
        result.parts.append(None)
        return
    if isinstance(item, bool):
        result.advanced.append((len(result.dims), Shape((int(item),)), 0))
        return
    if isinstance(item, SliceValue):
        result.parts.append((axis, *apply_slice(result, x.dims[axis], item, stride)))
        return
    if isinstance(item, Tensor):
        apply_tensor(result, x, axis, item, stride)
        return
    if isinstance(item, (ListValue, tuple, range)):
        shape = shape_of_list(item)
        expect_list_of_bools(x, axis, item)
        result.advanced.append((len(result.dims), shape, 1))
        keep(result, x.dims[axis], stride)
        return
    if isinstance(item, (float, str)):
        shown = repr(item)
        raise OperationFails(f"{shown} as a subscript of a tensor of shape {x}", exception="IndexError")
    number = as_dim(item)
    if isinstance(item, (Unknown, Choice)) or not isinstance(number, (int, Expression)) or is_open_parameter(item):
        raise Undetermined(item if isinstance(item, Unknown) else Unknown("a subscript of a tensor"))
    expect_inside(x, axis, number)
    if stride is not None:
        result.offset = result.offset + number * stride


def is_open_parameter(item: Value) -> bool:
    return isinstance(item, Expression) and item.symbol is not None and item.symbol.kind == "parameter"


def expect_inside(x: Shape, axis: int, number: Dim) -> None:
    size = x.dims[axis]
    is_inside = every(compare("<", number, size), compare(">=", number, -size))
    reason = f"index {number} is out of range for axis {axis} of size {size}, of a tensor of shape {x}"
    expect_that(is_inside, OperationFails(reason, exception="IndexError"))


def apply_tensor(result: Selection, x: Shape, axis: int, item: Tensor, stride: Dim | None) -> None:
    """An index tensor, a mask, or a scalar, which selects as an int does."""
    shape = item.shape
    if is_mask(item):
        axes = taken(item)
        for place in range(axes):
            mine = x.dims[axis + place]
            expect_equal(
                mine,
                shape[place],
                OperationFails(
                    f"a mask of shape {shape} for a tensor of shape {x}: they differ on axis {axis + place}", exception="IndexError"
                ),
            )
        result.advanced.append((len(result.dims), Shape((unknown_size("how many elements a mask selects"),)), axes))
        for place in range(axes):
            keep(result, x.dims[axis + place], stride)
        return
    if item.dtype is not None and item.dtype.startswith(("float", "bfloat", "complex")):
        raise OperationFails(f"a tensor of dtype {item.dtype} as a subscript", exception="IndexError")
    if shape.rank == 0:
        if item.values is not None and isinstance(item.values[0], int):
            expect_inside(x, axis, item.values[0])
            if stride is not None:
                result.offset = result.offset + item.values[0] * stride
        else:
            result.strides = None
        return
    size = x.dims[axis]
    for value in item.values or ():
        if at_least(value, size) or greater(-size, value):
            reason = f"index {value} is out of range for axis {axis} of size {size}, of a tensor of shape {x}"
            result.fault = OperationFails(reason, exception="IndexError")
    if item.values is None and any(isinstance(dim, Expression) and not is_batch(dim) for dim in shape.dims):
        largest = largest_of(item)
        if not isinstance(largest, (int, Expression)):
            largest = unknown_size("the largest index of a tensor that is as large as the input makes it")
        reason = f"index {largest} is out of range for axis {axis} of size {size}, of a tensor of shape {x}"
        expect_that(compare("<", largest, size), OperationFails(reason, is_of_elements=True, exception="IndexError"))
    result.advanced.append((len(result.dims), shape, 1))
    keep(result, size, stride)


def expect_list_of_bools(x: Shape, axis: int, item: Value) -> None:
    """A list of bools is a mask, as long as the axis."""
    contents = item.contents if isinstance(item, ListValue) else item
    if isinstance(contents, (tuple, list)) and contents and all(isinstance(part, bool) for part in contents):
        reason = f"a mask of {len(contents)} for axis {axis} of size {x.dims[axis]}, of a tensor of shape {x}"
        expect_equal(x.dims[axis], len(contents), OperationFails(reason, exception="IndexError"))


def shape_of_list(item: Value) -> Shape:
    """The shape of the index that a list of ints, or of lists of them, stands for."""
    contents = item.contents if isinstance(item, ListValue) else item
    if isinstance(contents, Unknown):
        raise Undetermined(contents)
    if not contents:
        return Shape((0,))
    if all(isinstance(part, bool) for part in contents):
        return Shape((sum(contents),))
    first = contents[0]
    if isinstance(first, (ListValue, tuple)):
        inner = shape_of_list(first)
        return Shape((len(contents), *inner.dims))
    if isinstance(first, Tensor) and first.shape.rank != 0:
        raise Undetermined(Unknown("a list of tensors as a subscript"))
    return Shape((len(contents),))


def apply_slice(result: Selection, size: Dim, item: SliceValue, stride: Dim | None) -> tuple[Dim, Dim]:
    """A slice of an axis: where it starts, and its step."""
    step = 1 if item.step is None else bound(item.step)
    if isinstance(step, int) and step < 1:
        raise OperationFails(f"a slice with step {step}, which must be positive", exception="ValueError")
    start = 0 if item.lower is None else clipped(bound(item.lower), size)
    stop = size if item.upper is None else clipped(bound(item.upper), size)
    length = stop - start
    length = 0 if at_least(0, length) else length if at_least(length, 0) else maximum(length, 0)
    keep(result, -(-length // step), None if stride is None else stride * step)
    if stride is not None:
        result.offset = result.offset + start * stride
    return start, step


def bound(value: Value) -> Dim:
    """A bound of a slice; what is not known is some size."""
    number = as_dim(value)
    if isinstance(number, (int, Expression)):
        return number
    if isinstance(value, (float, str)) or (isinstance(value, Expression) and value.symbol is None):
        raise OperationFails(f"{value} as a bound of a slice", exception="TypeError")
    raise Undetermined(Unknown("a bound of a slice"))


def clipped(index: Dim, size: Dim) -> Dim:
    """The place in the axis that a bound means: negative ones count from the end, and none lies outside."""
    if at_least(index, 0):
        return minimum(index, size)
    if greater(0, index):
        place = size + index
        return place if at_least(place, 0) else maximum(place, 0)
    return unknown_size(f"where a slice at {index} cuts")


def gathered(x: Shape, selection: Selection) -> Shape:
    """The shape under index tensors: theirs stands where the first of them did, or in front where they are not neighbours."""
    indices = broadcast_shapes("the index tensors of a subscript", *(shape for _, shape, _ in selection.advanced))
    covered: list[int] = []
    places: list[int] = []
    for place, _, count in selection.advanced:
        covered += range(place, place + count)
        places.append(place)
    rest = [dim for place, dim in enumerate(selection.dims) if place not in covered]
    if indices.leading:
        return Shape((), leading=True)
    first = min(places)
    expected = first
    for place, _, count in selection.advanced:
        if place != expected:
            return Shape((*indices.dims, *rest))
        expected += count
    return Shape((*rest[:first], *indices.dims, *rest[first:]))


def selected(x: Shape, selection: Selection) -> Shape:
    """The shape that the subscripts select. Raises what is wrong with the index tensors, unless nothing is selected."""
    if not selection.advanced:
        return Shape(tuple(selection.dims))
    shape = gathered(x, selection)
    if selection.fault is not None and not any(equal(dim, 0) for dim in shape.dims):
        raise selection.fault
    return shape


def kept_factors(x: Shape, dims: Sequence[Dim], items: Sequence[Value]) -> dict[int, tuple[Dim, ...]]:
    """The factors of last axes that no subscript touched."""
    if any(item is None for item in items):
        return {}
    return {axis: sizes for axis, sizes in x.factors.items() if -axis <= len(dims) and dims[axis] is x.dims[axis]}


def values_of_view(input: Tensor, selection: Selection) -> list[Value] | None:
    """The elements that a view shows, where those of the tensor are known and stand row by row."""
    if input.values is None or selection.strides is None or not isinstance(selection.offset, int):
        return None
    if not input.shape.is_known or not all(isinstance(part, int) for part in (*selection.dims, *selection.strides)):
        return None
    offset = selection.offset
    own = contiguous_strides(input.shape.dims)
    if tuple(strides_of(input) or ()) != own:
        return None
    places = [offset]
    for dim, stride in zip(selection.dims, selection.strides, strict=True):
        places = [place + at * stride for place in places for at in range(dim if isinstance(dim, int) else 0)]
    total = product(input.shape.dims)
    return [input.values[place % total if isinstance(total, int) and total else place] for place in places]


def values_at(input: Tensor, items: Sequence[Value]) -> list[Value] | None:
    """The elements of a one-axis tensor at the places that one index holds."""
    if input.values is None or input.shape.rank != 1 or len(items) != 1:
        return None
    item = items[0]
    places = item.values if isinstance(item, Tensor) else item.contents if isinstance(item, ListValue) else item
    if not isinstance(places, (tuple, list)) or not all(isinstance(place, int) and not isinstance(place, bool) for place in places):
        return None
    if not all(-len(input.values) <= place < len(input.values) for place in places):
        return None
    return [input.values[place] for place in places]
