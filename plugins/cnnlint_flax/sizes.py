"""Arguments in the form in which Flax's layers use them, and axes of inputs whose number may not be known.

Source: https://flax.readthedocs.io/en/latest/api_reference/flax.linen/layers.html
"""

from __future__ import annotations

from cnnlint.plugin import (
    Choice,
    Dim,
    Dims,
    Expression,
    FloatSize,
    Instance,
    InvalidArgument,
    ListValue,
    Rank,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    as_dim,
    current_work,
    is_float,
    items_of,
    unknown_size,
)


def invalid(argument: str, reason: str, exception: str = "ValueError", *, is_absent: bool = False) -> InvalidArgument:
    """The failure of an argument that Flax or JAX rejects."""
    return InvalidArgument(reason, is_absent, argument=argument, exception=exception)


def size(argument: str, value: Value) -> Dim:
    """A number of features or pixels. Raises FloatSize or InvalidArgument with JAX's TypeError for what is none."""
    if isinstance(value, float) or (isinstance(value, Expression) and is_float(value)):
        raise FloatSize(value, argument=argument, exception="TypeError")
    if value is None or isinstance(value, (str, tuple, ListValue)):
        shown = repr(value) if isinstance(value, (str, type(None))) else "a sequence"
        raise invalid(argument, f"must be an int, but is {shown}", "TypeError", is_absent=value is None)
    dim = as_dim(value)
    return dim if isinstance(dim, (int, Expression)) else unknown_size(f"`{argument}`")


def features_of(argument: str, value: Value) -> Dim:
    """A number of features, which is at least 0. Raises InvalidArgument for a negative one."""
    found = size(argument, value)
    if isinstance(found, int) and found < 0:
        raise invalid(argument, f"must not be negative, but is {found}")
    return found


def size_tuple(argument: str, value: Value) -> tuple[Dim, ...]:
    """Sizes as a tuple: a lone one is a tuple of one. Raises Undetermined where their number is not known."""
    items = items_of(value)
    if isinstance(items, (Unknown, Choice, Instance)):
        raise Undetermined(items if isinstance(items, Unknown) else Unknown(f"`{argument}`"))
    return tuple(size(argument, item) for item in (items if isinstance(items, tuple) else (items,)))


def per_axis(argument: str, value: Value, axes: int) -> Dims:
    """One size per spatial axis: None is 1, and a lone one stands for all. Raises InvalidArgument for another number of them."""
    items = items_of(value)
    if items is None:
        items = 1
    if isinstance(items, Unknown):
        return Dims.of(unknown_size(f"`{argument}`"), axes)
    found = size_tuple(argument, items)
    if not isinstance(items, tuple):
        return Dims.of(found[0], axes)
    if len(found) != axes:
        raise invalid(argument, f"must have a size for each of {axes} axes, but has {len(found)}")
    return Dims(found)


def axes_given(argument: str, value: Value, rank: int) -> tuple[int, ...]:
    """The axes that an argument names, counted from 0, in order.

    Raises InvalidArgument for one that there is not, Undetermined for what is not known.
    """
    items = items_of(value)
    found = items if isinstance(items, tuple) else (items,)
    for axis in found:
        if isinstance(axis, Unknown):
            raise Undetermined(axis)
        if not isinstance(axis, int):
            raise Undetermined(Unknown(f"`{argument}`"))
        if not -rank <= axis < rank:
            raise invalid(argument, f"names axis {axis} of a tensor of {rank} axes", "IndexError")
    return tuple(sorted(axis % rank for axis in found))


def known_rank(x: Tensor, least: int = 0) -> Shape:
    """The shape of a tensor whose number of axes is known. Raises Undetermined, and WrongRank for fewer than `least`."""
    shape = x.shape
    if shape.rank is None:
        raise Undetermined(Unknown("the number of axes of a tensor"))
    if shape.rank < least:
        raise WrongRank(f"at least {least}", shape, exception="ValueError")
    return shape


def with_last(x: Tensor, least: int = 1) -> Shape:
    """The shape of a tensor of at least so many axes, which shows that many of the last ones. Raises WrongRank for fewer."""
    shape = x.shape
    if shape.rank is None:
        missing = least - len(shape.dims)
        if missing <= 0:
            return shape
        if not shape.dims:
            current_work().ranks.append(Rank(x, max(least, 2)))
        return Shape((*(unknown_size("an axis of a tensor whose shape is not known") for _ in range(missing)), *shape.dims), leading=True)
    if shape.rank < least:
        raise WrongRank(f"at least {least}", shape, exception="ValueError")
    return shape


def counted(dim: Dim) -> int | None:
    """A size as a number, if it is one."""
    return dim if isinstance(dim, int) else None
