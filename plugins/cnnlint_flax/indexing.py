"""Subscripts of arrays. An index that is out of range raises nothing: the nearest element is taken.

Source: https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#out-of-bounds-indexing
"""

from __future__ import annotations

from cnnlint.plugin import (
    Dim,
    Expression,
    ListValue,
    OperationFails,
    Shape,
    SliceValue,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    minimum,
    unknown_size,
)
from cnnlint_flax.arrays import array
from cnnlint_flax.broadcasting import broadcast_shapes
from cnnlint_flax.framework import flax


@flax.op("Tensor.__getitem__")
def item(x: Tensor, key: object) -> Tensor:
    """What a subscript leaves. Raises OperationFails for more indices than axes."""
    shape = x.shape
    keys = key if isinstance(key, tuple) else (key,)
    if shape.leading:
        return array(behind(shape, keys), x.dtype)
    if any(isinstance(one, (Unknown, ListValue, tuple, bool)) for one in keys):
        return array(Shape((), leading=True), x.dtype)
    named = sum(1 for one in keys if one is not None and one is not Ellipsis)
    if named > len(shape):
        raise OperationFails(f"{named} indices of a tensor of shape {shape}", exception="IndexError")
    if not any(one is Ellipsis for one in keys):
        keys = (*keys, Ellipsis)
    return array(selected(shape, keys, len(shape) - named), x.dtype)


def behind(shape: Shape, keys: tuple[Value, ...]) -> Shape:
    """The last axes of a tensor whose first ones are not known, as far as a subscript leaves them."""
    if len(keys) > 1 and keys[0] is Ellipsis and all(isinstance(one, SliceValue) for one in keys[1:]):
        count = len(keys) - 1
        if count <= len(shape.dims):
            kept = len(shape.dims) - count
            sliced = tuple(between(dim, one) for dim, one in zip(shape.dims[kept:], keys[1:], strict=True) if isinstance(one, SliceValue))
            return Shape((*shape.dims[:kept], *sliced), leading=True)
    return Shape((), leading=True)


def selected(shape: Shape, keys: tuple[Value, ...], kept: int) -> Shape:
    """Slices leave an axis, new ones come in; index arrays have one shape, which stands where the first of them stood."""
    arrays = [one.shape for one in keys if isinstance(one, Tensor)]
    if any(one.leading for one in arrays) or any(isinstance(one, Tensor) and one.dtype == "bool" for one in keys):
        raise Undetermined(Unknown("which elements are chosen"))
    places = [place for place, one in enumerate(keys) if isinstance(one, Tensor)]
    common = broadcast_shapes("subscript", *arrays) if arrays else Shape(())
    if places and places != list(range(places[0], places[-1] + 1)):
        raise Undetermined(Unknown("index arrays with something else between them"))
    result: list[Dim] = []
    at = 0
    for place, one in enumerate(keys):
        if one is Ellipsis:
            result.extend(shape.dims[at : at + kept])
            at += kept
        elif one is None:
            result.append(1)
        else:
            result.extend(common.dims if place in places[:1] else along(shape.dims[at], one))
            at += 1
    return Shape(tuple(result))


def along(size: Dim, key: Value) -> tuple[Dim, ...]:
    """What a subscript leaves of one axis: nothing for an index, as many as there are in a slice."""
    if isinstance(key, SliceValue):
        return (between(size, key),)
    if isinstance(key, (int, Expression, Tensor)):
        return ()
    if isinstance(key, (float, str)):
        raise OperationFails(f"{key!r} as a subscript", exception="TypeError")
    raise Undetermined(Unknown("an index"))


def between(size: Dim, key: SliceValue) -> Dim:
    """The number of elements in a slice of an axis."""
    lower, upper, step = 0 if key.lower is None else key.lower, key.upper, key.step
    if (lower, step) in ((0, None), (0, 1)) and upper is None:
        return size
    if all(isinstance(one, (int, type(None))) for one in (key.lower, upper, step)):
        if isinstance(size, int):
            return len(range(*slice(key.lower, upper, step).indices(size)))
        if step in (None, 1) and isinstance(lower, int):
            if lower >= 0 and (upper is None or upper < 0):
                return size - lower + (upper or 0)
            if lower == 0 and upper is not None:
                return minimum(size, upper)
        if step == -1 and key.lower is None and upper is None:
            return size
        if isinstance(step, int) and step > 0 and lower in range(step) and upper is None:
            return -(-(size - lower) // step)
    return unknown_size("how much a slice leaves")


@flax.op("jax.lax.dynamic_slice_in_dim", "jax.lax.slice_in_dim", "jax.lax.dynamic_index_in_dim", "jax.lax.slice")
def not_followed(operand: Tensor, *given: object, **named: object) -> Tensor:
    return array(Shape((), leading=True), operand.dtype)


@flax.op("jax.lax.dynamic_update_slice", "jax.lax.dynamic_update_slice_in_dim", "jax.lax.dynamic_update_index_in_dim")
def updated(operand: Tensor, update: object, *given: object, **named: object) -> Tensor:
    """The operand with other elements at some places."""
    return array(operand.shape, operand.dtype)
