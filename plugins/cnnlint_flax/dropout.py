"""Dropout: a layer that changes no shape.

Sources: https://flax.readthedocs.io/en/latest/api_reference/flax.linen/layers.html#flax.linen.Dropout,
https://flax.readthedocs.io/en/latest/api_reference/flax.nnx/nn/stochastic.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import ELEMENTWISE, Built, Result, Tensor
from cnnlint_flax.framework import linen_layer, nnx_layer
from cnnlint_flax.normalization import expect_flag
from cnnlint_flax.variables import expect_chance


@linen_layer("Dropout", hides="rng_collection")
class Dropout:
    def parameters(rate: object, broadcast_dims: object = (), deterministic: object = None) -> dict[str, object]:
        return {}

    def forward(self, inputs: Tensor, deterministic: object = None, rng: object = None) -> Result:
        layer: Any = self
        expect_flag("deterministic", layer.deterministic, deterministic)
        is_quiet = layer.deterministic if deterministic is None else deterministic
        if is_quiet is False and rng is None and isinstance(layer.rate, (int, float)) and layer.rate > 0:
            expect_chance(layer.door, "a `Dropout` that is not deterministic")
        return Result(inputs.shape, flow=ELEMENTWISE)


@nnx_layer("Dropout", hides="rng_collection")
class NnxDropout:
    def parameters(rate: object, *, broadcast_dims: object = (), deterministic: object = False, rngs: object = None) -> dict[str, object]:
        return {}

    def attributes(**given: object) -> dict[str, object]:
        return {"rngs": None}

    def forward(self, inputs: Tensor, *, deterministic: object = None, rngs: object = None) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE)


@linen_layer("PReLU")
class PReLU:
    """One slope for all."""

    def parameters(param_dtype: object = None, negative_slope_init: object = 0.01) -> dict[str, object]:
        return {}

    def build(self, inputs: Tensor) -> Built:
        return Built({"negative_slope": ()})

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE)


@nnx_layer("PReLU", hides="param_dtype dtype promote_dtype negative_slope_metadata")
class NnxPReLU:
    def parameters(negative_slope_init: object = 0.01) -> dict[str, object]:
        return {"negative_slope": ()}

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE)
