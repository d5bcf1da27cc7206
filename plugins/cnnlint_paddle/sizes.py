# ruff: noqa: E741  (I and O are the field's own letters)
"""Arguments and inputs in Paddle's conventions: a batch, then the channels.

Source: https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/Conv2D_en.html
"""

from __future__ import annotations

from cnnlint.formulas import dilated
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


def expect_channels_second(data_format: object) -> None:
    """Raises Undetermined for another layout, which is not followed."""
    if not (isinstance(data_format, str) and data_format.startswith("NC")):
        raise Undetermined(Unknown(f"the layout {data_format!r}" if isinstance(data_format, str) else "a layout"))


def batched(x: Tensor, spatial: int, data_format: object) -> tuple[Dim, Dim, Dims]:
    """The batch, the channels and the spatial sizes. Raises WrongRank for another number of axes, Undetermined for another layout."""
    expect_channels_second(data_format)
    shape = expect_rank(x, spatial + 2, exception="ValueError")
    return shape[0], shape[1], Dims(shape.dims[2:])


def known_items(value: Value) -> Value:
    """What a list or tuple holds; any other value as it is. Raises Undetermined for what is not known."""
    items = items_of(value)
    if isinstance(items, Unknown):
        raise Undetermined(items)
    return items


def size(value: Value) -> Dim:
    found = as_dim(value)
    return found if isinstance(found, (int, Expression)) else unknown_size("a size")


def pads(padding: Value, spatial: int) -> tuple[Dims, Dims]:
    """The padding before and after each axis: an int, one for each axis, two for each axis, or pairs for all four axes.

    Raises InvalidArgument for another number of them.
    """
    items = known_items(padding)
    if not isinstance(items, tuple):
        return Dims.of(size(items), spatial), Dims.of(size(items), spatial)
    rows = [known_items(item) for item in items]
    if all(isinstance(row, tuple) and len(row) == 2 for row in rows):
        rows = [part for row in rows[-spatial:] for part in row]
    if len(rows) == spatial:
        return Dims(map(size, rows)), Dims(map(size, rows))
    if len(rows) == 2 * spatial:
        return Dims(map(size, rows[::2])), Dims(map(size, rows[1::2]))
    raise InvalidArgument(f"must have {spatial} or {2 * spatial} sizes, but has {len(rows)}", argument="padding", exception="ValueError")


def expect_size(batch: Dim, channels: Dim, I: Dims, K: Dims, S: Dims, before: Dims, after: Dims, D: Dims, O: Dims) -> None:
    """Raises EmptyOutput where a kernel is larger than its padded input.

    The framework goes on with what a division that rounds towards zero gives: 1, or a negative size.
    """
    if not any(greater(1, o) for o in O):
        return
    left = []
    for i, k, p, q, s, d in zip(I, K, before, after, S, D, strict=True):
        rest = i - dilated_kernel(k, d) + p + q
        left.append(rest // s + 1 if not greater(0, rest) else 1 - (-rest) // s)
    output = arranged(batch, channels, Dims(left))
    for i, k, s, p, d, o in zip(I, K, S, before, D, O, strict=True):
        if greater(1, o):
            raise EmptyOutput(i, k, s, p, d, o, raises=False, argument="kernel_size", output=output)


def dilated_kernel(K: Dim, D: Dim) -> Dim:
    """The pixels that a kernel spans."""
    found = dilated(K, D)
    assert not isinstance(found, Dims)
    return found


def arranged(batch: Dim, channels: Dim, sizes: Dims) -> Shape:
    return Shape((batch, channels, *sizes))
