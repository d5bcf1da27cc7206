"""Tensors that are made: their elements where they are few and known, their memory order, and who shares them.

Elements are rounded as the dtype rounds them, so that `.tolist()` and `.item()` give the framework's own numbers.
Sources: https://docs.pytorch.org/docs/stable/tensor_attributes.html, https://docs.pytorch.org/docs/stable/tensor_view.html
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from cnnlint.plugin import (
    REGROUPED,
    Dim,
    Expression,
    Flow,
    InvalidArgument,
    ListValue,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    differ,
    equal,
    overwrite,
    wrapped,
)
from cnnlint_torch.framework import torch

MOST_VALUES = 1024
FLOATS = {"float64": "d", "float32": "f", "float16": "e"}
INTEGERS = {"int64": 64, "int32": 32, "int16": 16, "int8": 8, "uint8": -8}


def made(
    shape: Shape,
    dtype: str | None = None,
    values: Sequence[Value] | None = None,
    is_contiguous: bool | None = None,
    flow: Flow | None = None,
) -> Tensor:
    """A new tensor; `values` are rounded to the dtype, and dropped where the dtype is not known to be one that can be rounded to."""
    kept = None if values is None else rounded(values, dtype)
    result = Tensor(shape, torch, dtype=dtype, values=kept, is_contiguous=is_contiguous)
    result.flow = flow
    return result


def rounded(values: Sequence[Value], dtype: str | None) -> tuple[Value, ...] | None:
    """Numbers as a tensor of this dtype holds them."""
    if len(values) > MOST_VALUES or not all(isinstance(value, (bool, int, float)) for value in values):
        return None
    if dtype in FLOATS:
        return as_floats(values, FLOATS[dtype])
    if dtype == "bool":
        return tuple(bool(value) for value in values)
    if dtype in INTEGERS:
        if not all(isinstance(value, int) or math.isfinite(value) for value in values):
            return None
        return tuple(wrapped(int(value), INTEGERS[dtype]) for value in values)
    return None


def as_floats(values: Sequence[float], code: str) -> tuple[float, ...]:
    """The nearest numbers that the format holds."""
    several = f"{len(values)}{code}"
    try:
        return struct.unpack(several, struct.pack(several, *values))
    except OverflowError:
        return tuple(as_float(value, code) for value in values)


def as_float(value: float, code: str) -> float:
    """The nearest number that the format holds, or infinity."""
    try:
        number: float = struct.unpack(code, struct.pack(code, value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)
    return number


def contiguous_strides(dims: Sequence[Dim]) -> tuple[Dim, ...]:
    """How many elements apart neighbours on each axis are, row by row."""
    strides: list[Dim] = []
    step: Dim = 1
    for dim in reversed(dims):
        strides.append(step)
        step = step * dim
    return tuple(reversed(strides))


def strides_of(tensor: Tensor) -> tuple[Dim, ...] | None:
    """The strides, where the memory order is known."""
    if tensor.shape.leading:
        return None
    if tensor.is_contiguous:
        return contiguous_strides(tensor.shape.dims)
    return tensor.data.get("strides")


def usual_strides(tensor: Tensor) -> tuple[Dim, ...] | None:
    """The strides of a tensor whose memory order is not known, if all that operations allocate lies row by row, as it mostly does."""
    strides = strides_of(tensor)
    if strides is not None or tensor.shape.leading:
        return strides
    return contiguous_strides(tensor.shape.dims) if lies_as_made(tensor) else tensor.data.get("usual")


def lies_as_made(tensor: Tensor) -> bool:
    """Whether a tensor shows a whole memory in the order in which it was allocated, under whatever shape."""
    return tensor.base is None or "as_made" in tensor.data


def order_of(tensor: Tensor) -> dict[str, Value]:
    """What is known of the memory order of a tensor, as the data of a view of all of it."""
    if lies_as_made(tensor):
        return {"as_made": True}
    return {"usual": tensor.data["usual"]} if "usual" in tensor.data else {}


def is_row_by_row(dims: Sequence[Dim], strides: Sequence[Dim]) -> bool | None:
    """Whether strides are those of contiguous memory; None where that is not proven either way."""
    expected: Dim = 1
    answer: bool | None = True
    for dim, stride in zip(reversed(dims), reversed(strides), strict=True):
        if equal(dim, 0):
            return True
        if not equal(dim, 1) and not equal(stride, expected):
            if differ(stride, expected) and differ(dim, 1) and differ(dim, 0):
                return False
            answer = None
        expected = expected * dim
    return answer


ORIGIN, ALONG, BIASED, WIDTHS, LARGEST = "origin", "along", "biased", "widths", "largest"
"""What the elements of a tensor came of, and along which axis, counted from the end: under these names among its data.

