"""Arguments and inputs in Equinox's conventions: one example without a batch, its channels first.

Source: https://docs.kidger.site/equinox/api/nn/conv/
"""

from __future__ import annotations

from cnnlint.plugin import (
    Dim,
    Dims,
    EmptyOutput,
    Expression,
    InvalidArgument,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    as_dim,
    expect_rank,
    greater,
    items_of,
    unknown_size,
)


def example(x: Tensor, spatial: int, exception: str = "ValueError") -> tuple[Dim, Dims]:
    """The channels and the spatial sizes of one example. Raises WrongRank for another number of axes, as a batch makes one."""
    shape = expect_rank(x, spatial + 1, exception=exception)
    return shape[0], Dims(shape.dims[1:])


def size(argument: str, value: Value) -> Dim:
    found = as_dim(value)
    if isinstance(found, (float, str, type(None))):
        raise InvalidArgument(f"must be an int, but is {found!r}", argument=argument, exception="TypeError")
    return found if isinstance(found, (int, Expression)) else unknown_size(f"`{argument}`")


def pads(padding: Value, spatial: int) -> tuple[Dims, Dims]:
    """The padding before and after each axis: an int for all, or an int or a pair for each.

    Raises InvalidArgument for another number of them, Undetermined where it is not known.
    """
    items = items_of(padding)
    if isinstance(items, Unknown):
        raise Undetermined(items)
    if not isinstance(items, tuple):
        return Dims.of(size("padding", items), spatial), Dims.of(size("padding", items), spatial)
    rows = [items_of(item) for item in items]
    pairs = [row if isinstance(row, tuple) and len(row) == 2 else (row, row) for row in rows]
    if len(pairs) != spatial:
        reason = f"must be an int, or an int or a pair for each of {spatial} axes, but has {len(pairs)} elements"
        raise InvalidArgument(reason, argument="padding", exception="ValueError")
    return Dims(size("padding", pair[0]) for pair in pairs), Dims(size("padding", pair[1]) for pair in pairs)


def without_key(**given: Value) -> dict[str, Value]:
    """The attributes of a layer that is built with a key, which it does not keep."""
    return {"key": None}


def expect_size(I: Dims, K: Dims, S: Dims, P: Dims, D: Dims, O: Dims, channels: Dim) -> None:  # noqa: E741
    """Raises EmptyOutput where a kernel is larger than its padded input: the framework goes on with a size of 0."""
    left = arranged(channels, Dims(0 if greater(1, o) else o for o in O))
    for i, k, s, p, d, o in zip(I, K, S, P, D, O, strict=True):
        if greater(1, o):
            raise EmptyOutput(i, k, s, p, d, o, raises=False, argument="kernel_size", output=left)


def arranged(channels: Dim, sizes: Dims) -> Shape:
    return Shape((channels, *sizes))
