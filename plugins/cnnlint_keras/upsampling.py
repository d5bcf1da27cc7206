"""Upsampling.

Source: https://keras.io/api/layers/reshaping_layers/up_sampling2d/
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnlint.plugin import (
    Dims,
    Enlarged,
    Flow,
    ListValue,
    Result,
    Shape,
    Tensor,
    Value,
    linear_taps,
    nearest_taps,
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
    whole,
    word,
)

INTERPOLATIONS = ("bicubic", "bilinear", "lanczos3", "lanczos5", "nearest", "area", "gaussian", "mitchellcubic")


def enlarged(sizes: Sequence[Value], mode: Value, first: bool) -> Flow | None:
    """How pixels are repeated or interpolated; other modes, and sizes that are not known, don't tell."""
    if mode not in ("nearest", "bilinear") or not all(type(size) is int and size > 0 for size in sizes):
        return None
    taps = linear_taps if mode == "bilinear" else nearest_taps
    return Enlarged(spatial_axes(len(sizes), first), tuple(map(taps, sizes)))


@layer("UpSampling1D")
class UpSampling1D:
    def parameters(size: object = 2) -> dict[str, object]:
        return {}

    def attributes(size: object) -> dict[str, object]:
        if isinstance(size, (tuple, ListValue)):
            raise invalid("size", "must be an int, but is a sequence", "TypeError")
        return {"size": whole("size", size, "TypeError")}

    def forward(self, inputs: Tensor) -> Result:
        layer: Any = self
        shape = ranked(inputs, 3)
        return Result(Shape((shape.batch, shape.dims[1] * layer.size, shape.dims[2])), flow=enlarged((layer.size,), "nearest", False))


class UpSampling:
    """O = I * size."""

    def forward(self, inputs: Tensor) -> Result:
        layer: Any = self
        first, shape = is_channels_first(layer), ranked(inputs, layer.spatial + 2)
        output = arranged(shape.batch, channels_of(shape, first), spatial_of(shape, first) * Dims(layer.size), first)
        return Result(output, flow=enlarged(layer.size, layer.interpolation if layer.spatial == 2 else "nearest", first))


@layer("UpSampling2D", spatial=2)
class UpSampling2D(UpSampling):
    def parameters(
        size: object = (2, 2), data_format: object = None, interpolation: object = "nearest", *, spatial: int
    ) -> dict[str, object]:
        return {}

    def attributes(size: object, interpolation: object, *, spatial: int, **given: Any) -> dict[str, object]:
        if isinstance(interpolation, str):
            word("interpolation", interpolation, *INTERPOLATIONS)
        return {"size": per_axis("size", size, 2), "data_format": data_format(given["data_format"])}


@layer("UpSampling3D", spatial=3)
class UpSampling3D(UpSampling):
    def parameters(size: object = (2, 2, 2), data_format: object = None, *, spatial: int) -> dict[str, object]:
        return {}

    def attributes(size: object, *, spatial: int, **given: Any) -> dict[str, object]:
        return {"size": per_axis("size", size, 3), "data_format": data_format(given["data_format"])}