Of a layer of weights also whether it added a bias, and the features that a fully connected one took and gives.
"""
OF_EACH_ELEMENT = ("sigmoid", "affine")
"""What can be said of elements whatever their order."""


def allocated(tensor: Tensor) -> Tensor:
    """The tensor on whose memory a view lies, views of views included."""
    while tensor.base is not None:
        tensor = tensor.base
    return tensor


def carried(tensor: Tensor) -> dict[str, Value]:
    """What can be said of a tensor's elements under another shape as well."""
    origin = tensor.data.get(ORIGIN)
    return {ORIGIN: origin} if origin in OF_EACH_ELEMENT else {}


def view_of(tensor: Tensor, shape: Shape, strides: Sequence[Dim] | None = None, values: Sequence[Value] | None = None) -> Tensor:
    """A tensor of another shape on the same memory."""
    if strides is None or shape.leading:
        result = Tensor(shape, torch, dtype=tensor.dtype, values=None if values is None else tuple(values), data=carried(tensor))
    else:
        order = is_row_by_row(shape.dims, strides)
        data = {**carried(tensor), **({} if order else {"strides": tuple(strides)})}
        result = Tensor(shape, torch, dtype=tensor.dtype, values=None if values is None else tuple(values), is_contiguous=order, data=data)
    share(tensor, result)
    result.base, result.flow = tensor, REGROUPED
    return result


def read_as(tensor: Tensor, shape: Shape) -> Tensor:
    """The same elements in the same order under another shape: contiguous where the tensor is, else of unknown memory order."""
    if not tensor.is_contiguous:
        return view_of(tensor, shape, None, tensor.values)
    result = Tensor(shape, torch, dtype=tensor.dtype, values=tensor.values, is_contiguous=True, data=carried(tensor))
    share(tensor, result)
    result.base, result.flow = tensor, REGROUPED
    return result


def share(tensor: Tensor, view: Tensor) -> None:
    """Note that a write to one is a write to the other."""
    if tensor.values is None and "sharing" not in tensor.data:
        return
    sharing = tensor.data.get("sharing") or [tensor]
    sharing.append(view)
    tensor.data = {**tensor.data, "sharing": sharing}
    view.data = {**view.data, "sharing": sharing}


def largest_of(tensor: Tensor) -> Value:
    """The largest element of a range, or of a view of one; None of any other tensor."""
    seen: Tensor | None = tensor
    while seen is not None and LARGEST not in seen.data:
        seen = seen.base
    return None if seen is None else seen.data[LARGEST]


def forget_values(tensor: Tensor) -> None:
    """The elements of a tensor, and of all on the same memory, are not known any more, nor what they came of."""
    tensor.values = None
    overwrite(tensor)
    lowest = tensor
    while lowest.base is not None:
        lowest = lowest.base
    for each in (tensor, lowest):
        if ORIGIN in each.data or LARGEST in each.data:
            each.data = {name: value for name, value in each.data.items() if name not in (ORIGIN, ALONG, LARGEST)}
    for other in tensor.data.get("sharing", ()):
        other.values = None


def tensors_of(name: str, value: Value, argument: str = "tensors") -> list[Tensor]:
    """The tensors of a tuple or list; one that is not known is of any shape.

    Raises InvalidArgument with the framework's TypeError for anything else, Undetermined where their number is not known. A tensor of
    which nothing is known may stand for an input that nobody stated, which may be a list.
    """
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, Unknown):
        raise Undetermined(items)
    if isinstance(items, Tensor) and items.shape.leading and not items.shape.dims:
        raise Undetermined(Unknown(f"the tensors of `{name}`"))
    if not isinstance(items, (tuple, list)):
        if isinstance(items, (Tensor, int, float, str, type(None))):
            shown = f"a tensor of shape {items.shape}" if isinstance(items, Tensor) else repr(items)
            reason = f"of `{name}` must be a tuple or list of tensors, but is {shown}"
            raise InvalidArgument(reason, argument=argument, exception="TypeError")
        raise Undetermined(Unknown(f"the tensors of `{name}`"))
    found: list[Tensor] = []
    for item in items:
        if isinstance(item, Tensor):
            found.append(item)
        elif isinstance(item, (bool, int, float, str, type(None), tuple, ListValue)):
            content = repr(item) if isinstance(item, (bool, int, float, str, type(None))) else "a sequence"
            raise InvalidArgument(f"of `{name}` holds {content}, which is no tensor", argument=argument, exception="TypeError")
        elif isinstance(item, (Unknown, Expression)):
            found.append(made(Shape((), leading=True)))
        else:
            raise Undetermined(Unknown(f"one of the tensors of `{name}`"))
    return found
