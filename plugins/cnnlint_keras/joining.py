"""Merging layers: Add, Concatenate, Dot and the like.

Source: https://keras.io/api/layers/merging_layers/
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import matmul_macs
from cnnlint.plugin import (
    ELEMENTWISE,
    AxisOutOfRange,
    Concatenated,
    ConcatenationMismatch,
    ListValue,
    MatmulMismatch,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    expect_equal,
    product,
)
from cnnlint_keras.broadcasting import broadcast_shapes
from cnnlint_keras.convolution import batch_count
from cnnlint_keras.framework import below, keras, layer
from cnnlint_keras.normalization import axes_of
from cnnlint_keras.sizes import invalid


def shapes_in(name: str, inputs: Value) -> list[Shape]:
    """The shapes of a list of tensors. Raises OperationFails for what is none, Undetermined for what is not known."""
    items = inputs.contents if isinstance(inputs, ListValue) else inputs
    if isinstance(items, Unknown):
        raise Undetermined(items)
    if isinstance(items, Tensor):
        if items.shape.leading and not items.shape.dims:
            raise Undetermined(Unknown(f"the tensors of `{name}`"))  # it may stand for an input that nobody stated, a list
        raise OperationFails(f"`{name}` takes a list of tensors, but gets one of shape {items.shape}", exception="ValueError")
    if not isinstance(items, (list, tuple)):
        raise Undetermined(Unknown("what is merged"))
    unknown = next((item for item in items if isinstance(item, Unknown)), None)
    if unknown is not None:
        raise Undetermined(unknown)
    if not items:
        raise OperationFails(f"`{name}` takes at least one tensor", exception="ValueError")
    if not all(isinstance(item, Tensor) for item in items):
        raise Undetermined(Unknown("what is merged"))
    return [item.shape for item in items]


def merged(name: str, shapes: list[Shape]) -> Shape:
    """The common shape of the examples, whose axes are counted from the last, under the batch.

    Raises Unbroadcastable.
    """
    if any(shape.leading for shape in shapes):
        return Shape((), leading=True) if len({shape.dims for shape in shapes}) > 1 else shapes[0]
    rests = [Shape(shape.dims[1:]) for shape in shapes]
    rest = broadcast_shapes(name, *rests)
    return Shape((shapes[0].batch, *rest.dims))


@layer("Add", "Multiply", "Average", "Maximum", "Minimum", least=1, most=None)
@layer("Subtract", least=2, most=2)
class Merge:
    """Element by element."""

    def parameters() -> dict[str, object]:
        return {}

    def forward(self, inputs: object) -> Result:
        layer: Any = self
        name = layer.kind
        shapes = shapes_in(name, inputs)
        if layer.most is not None and len(shapes) != layer.most:
            raise OperationFails(f"`{name}` takes {layer.most} tensors, but gets {len(shapes)}", exception="ValueError")
        return Result(merged("", shapes), flow=ELEMENTWISE)


@layer("Concatenate")
class Concatenate:
    """One behind the other along an axis; the others must be equal."""

    def parameters(axis: object = -1) -> dict[str, object]:
        return {}

    def forward(self, inputs: object) -> Result:
        layer: Any = self
        axis = axes_of(layer.axis)[0]
        return Result(concatenated(shapes_in("Concatenate", inputs), axis), flow=Concatenated(axis))


def concatenated(shapes: list[Shape], axis: int, exception: str = "ValueError") -> Shape:
    """Raises ConcatenationMismatch, WrongRank for tensors of different ranks, AxisOutOfRange for an axis that there is not."""
    known = [shape for shape in shapes if not shape.leading]
    if not known:
        return Shape((), leading=True)
    ranks = {len(shape) for shape in known}
    rank = len(known[0])
    if len(ranks) > 1:
        other = next(shape for shape in known if len(shape) != rank)
        raise WrongRank(str(rank), other, exception=exception)
    if not -rank <= axis < rank:
        raise AxisOutOfRange(axis, -rank, rank - 1, known[0], argument="axis", exception="IndexError")
    place = axis % rank
    dims = list(known[0].dims)
    for shape in known[1:]:
        for at in range(rank):
            if at != place and not (at == 0 and not isinstance(shape.dims[0], int)):
                expect_equal(dims[at], shape.dims[at], ConcatenationMismatch(tuple(known), place, at, exception=exception))
        dims[place] = dims[place] + shape.dims[place]
    if len(known) < len(shapes):
        return Shape((), leading=True)
    return Shape(tuple(dims))


@layer("Dot", hides="normalize")
class Dot:
    """The product over one axis of each of two tensors, example by example."""

    def parameters(axes: object) -> dict[str, object]:
        found = axes_of(axes)
        if not isinstance(axes, int) and len(found) != 2:
            raise invalid("axes", f"must be an int or two ints, but has {len(found)} elements")
        return {}

    def forward(self, inputs: object) -> Result:
        layer: Any = self
        shapes = shapes_in("Dot", inputs)
        if len(shapes) != 2:
            raise OperationFails(f"`Dot` takes 2 tensors, but gets {len(shapes)}", exception="ValueError")
        left, right = shapes
        if left.leading or right.leading:
            return Result(Shape((), leading=True))
        axes = axes_of(layer.axes)
        a, b = (axes[0], axes[0]) if len(axes) == 1 else axes
        for shape, axis in ((left, a), (right, b)):
            if not -len(shape) <= axis < len(shape):
                raise AxisOutOfRange(axis, -len(shape), len(shape) - 1, shape, argument="axes", exception="IndexError")
        a, b = a % len(left), b % len(right)
        if a == 0 or b == 0:
            raise invalid("axes", "must not name the batch, which is axis 0")
        first = [*left.dims[:a], *left.dims[a + 1 :]]
        second = [*right.dims[1:b], *right.dims[b + 1 :]]
        rows, columns = Shape((*first, left.dims[a])), Shape((right.batch, right.dims[b], *(second or (1,))))
        expect_equal(left.dims[a], right.dims[b], MatmulMismatch(rows, columns, "Dot", exception="ValueError"))
        macs = matmul_macs(batch_count(left.batch), product(first[1:]), left.dims[a], product(second))
        return Result(Shape((*first, *second) if len(first) + len(second) > 1 else (*first, 1)), macs=macs)


def merging(name: str) -> None:
    """Declare the function of a merging layer, which takes the list and what the constructor takes."""

    @keras.native(*below("layers", name.lower()), takes_unknown=True)
    def function(door: Any, /, inputs: Value, *options: Value, **keywords: Value) -> Value:
        return door.call(door.call(door.framework_value(keras, f"layers.{name}"), *options, **keywords), inputs)


for _name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot"):
    merging(_name)
