"""Operations that change the shape of a tensor, and those that make one.

Source: https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/Overview_en.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import (
    ConcatenationMismatch,
    CountMismatch,
    Expression,
    ReshapeCount,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    differ,
    product,
    reshape,
)
from cnnlint_paddle.framework import paddle
from cnnlint_paddle.sizes import known_items, size

ANY = Shape((), leading=True)


@paddle.op("flatten", "Tensor.flatten")
def flatten(x: Shape, start_axis: int = 0, stop_axis: int = -1, name: object = None) -> Shape:
    """The axes from the first to the last of these become one, which remembers the sizes that it is the product of."""
    if x.leading or not len(x):
        return ANY
    first, last = start_axis % len(x), stop_axis % len(x)
    merged = x.dims[first : last + 1]
    kept = Shape((*x.dims[:first], product(merged), *x.dims[last + 1 :]))
    return Shape(kept.dims, factors={first - len(kept): merged}) if len(merged) > 1 else kept


@paddle.layer("nn.Flatten")
class Flatten:
    def parameters(start_axis: int = 1, stop_axis: int = -1) -> None:
        return None

    def forward(self, x: Tensor) -> Shape:
        layer: Any = self
        flat: Shape = flatten.function(x.shape, layer.start_axis, layer.stop_axis)
        return flat


@paddle.op("reshape", "Tensor.reshape", "Tensor.view")
def reshaped(x: Shape, shape: object, name: object = None) -> Shape:
    """A size of 0 is that of the input at its place; -1 is what is left.

    Raises ReshapeCount where the numbers of elements differ.
    """
    items = known_items(shape)
    if x.leading or not isinstance(items, tuple) or any(isinstance(item, (Unknown, Tensor)) for item in items):
        return ANY
    target = tuple(x.dims[i] if item == 0 and i < len(x) else size(item) for i, item in enumerate(items))
    try:
        return reshape(x, target)
    except CountMismatch:
        raise ReshapeCount(x, target, exception="ValueError") from None


@paddle.op("transpose", "Tensor.transpose")
def transpose(x: Shape, perm: object, name: object = None) -> Shape:
    items = known_items(perm)
    if x.leading or not isinstance(items, tuple) or not all(isinstance(item, int) for item in items):
        return ANY
    return Shape(tuple(x.dims[item] for item in items))


@paddle.op("concat")
def concat(x: object, axis: int = 0, name: object = None) -> Shape:
    """The sizes along the axis add up.

    Raises ConcatenationMismatch where others differ.
    """
    tensors = known_items(x)
    shapes = [tensor.shape for tensor in tensors if isinstance(tensor, Tensor)] if isinstance(tensors, tuple) else []
    if not shapes or len(shapes) != len(tensors) or any(shape.leading or len(shape) != len(shapes[0]) for shape in shapes):
        return ANY
    along = axis % len(shapes[0])
    for other in shapes[1:]:
        for place, (a, b) in enumerate(zip(shapes[0].dims, other.dims, strict=True)):
            if place != along and differ(a, b):
                raise ConcatenationMismatch(tuple(shapes), along, place, exception="ValueError")
    total = shapes[0].dims[along]
    for other in shapes[1:]:
        total = total + other.dims[along]
    return shapes[0].replaced(along, total)


@paddle.op("sum", "Tensor.sum")
def summed(x: Shape, axis: object = None, dtype: object = None, keepdim: bool = False, name: object = None) -> Shape:
    """As `reduced`, with a dtype before the flag."""
    found: Shape = reduced.function(x, axis, keepdim)
    return found


@paddle.op("mean", "max", "min", "Tensor.mean", "Tensor.max", "Tensor.min")
def reduced(x: Shape, axis: object = None, keepdim: bool = False, name: object = None) -> Shape:
    """The shape without the axes that are reduced."""
    chosen = known_items(axis)
    if x.leading:
        return ANY
    each = tuple(range(len(x))) if chosen is None else chosen if isinstance(chosen, tuple) else (chosen,)
    if not all(isinstance(one, int) for one in each):
        return ANY
    gone = {one % len(x) for one in each}
    if keepdim:
        return Shape(tuple(1 if i in gone else dim for i, dim in enumerate(x.dims)))
    return Shape(tuple(dim for i, dim in enumerate(x.dims) if i not in gone))


@paddle.op("squeeze", "Tensor.squeeze")
def squeeze(x: Shape, axis: object = None, name: object = None) -> Shape:
    """The shape without those of these axes whose size is 1."""
    chosen = axes_of(axis)
    if x.leading or chosen is None:
        return ANY
    places = {one % len(x) for one in chosen}
    if not all(isinstance(x.dims[place], int) for place in places):
        return ANY
    return Shape(tuple(dim for place, dim in enumerate(x.dims) if place not in places or dim != 1))


@paddle.op("unsqueeze", "Tensor.unsqueeze")
def unsqueeze(x: Shape, axis: object, name: object = None) -> Shape:
    """The shape with axes of size 1 at these places, one after the other."""
    chosen = axes_of(axis)
    if x.leading or chosen is None:
        return ANY
    for place in chosen:
        x = x.inserted(place % (len(x) + 1), 1)
    return x


def axes_of(axis: object) -> tuple[int, ...] | None:
    """The axes that an argument names; None where it names none, or where they are not known."""
    items = known_items(axis)
    each = items if isinstance(items, tuple) else (items,)
    return tuple(each) if all(isinstance(one, int) for one in each) else None


def sized(shape: Value) -> Shape:
    items = known_items(shape)
    if not isinstance(items, tuple):
        raise Undetermined(Unknown("the shape of a tensor"))
    return Shape(tuple(size(item) if isinstance(item, (int, Expression)) else size(Unknown("a size")) for item in items))


@paddle.op("rand", "randn", "zeros", "ones", "empty", "standard_normal", "uniform")
def made(shape: object, dtype: object = None, *options: object, **named: object) -> Result:
    return Result(sized(shape), dtype=dtype if isinstance(dtype, str) else "float32")
