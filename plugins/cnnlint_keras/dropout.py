"""Dropout and noise: layers that change no shape.

Source: https://keras.io/api/layers/regularization_layers/
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import (
    ELEMENTWISE,
    Result,
    Shape,
    Tensor,
)
from cnnlint_keras.framework import layer
from cnnlint_keras.sizes import invalid, ranked


def expect_rate(name: str, rate: object, most: float = 1.0) -> None:
    """Raises InvalidArgument for a rate that is no share."""
    if isinstance(rate, (int, float)) and not 0 <= rate <= most:
        raise invalid(name, f"must be between 0 and {most:g}, but is {rate}")


@layer("Dropout", "AlphaDropout", "GaussianDropout")
class Dropout:
    def parameters(rate: object, noise_shape: object = None, seed: object = None) -> dict[str, object]:
        expect_rate("rate", rate)
        return {}

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE, base=inputs)


@layer("SpatialDropout1D", spatial=1)
@layer("SpatialDropout2D", spatial=2)
@layer("SpatialDropout3D", spatial=3)
class SpatialDropout:
    """Whole channels are dropped, so that the number of axes matters."""

    def parameters(rate: object, *options: object, seed: object = None, data_format: object = None, spatial: int) -> dict[str, object]:
        expect_rate("rate", rate)
        return {}

    def forward(self, inputs: Tensor) -> Shape:
        layer: Any = self
        return ranked(inputs, layer.spatial + 2)


@layer("GaussianNoise")
class GaussianNoise:
    def parameters(stddev: object, seed: object = None) -> dict[str, object]:
        expect_rate("stddev", stddev)
        return {}

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE, base=inputs)


@layer("ActivityRegularization")
class ActivityRegularization:
    def parameters(l1: object = 0.0, l2: object = 0.0) -> dict[str, object]:
        return {}

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE, base=inputs)


@layer("Masking")
class Masking:
    def parameters(mask_value: object = 0.0) -> dict[str, object]:
        return {}

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE, base=inputs)


@layer("Identity")
class Identity:
    def parameters() -> dict[str, object]:
        return {}

    def forward(self, inputs: object) -> object:
        return inputs
