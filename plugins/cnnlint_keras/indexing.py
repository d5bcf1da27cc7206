"""Subscripts of tensors.

Source: https://numpy.org/doc/stable/user/basics.indexing.html, which Keras follows.
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
from cnnlint_keras.framework import keras


@keras.op("Tensor.__getitem__")
def item(x: Tensor, key: object) -> Shape:
    """The shape that a subscript leaves. Raises OperationFails for more indices than axes, and for one out of range."""
    shape = x.shape
    keys = key if isinstance(key, tuple) else (key,)
    if shape.leading or any(isinstance(one, (Unknown, ListValue)) for one in keys):
        return Shape((), leading=True)
    named = sum(1 for one in keys if one is not None and one is not Ellipsis)
    if named > len(shape):
        raise OperationFails(f"{named} indices of a tensor of shape {shape}", exception="IndexError")
    if not any(one is Ellipsis for one in keys):
        keys = (*keys, Ellipsis)
    result: list[Dim] = []
    at = 0
    for one in keys:
        if one is Ellipsis:
            kept = len(shape) - named
            result.extend(shape.dims[at : at + kept])
            at += kept
        elif one is None:
            result.append(1)
        else:
            result.extend(along(shape.dims[at], one))
            at += 1
    return Shape(tuple(result))


def along(size: Dim, key: Value) -> tuple[Dim, ...]:
    """What a subscript leaves of one axis: nothing for an index, as many as there are in a slice.

    Raises OperationFails for an index that is out of range, Undetermined for a key that is not known.
    """
    if isinstance(key, SliceValue):
        return (between(size, key),)
    if isinstance(key, Tensor):
        if key.shape.leading or key.dtype == "bool":
            raise Undetermined(Unknown("which elements are chosen"))
        return key.shape.dims
    if isinstance(key, int) and isinstance(size, int) and not -size <= key < size:
        raise OperationFails(f"index {key} of an axis of {size}", exception="IndexError")
    if isinstance(key, (int, Expression)):
        return ()
    raise Undetermined(Unknown("an index"))


def between(size: Dim, key: SliceValue) -> Dim:
    """The number of elements in a slice of an axis."""
    lower, upper, step = (key.lower or 0) if not isinstance(key.lower, Expression) else key.lower, key.upper, key.step
    if (lower, step) in ((0, None), (0, 1)) and upper is None:
        return size
    if all(isinstance(one, (int, type(None))) for one in (lower, upper, step)):
        if isinstance(size, int):
            return len(range(*slice(lower, upper, step).indices(size)))
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
