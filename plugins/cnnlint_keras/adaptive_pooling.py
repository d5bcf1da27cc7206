"""Global and adaptive pooling.

Sources: https://keras.io/api/layers/pooling_layers/global_average_pooling2d/ and the pages beside it.
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import (
    Dims,
    Reduced,
    Result,
    Shape,
    Tensor,
)
from cnnlint_keras.framework import keras, layer
from cnnlint_keras.sizes import (
    arranged,
    channels_of,
    data_format,
    invalid,
    is_channels_first,
    per_axis,
    ranked,
    spatial_axes,
)


@layer("GlobalAveragePooling1D", "GlobalMaxPooling1D", spatial=1)
@layer("GlobalAveragePooling2D", "GlobalMaxPooling2D", spatial=2)
@layer("GlobalAveragePooling3D", "GlobalMaxPooling3D", spatial=3)
class GlobalPooling:
    """One value a channel; `keepdims` leaves axes of 1."""

    def parameters(data_format: object = None, keepdims: bool = False, *, spatial: int) -> dict[str, object]:
        return {}

    def attributes(*, spatial: int, **given: Any) -> dict[str, object]:
        return {"data_format": data_format(given["data_format"])}

    def forward(self, inputs: Tensor) -> Result:
        layer: Any = self
        first = is_channels_first(layer)
        shape = ranked(inputs, layer.spatial + 2)
        channels = channels_of(shape, first)
        kept = arranged(shape.batch, channels, Dims.of(1, layer.spatial), first) if layer.keepdims else Shape((shape.batch, channels))
        return Result(kept, flow=Reduced(spatial_axes(layer.spatial, first), bool(layer.keepdims)))


@layer("AdaptiveAveragePooling1D", "AdaptiveMaxPooling1D", spatial=1)
@layer("AdaptiveAveragePooling2D", "AdaptiveMaxPooling2D", spatial=2)
@layer("AdaptiveAveragePooling3D", "AdaptiveMaxPooling3D", spatial=3)
class AdaptivePooling:
    """An output of a given size, whatever that of the input is."""

    def parameters(output_size: object, data_format: object = None, *, spatial: int) -> dict[str, object]:
        return {}

    def attributes(output_size: object, *, spatial: int, **given: Any) -> dict[str, object]:
        if output_size is None or isinstance(output_size, (float, str)):
            raise invalid(
                "output_size", f"must be an int or {spatial} ints, but is {output_size!r}", "TypeError", is_absent=output_size is None
            )
        return {"output_size": per_axis("output_size", output_size, spatial, 0), "data_format": data_format(given["data_format"])}

    def forward(self, inputs: Tensor) -> Shape:
        layer: Any = self
        shape, first = ranked(inputs, layer.spatial + 2), is_channels_first(layer)
        if any(size == 0 for size in layer.output_size):
            raise invalid("output_size", "must be at least 1, but is 0", "ZeroDivisionError")
        return arranged(shape.batch, channels_of(shape, first), Dims(layer.output_size), first)


for _rank in (1, 2, 3):
    keras.alias(f"layers.GlobalAveragePooling{_rank}D", f"layers.GlobalAvgPool{_rank}D")
    keras.alias(f"layers.GlobalMaxPooling{_rank}D", f"layers.GlobalMaxPool{_rank}D")
