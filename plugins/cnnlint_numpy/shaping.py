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
    differ,
    equal,
    expect_equal,
    product,
    reshape,
)
from cnnlint_numpy.axes import axes_of, axis_of, rank_of, sizes_given
from cnnlint_numpy.elements import array, as_array, items_of, sizes_of, spread, strides, view
from cnnlint_numpy.elementwise import broadcast_shapes
from cnnlint_numpy.framework import numpy


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
def transpose(a: object, *axes: object, **named: object) -> object:
    """Axes in another order: reversed without `axes`."""
    given = as_array(a, "what is transposed")
    rank = rank_of(given)
    axes = axes or (named.get("axes"),)
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
