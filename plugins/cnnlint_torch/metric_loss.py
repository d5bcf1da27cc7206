"""Losses of pairs and triples of vectors.

Source: https://docs.pytorch.org/docs/stable/nn.functional.html#loss-functions
"""

from __future__ import annotations

from cnnlint.plugin import OperationFails, Shape, Tensor, expect_rank
from cnnlint_torch.broadcasting import broadcast_shapes
from cnnlint_torch.framework import torch
from cnnlint_torch.loss import chosen_reduction, reduced


@torch.op("nn.functional.margin_ranking_loss")
def margin_ranking_loss(
    input1: Shape,
    input2: Shape,
    target: Shape,
    margin: object = 0,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.margin_ranking_loss.html"""
    expect_one_rank(input1, input2, target)
    return reduced(broadcast_shapes("margin_ranking_loss", input1, input2, target), chosen_reduction(reduction, size_average, reduce))


def expect_one_rank(*shapes: Shape) -> None:
    """Raises OperationFails where tensors are proven to have different numbers of axes."""
    if len({shape.rank for shape in shapes if shape.rank is not None}) > 1:
        raise OperationFails(f"tensors of different numbers of axes: {', '.join(map(str, shapes))}")


@torch.op("nn.functional.triplet_margin_loss")
def triplet_margin_loss(
    anchor: Shape,
    positive: Shape,
    negative: Shape,
    margin: object = 1.0,
    p: object = 2,
    eps: object = 1e-6,
    swap: object = False,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.triplet_margin_loss.html"""
    return reduced(triplet_losses(anchor, positive, negative), chosen_reduction(reduction, size_average, reduce))


def triplet_losses(anchor: Shape, positive: Shape, negative: Shape) -> Shape:
    """One loss for each triple of vectors, which lie along the last axis."""
    expect_one_rank(anchor, positive, negative)
    joined = broadcast_shapes("triplet_margin_loss", anchor, positive, negative)
    return joined.removed(-1) if joined.dims else joined


@torch.op("nn.functional.cosine_embedding_loss")
def cosine_embedding_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: object = 0,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cosine_embedding_loss.html"""
    y = target.shape
    if y.rank is not None:
        expect_rank(target, 1, 0)
        expect_rank(input1, y.rank + 1)
        expect_rank(input2, y.rank + 1)
    joined = broadcast_shapes("cosine_embedding_loss", input1.shape, input2.shape)
    losses = broadcast_shapes("cosine_embedding_loss", joined.removed(-1) if joined.dims else joined, y)
    return reduced(losses, chosen_reduction(reduction, size_average, reduce))


@torch.op("nn.functional.triplet_margin_with_distance_loss")
def triplet_margin_with_distance_loss(
    anchor: Shape,
    positive: Shape,
    negative: Shape,
    *,
    distance_function: object = None,
    margin: object = 1.0,
    swap: object = False,
    reduction: object = "mean",
) -> Shape:
    """What a distance function of the user's gives is not followed.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.triplet_margin_with_distance_loss.html
    """
    if distance_function is not None:
        return reduced(Shape((), leading=True), reduction)
    return reduced(triplet_losses(anchor, positive, negative), reduction)
