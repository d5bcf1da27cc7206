"""Embeddings.

Source: https://keras.io/api/layers/core_layers/embedding/
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import Built, Shape, Tensor
from cnnlint_keras.framework import layer
from cnnlint_keras.sizes import whole


@layer(
    "Embedding",
    hides="embeddings_initializer embeddings_regularizer embeddings_constraint mask_zero activity_regularizer lora_rank lora_alpha "
    "quantization_config sparse",
)
class Embedding:
    """W = input_dim * output_dim; it needs no input to be built, but is not before the first call."""

    def parameters(input_dim: object, output_dim: object) -> dict[str, object]:
        return {}

    def attributes(input_dim: object, output_dim: object) -> dict[str, object]:
        return {"input_dim": whole("input_dim", input_dim), "output_dim": whole("output_dim", output_dim)}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        return Built({"embeddings": (layer.input_dim, layer.output_dim)})

    def forward(self, inputs: Tensor) -> Shape:
        layer: Any = self
        shape = inputs.shape
        return Shape((*shape.dims, layer.output_dim), shape.leading)
