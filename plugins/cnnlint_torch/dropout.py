"""Dropout layers and functions, which keep the shape.

Source: https://docs.pytorch.org/docs/stable/nn.html#dropout-layers
"""

from __future__ import annotations

from cnnlint.plugin import DropoutProbability, Result, Tensor, Value, WrongRank
from cnnlint_torch.activation import unchanged
from cnnlint_torch.elements import ORIGIN, order_of
from cnnlint_torch.framework import torch
from cnnlint_torch.sizes import ranked


def expect_probability(p: object) -> None:
    """Raises DropoutProbability with the framework's ValueError for a probability outside of 0 to 1."""
    if isinstance(p, (int, float)) and not 0 <= p <= 1:
        raise DropoutProbability(p, argument="p", exception="ValueError")


def dropped(input: Tensor, p: object, training: object, inplace: object = False) -> Result:
    """The input's shape and memory order; of the elements it is said that some were set to zero.

    Where nothing is dropped, or in place, the tensor itself is given back.
    """
    kept = unchanged(input)
    is_same = training is False or inplace is True or (p == 0 and isinstance(p, (int, float)))
    base = input if is_same else None
    return Result(
        kept.shape,
        dtype=kept.dtype,
        padded=kept.padded,
        is_contiguous=kept.is_contiguous,
        data={**({} if base is None else order_of(base)), ORIGIN: "dropout"},
        base=base,
        flow=kept.flow,
    )


@torch.op("nn.functional.dropout", "nn.functional.alpha_dropout")
def dropout(input: Tensor, p: object = 0.5, training: object = True, inplace: object = False) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html"""
    expect_probability(p)
    return dropped(input, p, training, inplace)


@torch.op("dropout", "dropout_", "alpha_dropout", "alpha_dropout_", "feature_dropout", "feature_alpha_dropout")
def dropout_with_mode(input: Tensor, p: object, train: object) -> Result:
    expect_probability(p)
    return dropped(input, p, train)


@torch.op("nn.functional.dropout1d")
def dropout_channels_of_lines(input: Tensor, p: object = 0.5, training: object = True, inplace: object = False) -> Result:
    """Of all feature dropouts only this one refuses other numbers of axes.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout1d.html
    """
    expect_probability(p)
    return dropped(ranked(input, 3, 2), p, training, inplace)


@torch.op("nn.functional.dropout2d", "nn.functional.dropout3d", "nn.functional.feature_alpha_dropout")
def dropout_channels(input: Tensor, p: object = 0.5, training: object = True, inplace: object = False) -> Result:
    """Other numbers of axes than usual only warn; in training two are needed, unless nothing or all is dropped.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout2d.html
    """
    expect_probability(p)
    rank = input.shape.rank
    is_applied = training is True and isinstance(p, (int, float)) and 0 < p < 1
    if is_applied and rank is not None and rank < 2:
        raise WrongRank("at least 2", input.shape)
    return dropped(input, p, training, inplace)


@torch.layer("nn.Dropout", "nn.AlphaDropout", function=dropout)
@torch.layer("nn.Dropout1d", function=dropout_channels_of_lines)
@torch.layer("nn.Dropout2d", "nn.Dropout3d", "nn.FeatureAlphaDropout", function=dropout_channels)
class Dropout:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html and the pages of its siblings."""

    def parameters(p: object = 0.5, inplace: object = False) -> None:
        expect_probability(p)

    def forward(self, input: Tensor) -> Value:
        return self.function(input, self.p, self.training, self.inplace)  # type: ignore[attr-defined]
