"""Linear layers and embeddings.

Source: https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/Linear_en.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import linear_macs
from cnnlint.plugin import Dim, FeatureMismatch, Result, Shape, Tensor, expect_equal, product
from cnnlint_paddle.framework import paddle


@paddle.layer("nn.Linear", counts_macs=True, hides=("name",))
class Linear:
    """W = in_features * out_features, B = out_features; of the last axis."""

    def parameters(
        in_features: Dim, out_features: Dim, weight_attr: object = None, bias_attr: object = None
    ) -> dict[str, tuple[Dim, ...] | None]:
        return {"weight": (in_features, out_features), "bias": (out_features,) if bias_attr is not False else None}

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        features, out = layer.weight.shape
        shape = x.shape
        if not shape.dims:
            return Result(Shape((out,), leading=True))
        output = Shape((*shape.dims[:-1], out), shape.leading)
        last = shape.dims[-1]
        failure = FeatureMismatch(features, last, shape.factors.get(-1, ()), argument="in_features", exception="ValueError", output=output)
        expect_equal(features, last, failure)
        return Result(output, macs=0 if shape.leading else linear_macs(features, out, product(shape.dims[1:-1])))


@paddle.layer("nn.Embedding", hides=("padding_idx", "max_norm", "norm_type", "sparse", "weight_attr", "name", "scale_grad_by_freq"))
class Embedding:
    """A row for each index."""

    def parameters(num_embeddings: Dim, embedding_dim: Dim) -> dict[str, tuple[Dim, ...] | None]:
        return {"weight": (num_embeddings, embedding_dim)}

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        return Result(Shape((*x.shape.dims, layer.weight.shape[1]), x.shape.leading), dtype="float32")
