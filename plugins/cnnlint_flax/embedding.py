"""Embeddings.

Sources: https://flax.readthedocs.io/en/latest/api_reference/flax.linen/layers.html#flax.linen.Embed,
https://flax.readthedocs.io/en/latest/api_reference/flax.nnx/nn/linear.html#flax.nnx.Embed
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import Built, Door, DtypeMismatch, Expression, Instance, Result, Shape, Tensor, Value, as_dim
from cnnlint_flax.dtypes import FLOATS
from cnnlint_flax.framework import flax, linen_layer, nnx_layer
from cnnlint_flax.sizes import features_of
from cnnlint_flax.stored import weight


def embedded(inputs: Tensor, table: Tensor) -> Result:
    """A row of the table for each index. Raises DtypeMismatch for floats."""
    if inputs.dtype in FLOATS:
        raise DtypeMismatch("indices of an integer dtype", inputs.dtype or "", "Embed", exception="ValueError")
    return Result(Shape((*inputs.shape.dims, table.shape.dims[1]), inputs.shape.leading), dtype="float32")


@linen_layer("Embed", hides="dtype param_dtype embedding_init promote_dtype")
class Embed:
    """W = num_embeddings * features."""

    def parameters(num_embeddings: object, features: object) -> dict[str, object]:
        return {}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        rows, columns = features_of("num_embeddings", layer.num_embeddings), features_of("features", layer.features)
        return Built({"embedding": (rows, columns)})

    def forward(self, inputs: Tensor) -> Result:
        layer: Any = self
        return embedded(inputs, weight(layer, "embedding", (layer.num_embeddings, layer.features)))


@nnx_layer("Embed", hides="dtype param_dtype embedding_init promote_dtype")
class NnxEmbed:
    def parameters(num_embeddings: object, features: object, *, rngs: object) -> dict[str, object]:
        return {"embedding": (features_of("num_embeddings", num_embeddings), features_of("features", features))}

    def attributes(**given: object) -> dict[str, object]:
        return {"rngs": None}

    def forward(self, inputs: Tensor, out_sharding: object = None) -> Result:
        return embedded(inputs, weight(self, "embedding"))


@flax.native("linen.Embed.attend", "nnx.Embed.attend", takes_unknown=True)
def attend(door: Door, layer: Instance, /, query: Value, **named: Value) -> Value:
    """The product with the table, turned: a logit for each row of it."""
    if not isinstance(query, Tensor) or not query.shape.dims:
        return door.unknown("the logits of an embedding")
    rows = as_dim(layer.contents.get("num_embeddings"))
    if not isinstance(rows, (int, Expression)):
        return door.unknown("the logits of an embedding")
    return Tensor(Shape((*query.shape.dims[:-1], rows), query.shape.leading), flax)
