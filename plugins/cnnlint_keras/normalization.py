"""Normalisation layers.

Source: https://keras.io/api/layers/normalization_layers/
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import (
    ELEMENTWISE,
    AxisOutOfRange,
    Built,
    Choice,
    Dim,
    Expression,
    Flow,
    Instance,
    ListValue,
    Mixing,
    NormMismatch,
    Operation,
    Result,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    expect_equal,
    greater,
    unknown_size,
)
from cnnlint_keras.framework import keras, layer
from cnnlint_keras.sizes import at_least_rank, invalid

PAIRS = "beta_initializer gamma_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint"


def axes_of(axis: Value) -> tuple[int, ...]:
    """The axes that an argument names. Raises InvalidArgument for what is no int, Undetermined for what is not known."""
    items = axis.contents if isinstance(axis, ListValue) else axis
    found = tuple(items) if isinstance(items, (tuple, list)) else (items,)
    for item in found:
        if isinstance(item, (Unknown, Choice, Expression, Instance)):
            raise Undetermined(item if isinstance(item, Unknown) else Unknown("an axis"))
    if not all(isinstance(item, int) for item in found):
        raise invalid("axis", f"must be an int or a tuple of ints, but is {items!r}", "TypeError", is_absent=items is None)
    return found


def sizes_at(inputs: Tensor, axis: Value, exception: str = "IndexError") -> tuple[Dim, ...]:
    """The sizes of the axes over which a layer has weights. Raises AxisOutOfRange for one that there is not."""
    axes = axes_of(axis)
    shape = at_least_rank(inputs, max(-one if one < 0 else one + 1 for one in axes) if inputs.shape.leading else 0)
    for one in axes:
        if not -len(shape.dims) <= one < len(shape.dims):
            raise AxisOutOfRange(one, -len(shape.dims), len(shape.dims) - 1, shape, argument="axis", exception=exception)
    if shape.leading and any(one >= 0 for one in axes):
        return tuple(unknown_size("an axis of a tensor whose shape is not known") for _ in axes)
    return tuple(shape.dims[one] for one in (sorted(axes) if len(axes) > 1 else axes))


def normed(inputs: Tensor, weight: object, axis: object, mixes: object = None) -> Result:
    """The input's shape. Raises NormMismatch where the layer was built for other sizes.

    `mixes` says whether it takes the statistics of one example along its axes ("axis") or along the others ("rest").
    """
    got = sizes_at(inputs, axis)
    if isinstance(weight, Tensor) and not weight.shape.leading and len(weight.shape) == len(got):
        for want, size in zip(weight.shape, got, strict=True):
            expect_equal(want, size, NormMismatch(want, size, exception="ValueError", output=inputs.shape))
    rank = len(inputs.shape.dims)
    flow: Flow | None = ELEMENTWISE
    if mixes == "axis":
        flow = Mixing(axes_of(axis))
    elif mixes == "rest":
        kept = {one % rank for one in axes_of(axis)} if rank else set()
        flow = Mixing(tuple(each for each in range(1, rank) if each not in kept))
    return Result(inputs.shape, flow=flow)


norm = Operation("norm", normed, keras)


class Norm:
    """What all normalisations with a gain and an offset share."""

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        built = next((weight for weight in (layer.gamma, layer.beta) if weight is not None), None)
        return norm(inputs, built, layer.axis, "rest" if layer.kind == "GroupNormalization" else "axis")


@layer(
    "BatchNormalization",
    hides="beta_initializer gamma_initializer moving_mean_initializer moving_variance_initializer beta_regularizer "
    "gamma_regularizer beta_constraint gamma_constraint renorm renorm_clipping renorm_momentum synchronized fused virtual_batch_size "
    "adjustment",
)
class BatchNormalization:
    """Gain and offset, and the moving statistics, which are not trained."""

    def parameters(
        axis: object = -1, momentum: object = 0.99, epsilon: object = 0.001, center: bool = True, scale: bool = True
    ) -> dict[str, object]:
        return {}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        axis = axes_of(layer.axis)[0]
        sizes = sizes_at(inputs, axis)
        return Built(
            {"gamma": sizes if layer.scale else None, "beta": sizes if layer.center else None},
            {"moving_mean": sizes, "moving_variance": sizes},
            {"axis": axis},
        )

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        return norm(inputs, layer.moving_mean, layer.axis)


keras.alias("layers.BatchNormalization", "layers.experimental.SyncBatchNormalization", "layers.SyncBatchNormalization")


@layer("LayerNormalization", hides=f"{PAIRS} rms_scaling")
class LayerNormalization(Norm):
    def parameters(axis: object = -1, epsilon: object = 0.001, center: bool = True, scale: bool = True) -> dict[str, object]:
        axes_of(axis)
        return {}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        sizes = sizes_at(inputs, layer.axis)
        return Built({"gamma": sizes if layer.scale else None, "beta": sizes if layer.center else None})


@layer("GroupNormalization", hides=PAIRS)
class GroupNormalization(Norm):
    """The channels are shared out to the groups."""

    def parameters(
        groups: object = 32, axis: object = -1, epsilon: object = 0.001, center: bool = True, scale: bool = True
    ) -> dict[str, object]:
        if isinstance(groups, (float, str, type(None))) or (isinstance(groups, int) and groups < 1 and groups != -1):
            raise invalid("groups", f"must be a positive int or -1, but is {groups!r}", is_absent=groups is None)
        return {}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        sizes = sizes_at(inputs, layer.axis)
        (channels,) = sizes
        groups = channels if layer.groups == -1 else layer.groups
        if isinstance(groups, int) and greater(groups, channels):
            raise invalid("groups", f"must not be more than the channels: {groups} > {channels}")
        if isinstance(groups, int) and isinstance(channels, int) and channels % groups:
            raise invalid("groups", f"must divide the channels: {channels} % {groups} = {channels % groups}")
        return Built({"gamma": sizes if layer.scale else None, "beta": sizes if layer.center else None})


@layer("RMSNormalization")
class RMSNormalization:
    def parameters(axis: object = -1, epsilon: object = 1e-6) -> dict[str, object]:
        return {}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        return Built({"scale": sizes_at(inputs, layer.axis)})

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        return norm(inputs, layer.scale, layer.axis, "axis")


@layer("UnitNormalization")
class UnitNormalization:
    def parameters(axis: object = -1) -> dict[str, object]:
        axes_of(axis)
        return {}

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        return norm(inputs, None, layer.axis, "axis")
