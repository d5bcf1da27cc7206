"""Flatten, Reshape, Permute and RepeatVector.

Source: https://keras.io/api/layers/reshaping_layers/
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import (
    REGROUPED,
    Choice,
    CountMismatch,
    Dim,
    Expression,
    Instance,
    InvalidArgument,
    ListValue,
    Reordered,
    ReshapeCount,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    as_dim,
    reshape,
    unknown_size,
)
from cnnlint_keras.framework import layer
from cnnlint_keras.sizes import at_least_rank, data_format, invalid, is_channels_first, ranked, whole


@layer("Flatten")
class Flatten:
    """All axes but the batch become one; with channels first they are put last before."""

    def parameters(data_format: object = None) -> dict[str, object]:
        return {}

    def attributes(**given: Any) -> dict[str, object]:
        return {"data_format": data_format(given["data_format"])}

    def forward(self, inputs: Tensor) -> Shape | Result:
        layer: Any = self
        shape = inputs.shape
        if shape.leading:
            return Shape((unknown_size("a batch"), unknown_size("what is flattened of a shape that is not known")))
        at_least_rank(inputs, 1)
        if len(shape) == 1:
            return Shape((shape.batch, 1))
        if is_channels_first(layer) and len(shape) > 2:
            shape = Shape((shape.dims[0], *shape.dims[2:], shape.dims[1]))
            return Result(shape.flattened(1))
        return Result(shape.flattened(1), flow=REGROUPED, base=inputs)


def target_of(value: Value, argument: str = "target_shape") -> tuple[Dim, ...]:
    """The sizes of a target. Raises InvalidArgument for what is no sequence, for more than one -1 and for less than it."""
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, Unknown):
        raise Undetermined(items)
    if isinstance(items, (Tensor, Instance, Choice)):
        raise Undetermined(Unknown("the shape that is asked for"))
    if not isinstance(items, (tuple, list)):
        raise invalid(argument, f"must be a tuple of sizes, but is {items!r}", "TypeError", is_absent=items is None)
    sizes = [as_dim(item) for item in items]
    if not all(isinstance(size, (int, Expression)) for size in sizes):
        raise InvalidArgument("must hold ints", argument=argument, exception="TypeError")
    if sum(isinstance(size, int) and size == -1 for size in sizes) > 1:
        raise invalid(argument, "must not hold -1 twice")
    if any(isinstance(size, int) and size < -1 for size in sizes):
        raise invalid(argument, f"must hold sizes or -1, but is ({', '.join(map(str, sizes))})")
    return tuple(sizes)


@layer("Reshape")
class Reshape:
    """The same elements under another shape; the batch stays."""

    def parameters(target_shape: object) -> dict[str, object]:
        return {}

    def attributes(target_shape: object) -> dict[str, object]:
        return {} if isinstance(target_shape, Unknown) else {"target_shape": target_of(target_shape)}

    def forward(self, inputs: Tensor) -> Shape | Result:
        layer: Any = self
        shape = inputs.shape
        target = target_of(layer.target_shape)
        if shape.leading:
            return Shape((unknown_size("a batch"), *(size if size != -1 else unknown_size("a size") for size in target)))
        rest = Shape(shape.dims[1:])
        try:
            found = reshape(rest, target)
        except CountMismatch:
            raise ReshapeCount(rest, target, argument="target_shape", exception="ValueError") from None
        return Result(Shape((shape.batch, *found.dims)), flow=REGROUPED, base=inputs)


@layer("Permute")
class Permute:
    def parameters(dims: object) -> dict[str, object]:
        return {}

    def attributes(dims: object) -> dict[str, object]:
        items = dims.contents if isinstance(dims, ListValue) else dims
        if isinstance(items, Unknown):
            return {}
        if not isinstance(items, (tuple, list)) or not all(isinstance(item, int) for item in items):
            raise invalid("dims", f"must be a tuple of ints, but is {items!r}", "TypeError", is_absent=items is None)
        if sorted(items) != list(range(1, len(items) + 1)):
            raise invalid("dims", f"must hold each axis from 1 on once, but is {tuple(items)}")
        return {"dims": tuple(items)}

    def forward(self, inputs: Tensor) -> Result:
        layer: Any = self
        if not isinstance(layer.dims, tuple):
            raise Undetermined(Unknown("the order of axes"))
        shape = ranked(inputs, len(layer.dims) + 1)
        return Result(Shape((shape.batch, *(shape.dims[axis] for axis in layer.dims))), flow=Reordered((0, *layer.dims)))


@layer("RepeatVector")
class RepeatVector:
    def parameters(n: object) -> dict[str, object]:
        return {}

    def attributes(n: object) -> dict[str, object]:
        return {"n": whole("n", n, "TypeError")}

    def forward(self, inputs: Tensor) -> Shape:
        layer: Any = self
        shape = ranked(inputs, 2)
        return Shape((shape.batch, layer.n, shape.dims[1]))
