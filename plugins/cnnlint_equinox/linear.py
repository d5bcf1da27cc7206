"""Linear layers, embeddings.

Source: https://docs.kidger.site/equinox/api/nn/linear/ and https://docs.kidger.site/equinox/api/nn/embedding/
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import linear_macs
from cnnlint.plugin import Dim, FeatureMismatch, Result, Shape, Tensor, as_dim, expect_equal, expect_rank
from cnnlint_equinox.framework import equinox
from cnnlint_equinox.sizes import without_key


def count(features: object) -> Dim:
    """How many features an argument states: a scalar is one of its own kind, with weights as for 1."""
    return 1 if features == "scalar" else as_dim(features)


@equinox.layer("nn.Linear", counts_macs=True)
class Linear:
    """W = in_features * out_features, B = out_features; of one vector."""

    def parameters(
        in_features: object, out_features: object, use_bias: bool = True, dtype: object = None, *, key: object
    ) -> dict[str, tuple[Dim, ...] | None]:
        N = count(out_features)
        return {"weight": (N, count(in_features)), "bias": (N,) if use_bias else None}

    attributes = without_key

    def forward(self, x: Tensor, *, key: object = None) -> Result:
        layer: Any = self
        out, features = layer.weight.shape
        output = Shape(() if layer.out_features == "scalar" else (out,))
        if layer.in_features == "scalar":
            expect_rank(x, 0, exception="ValueError")
            return Result(output, macs=linear_macs(1, out))
        (last,) = expect_rank(x, 1, exception="TypeError")
        failure = FeatureMismatch(features, last, x.shape.factors.get(-1, ()), argument="in_features", exception="TypeError", output=output)
        expect_equal(features, last, failure)
        return Result(output, macs=linear_macs(features, out))


@equinox.layer("nn.Embedding", hides=("dtype",))
class Embedding:
    """A row for one index."""

    def parameters(
        num_embeddings: Dim, embedding_size: Dim, weight: object = None, *, key: object = None
    ) -> dict[str, tuple[Dim, ...] | None]:
        return {"weight": (num_embeddings, embedding_size)}

    attributes = without_key

    def forward(self, x: Tensor, *, key: object = None) -> Result:
        layer: Any = self
        expect_rank(x, 0, exception="ValueError")
        return Result(Shape(layer.weight.shape.dims[1:]), dtype="float32")
