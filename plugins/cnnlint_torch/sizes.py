"""Arguments with one size per spatial axis, in the form in which PyTorch's layers keep them."""

from __future__ import annotations

from cnnlint.plugin import (
    Dim,
    Dims,
    Expression,
    FloatSize,
    Instance,
    InvalidArgument,
    ListValue,
    Tensor,
    Unknown,
    Value,
    as_dim,
    expect_rank,
    greater,
    is_float,
    unknown_size,
)


def per_axis(value: Value, axes: int) -> Value:
    """A sequence as a tuple of whatever length it has, anything else once for every axis."""
    if isinstance(value, ListValue):
        return tuple(value.contents) if isinstance(value.contents, list) else value.contents
    if isinstance(value, Instance) and isinstance(value.payload, tuple):
        return value.payload
    return value if isinstance(value, tuple) else (value,) * axes


def read_sizes(argument: str, value: Value, axes: int) -> Dims:
    """One size per axis; a lone one, and a tuple of one, stand for all, and what is not known is an unknown size.

    Raises FloatSize and InvalidArgument with the framework's TypeError for what holds no ints.
    """
    items = per_axis(value, axes)
    if not isinstance(items, tuple):
        return Dims.of(unknown_size(f"`{argument}`"), axes)
    for item in items:
        if isinstance(item, float) or (isinstance(item, Expression) and is_float(item)):
            raise FloatSize(item, argument=argument, exception="TypeError")
    dims = [as_dim(item) for item in items]
    if not all(isinstance(dim, (int, Expression)) for dim in dims) or (items and isinstance(items[0], bool)):
        raise InvalidArgument("must be an int or a tuple of ints", argument=argument, exception="TypeError")
    return Dims.of(dims[0], axes) if len(dims) == 1 else Dims(dims)


def window_behind(input: Tensor, I: Dims, P: Dims) -> tuple[Dims, Dims]:  # noqa: E741
    """The input's sizes without the explicit padding behind it, and that padding with the layer's own.

    The rules about sizes count pixels of the input itself; whoever pads it first has not lost the padding.
    """
    padded = input.padded
    if padded is None or len(padded) != len(I):
        return I, P
    return I - padded, P + padded


def allocated_size(name: str, value: Value) -> Dim:
    """A size of a tensor that a constructor allocates.

    Raises FloatSize, InvalidArgument with TypeError for what else is no int, with RuntimeError for a negative one.
    """
    if isinstance(value, Unknown):
        return unknown_size(value.reason)
    if isinstance(value, float) or (isinstance(value, Expression) and is_float(value)):
        raise FloatSize(value, argument=name, exception="TypeError")
    if isinstance(value, (str, tuple, ListValue, type(None))):
        shown = repr(value) if isinstance(value, str) else "a sequence" if isinstance(value, (tuple, ListValue)) else value
        raise InvalidArgument(f"must be an int, but is {shown}", value is None, argument=name, exception="TypeError")
    dim = as_dim(value)
    if not isinstance(dim, (int, Expression)):
        return unknown_size(f"`{name}`")
    if greater(0, dim):
        raise InvalidArgument(f"must not be negative, but is {dim}", argument=name)
    return dim


def expect_sizes(name: str, sizes: Dims, axes: int, least: int | None) -> None:
    """One size per spatial axis, each at least `least`.

    Raises InvalidArgument with the framework's RuntimeError.
    """
    if len(sizes) != axes:
        raise InvalidArgument(f"must have {axes} elements, but has {len(sizes)}", argument=name)
    for size in sizes:
        if least is not None and greater(least, size):
            raise InvalidArgument(f"must be at least {least}, but is {size}", argument=name)


def ranked(tensor: Tensor, *ranks: int, exception: str = "RuntimeError") -> Tensor:
    """The tensor, which has one of these numbers of axes; the first of them where that is not known.

    Raises WrongRank where it is proven to have another.
    """
    shape = expect_rank(tensor, *ranks, exception=exception)
    if shape is tensor.shape:
        return tensor
    return Tensor(shape, tensor.framework, dtype=tensor.dtype, padded=tensor.padded)
