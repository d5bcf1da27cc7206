"""Zero padding and cropping.

Sources: https://keras.io/api/layers/reshaping_layers/zero_padding2d/ and the pages beside it.
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import (
    Dim,
    Dims,
    ListValue,
    OperationFails,
    Result,
    Sliced,
    Sliding,
    Tensor,
    Unknown,
    Value,
    greater,
    unknown_size,
)
from cnnlint_keras.framework import layer
from cnnlint_keras.sizes import (
    arranged,
    channels_of,
    data_format,
    invalid,
    is_channels_first,
    per_axis,
    ranked,
    spatial_axes,
    spatial_of,
)


def pairs(argument: str, value: Value, axes: int) -> tuple[tuple[Dim, ...], ...]:
    """What is put before and behind each axis.

    Raises InvalidArgument for another number of elements and for negative ones.
    """
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, Unknown):
        return ((unknown_size(f"`{argument}`"),) * 2,) * axes
    if axes == 1:
        return (per_axis(argument, items, 2, 0),)
    if not isinstance(items, (tuple, list)):
        both = per_axis(argument, items, 1, 0) * 2
        return (both,) * axes
    if len(items) != axes:
        raise invalid(argument, f"must have {axes} elements, but has {len(items)}")
    return tuple(per_axis(argument, item, 2, 0) for item in items)


@layer("ZeroPadding1D", spatial=1)
@layer("ZeroPadding2D", spatial=2)
@layer("ZeroPadding3D", spatial=3)
class ZeroPadding:
    """O = I + P_before + P_after."""

    def parameters(padding: object = 1, data_format: object = None, *, spatial: int) -> dict[str, object]:
        return {}

    def attributes(padding: object, *, spatial: int, **given: Any) -> dict[str, object]:
        return {"padding": pairs("padding", padding, spatial), "data_format": data_format(given["data_format"])}

    def forward(self, inputs: Tensor) -> Result:
        layer: Any = self
        first, shape = is_channels_first(layer), ranked(inputs, layer.spatial + 2)
        before, after = Dims(pair[0] for pair in layer.padding), Dims(pair[1] for pair in layer.padding)
        O = spatial_of(shape, first) + before + after  # noqa: E741
        ones = Dims.of(1, layer.spatial)
        flow = Sliding(spatial_axes(layer.spatial, first), ones, ones, before, ones)
        return Result(arranged(shape.batch, channels_of(shape, first), O, first), padded=after, flow=flow)


class Cropping:
    """O = I - cropped pixels."""

    def attributes(cropping: object, *, spatial: int, **given: Any) -> dict[str, object]:
        return {"cropping": pairs("cropping", cropping, spatial), "data_format": data_format(given.get("data_format"))}

    def forward(self, inputs: Tensor) -> Result:
        layer: Any = self
        first, shape = is_channels_first(layer), ranked(inputs, layer.spatial + 2)
        I = spatial_of(shape, first)  # noqa: E741
        O = I - Dims(pair[0] + pair[1] for pair in layer.cropping)  # noqa: E741
        for i, o, pair in zip(I, O, layer.cropping, strict=True):
            if greater(1, o):
                raise OperationFails(
                    f"cropping {pair[0]} + {pair[1]} pixels leaves nothing of {i}", exception="ValueError", argument="cropping"
                )
        cut = {axis: pair[0] for axis, pair in zip(spatial_axes(layer.spatial, first), layer.cropping, strict=True)}
        flow = Sliced(tuple((axis, cut.get(axis, 0), 1) for axis in range(len(shape))))
        return Result(arranged(shape.batch, channels_of(shape, first), O, first), flow=flow)


@layer("Cropping1D", spatial=1)
class Cropping1D(Cropping):
    def parameters(cropping: object = (1, 1), *, spatial: int) -> dict[str, object]:
        return {}


@layer("Cropping2D", spatial=2)
class Cropping2D(Cropping):
    def parameters(cropping: object = ((0, 0), (0, 0)), data_format: object = None, *, spatial: int) -> dict[str, object]:
        return {}


@layer("Cropping3D", spatial=3)
class Cropping3D(Cropping):
    def parameters(cropping: object = ((1, 1), (1, 1), (1, 1)), data_format: object = None, *, spatial: int) -> dict[str, object]:
        return {}
