"""Axes and sizes as arguments: `dim=-1`, `dim=(2, 3)`, `view(2, -1)`, `view((2, -1))`.

Source: https://docs.pytorch.org/docs/stable/tensors.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import (
    AxisOutOfRange,
    Dim,
    Dims,
    Expression,
    FloatSize,
    InvalidArgument,
    ListValue,
    Shape,
    Undetermined,
    Unknown,
    Value,
    as_dim,
    is_float,
)


def axis_of(shape: Shape, dim: Dim, argument: str = "dim", extra: int = 0) -> int | None:
    """The axis that `dim` means: counted from 0, from the end where the number of axes is unknown; None if that leaves it open.

    `extra` more axes are allowed for one that is being inserted. A scalar takes 0 and -1 as an axis.
    Raises AxisOutOfRange with the framework's IndexError.
    """
    if isinstance(dim, Expression):
        raise Undetermined(Unknown(f"an axis `{dim}`"))
    if shape.rank is None:
        return dim if -len(shape.dims) <= dim < 0 else None
    limit = max(shape.rank + extra, 1)
    if not -limit <= dim < limit:
        raise AxisOutOfRange(dim, -limit, limit - 1, shape, argument=argument, exception="IndexError")
    return dim % limit


def axes_of(shape: Shape, dims: Dims | Dim | Sequence[Dim], argument: str = "dim") -> list[int] | None:
    """The axes that `dims`, one or several, mean; None if the number of axes leaves one open.

    Raises AxisOutOfRange, and InvalidArgument for one that is named twice.
    """
    given: list[Dim] = [dims] if isinstance(dims, (int, Expression)) else list(dims)
    places = [axis_of(shape, dim, argument) for dim in given]
    known = [place for place in places if place is not None]
    if len(set(known)) < len(known):
        raise InvalidArgument(f"names an axis twice: {tuple(given)}", argument=argument)
    return known if len(known) == len(places) else None


def sizes_given(name: str, given: Sequence[Value], argument: str = "size") -> list[Dim]:
    """Sizes that are given one by one, or as one tuple or list.

    Raises InvalidArgument with the framework's TypeError for what is no integer, Undetermined where their number is not known.
    """
    items: Value = given
    if len(given) == 1:
        only = given[0]
        if isinstance(only, Unknown) or (isinstance(only, Expression) and only.symbol is not None and only.symbol.kind == "parameter"):
            raise Undetermined(only if isinstance(only, Unknown) else Unknown(f"the sizes `{only}`, which nothing gives"))
        if isinstance(only, (tuple, list, ListValue)):
            items = only.contents if isinstance(only, ListValue) else only
    if isinstance(items, Unknown):
        raise Undetermined(items)
    return [size_of(name, item, argument) for item in items]


def size_of(name: str, value: Value, argument: str = "size") -> Dim:
    """A value as one size. Raises InvalidArgument with the framework's TypeError for what is no integer."""
    dim = as_dim(value)
    if isinstance(dim, (int, Expression)):
        return dim
    if isinstance(value, float) or (isinstance(value, Expression) and is_float(value)):
        raise FloatSize(value, argument=argument, exception="TypeError")
    if isinstance(value, (str, type(None), tuple)) or (isinstance(value, Expression) and value.symbol is None):
        shown = value if isinstance(value, (str, Expression, type(None))) else "a tuple"
        raise InvalidArgument(f"of `{name}` must hold ints, but holds {shown}", argument=argument, exception="TypeError")
    raise Undetermined(Unknown(f"a size of `{name}`"))
