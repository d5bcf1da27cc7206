"""Distances and similarities of vectors.

Source: https://docs.pytorch.org/docs/stable/nn.html#distance-functions
"""

from __future__ import annotations

from cnnlint.plugin import Shape, Tensor, Value
from cnnlint_torch.axes import axis_of
from cnnlint_torch.broadcasting import broadcast_shapes
from cnnlint_torch.framework import torch


@torch.op("nn.functional.cosine_similarity", "cosine_similarity")
def cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: object = 1e-8) -> Shape:
    """The common shape without the axis.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cosine_similarity.html
    """
    x = broadcast_shapes("cosine_similarity", x1.shape, x2.shape)
    axis = axis_of(x, dim)
    if axis is None:
        return Shape((), leading=True)
    return x.removed(axis) if x.dims else x


@torch.op("nn.functional.pairwise_distance", "pairwise_distance")
def pairwise_distance(x1: Tensor, x2: Tensor, p: object = 2.0, eps: object = 1e-6, keepdim: bool = False) -> Shape:
    """The common shape without its last axis, or with 1 there.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pairwise_distance.html
    """
    x = broadcast_shapes("pairwise_distance", x1.shape, x2.shape)
    if not x.dims:
        return x
    return x.replaced(-1, 1) if keepdim else x.removed(-1)


@torch.layer("nn.CosineSimilarity")
class CosineSimilarity:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.CosineSimilarity.html"""

    def parameters(dim: object = 1, eps: object = 1e-8) -> None:
        return None

    def forward(self, x1: Tensor, x2: Tensor) -> Value:
        return cosine_similarity(x1, x2, self.dim)  # type: ignore[attr-defined]


@torch.layer("nn.PairwiseDistance")
class PairwiseDistance:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.PairwiseDistance.html"""

    def parameters(p: object = 2.0, eps: object = 1e-6, keepdim: object = False) -> None:
        return None

    def forward(self, x1: Tensor, x2: Tensor) -> Value:
        return pairwise_distance(x1, x2, keepdim=self.keepdim)  # type: ignore[attr-defined]
