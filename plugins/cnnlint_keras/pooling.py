"""Maximum and average pooling.

Source: https://keras.io/api/layers/pooling_layers/
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import Dims, Operation, Result, Tensor
from cnnlint_keras.convolution import sliding, window_sizes
from cnnlint_keras.framework import keras, layer
from cnnlint_keras.sizes import (
    arranged,
    channels_of,
    data_format,
    invalid,
    is_channels_first,
    known_word,
    per_axis,
    ranked,
    sized,
    spatial_of,
)


def pooled(inputs: Tensor, pool_size: object, strides: object, padding: object, first: object) -> Result:
    """O = (I - K) / S + 1, rounded down, or I / S, rounded up, with padding "same"."""
    K, S = sized(pool_size), sized(strides)
    shape = ranked(inputs, len(K) + 2)
    mode = known_word("padding", padding, "valid", "same")
    none = Dims.of(1, len(K))
    O, window = window_sizes(inputs, spatial_of(shape, bool(first)), K, S, none, mode, has_weights=False)  # noqa: E741
    flow = sliding(spatial_of(shape, bool(first)), K, S, none, mode, bool(first))
    return Result(arranged(shape.batch, channels_of(shape, bool(first)), O, bool(first)), window=window, flow=flow)


pool = Operation("pool", pooled, keras)


class Pooling:
    """What all pooling layers share."""

    def attributes(pool_size: object, strides: object, *, spatial: int, **given: Any) -> dict[str, object]:
        sizes = per_axis("pool_size", pool_size, spatial)
        steps = sizes if strides is None else per_axis("strides", strides, spatial, 0)
        if any(step == 0 for step in steps):
            raise invalid("strides", "must be at least 1, but is 0")
        return {"pool_size": sizes, "strides": steps, "data_format": data_format(given["data_format"])}

    def forward(self, inputs: Tensor) -> object:
        layer: Any = self
        return pool(inputs, layer.pool_size, layer.strides, layer.padding, is_channels_first(layer))


@layer("MaxPooling1D", spatial=1)
@layer("MaxPooling2D", spatial=2)
@layer("MaxPooling3D", spatial=3)
class MaxPooling(Pooling):
    def parameters(
        pool_size: object = 2, strides: object = None, padding: object = "valid", data_format: object = None, *, spatial: int
    ) -> dict[str, object]:
        return {}


@layer("AveragePooling1D", spatial=1)
@layer("AveragePooling2D", spatial=2)
@layer("AveragePooling3D", spatial=3)
class AveragePooling(Pooling):
    def parameters(
        pool_size: object, strides: object = None, padding: object = "valid", data_format: object = None, *, spatial: int
    ) -> dict[str, object]:
        return {}


for _rank in (1, 2, 3):
    keras.alias(f"layers.MaxPooling{_rank}D", f"layers.MaxPool{_rank}D")
    keras.alias(f"layers.AveragePooling{_rank}D", f"layers.AvgPool{_rank}D")
