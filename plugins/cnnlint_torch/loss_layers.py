"""Losses as layers: their arguments, and the function that each applies.

Source: https://docs.pytorch.org/docs/stable/nn.html#loss-functions
"""

from __future__ import annotations

from cnnlint.plugin import Shape, Tensor, Value
from cnnlint_torch import loss, metric_loss
from cnnlint_torch.framework import torch


def reduction_of(reduction: Value, size_average: Value = None, reduce: Value = None, **given: object) -> dict[str, object]:
    """The attribute `reduction`, which the two old flags outvote."""
    return {"reduction": loss.chosen_reduction(reduction, size_average, reduce)}


def buffer_of(tensor: Value) -> Shape | None:
    return tensor.shape if isinstance(tensor, Tensor) else None


@torch.layer("nn.MSELoss", function=loss.elementwise_loss)
@torch.layer("nn.L1Loss", function=loss.elementwise_loss)
@torch.layer("nn.SoftMarginLoss", function=loss.soft_margin_loss)
@torch.layer("nn.MultiLabelMarginLoss", function=loss.multilabel_margin_loss)
class Loss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.MSELoss.html and the pages of its siblings."""

    def parameters(size_average: object = None, reduce: object = None, reduction: object = "mean") -> None:
        return None

    attributes = reduction_of

    def forward(self, input: Tensor, target: Tensor) -> Value:
        return self.function(input, target, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.CrossEntropyLoss")
class CrossEntropyLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html"""

    def parameters(
        weight: object = None,
        size_average: object = None,
        ignore_index: object = -100,
        reduce: object = None,
        reduction: object = "mean",
        label_smoothing: object = 0.0,
    ) -> None:
        return None

    def buffers(weight: object, **given: object) -> dict[str, Shape | None]:
        return {"weight": buffer_of(weight)}

    attributes = reduction_of

    def forward(self, input: Tensor, target: Tensor) -> Value:
        return loss.cross_entropy(input, target, self.weight, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.NLLLoss", "nn.NLLLoss2d")
class NLLLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html"""

    def parameters(
        weight: object = None,
        size_average: object = None,
        ignore_index: object = -100,
        reduce: object = None,
        reduction: object = "mean",
    ) -> None:
        return None

    buffers = CrossEntropyLoss.buffers
    attributes = reduction_of

    def forward(self, input: Tensor, target: Tensor) -> Value:
        return loss.nll_loss(input, target, self.weight, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.BCELoss", function=loss.binary_cross_entropy)
@torch.layer("nn.MultiLabelSoftMarginLoss", function=loss.multilabel_soft_margin_loss)
class WeightedLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html"""

    def parameters(weight: object = None, size_average: object = None, reduce: object = None, reduction: object = "mean") -> None:
        return None

    buffers = CrossEntropyLoss.buffers
    attributes = reduction_of

    def forward(self, input: Tensor, target: Tensor) -> Value:
        return self.function(input, target, self.weight, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.BCEWithLogitsLoss")
class BCEWithLogitsLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html"""

    def parameters(
        weight: object = None,
        size_average: object = None,
        reduce: object = None,
        reduction: object = "mean",
        pos_weight: object = None,
    ) -> None:
        return None

    def buffers(weight: object, pos_weight: object, **given: object) -> dict[str, Shape | None]:
        return {"weight": buffer_of(weight), "pos_weight": buffer_of(pos_weight)}

    attributes = reduction_of

    def forward(self, input: Tensor, target: Tensor) -> Value:
        weights = {"weight": self.weight, "pos_weight": self.pos_weight}  # type: ignore[attr-defined]
        return loss.binary_cross_entropy_with_logits(input, target, reduction=self.reduction, **weights)  # type: ignore[attr-defined]


@torch.layer("nn.SmoothL1Loss")
class SmoothL1Loss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html"""

    def parameters(size_average: object = None, reduce: object = None, reduction: object = "mean", beta: object = 1.0) -> None:
        return None

    attributes = reduction_of

    def forward(self, input: Tensor, target: Tensor) -> Value:
        return loss.smooth_l1_loss(input, target, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.HuberLoss")
class HuberLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html"""

    def parameters(reduction: object = "mean", delta: object = 1.0) -> None:
        return None

    def forward(self, input: Tensor, target: Tensor) -> Value:
        return loss.huber_loss(input, target, self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.KLDivLoss")
class KLDivLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html"""

    def parameters(size_average: object = None, reduce: object = None, reduction: object = "mean", log_target: object = False) -> None:
        return None

    attributes = reduction_of

    def forward(self, input: Tensor, target: Tensor) -> Value:
        return loss.kl_div(input, target, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.PoissonNLLLoss")
class PoissonNLLLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.PoissonNLLLoss.html"""

    def parameters(
        log_input: object = True,
        full: object = False,
        size_average: object = None,
        eps: object = 1e-8,
        reduce: object = None,
        reduction: object = "mean",
    ) -> None:
        return None

    attributes = reduction_of

    def forward(self, log_input: Tensor, target: Tensor) -> Value:
        return loss.poisson_nll_loss(log_input, target, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.GaussianNLLLoss")
class GaussianNLLLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.GaussianNLLLoss.html"""

    def parameters(*, full: object = False, eps: object = 1e-6, reduction: object = "mean") -> None:
        return None

    def forward(self, input: Tensor, target: Tensor, var: object) -> Value:
        return loss.gaussian_nll_loss(input, target, var, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.HingeEmbeddingLoss")
class HingeEmbeddingLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.HingeEmbeddingLoss.html"""

    def parameters(margin: object = 1.0, size_average: object = None, reduce: object = None, reduction: object = "mean") -> None:
        return None

    attributes = reduction_of

    def forward(self, input: Tensor, target: Tensor) -> Value:
        return loss.hinge_embedding_loss(input, target, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.MarginRankingLoss", function=metric_loss.margin_ranking_loss)
@torch.layer("nn.CosineEmbeddingLoss", function=metric_loss.cosine_embedding_loss)
class PairLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.MarginRankingLoss.html"""

    def parameters(margin: object = 0.0, size_average: object = None, reduce: object = None, reduction: object = "mean") -> None:
        return None

    attributes = reduction_of

    def forward(self, input1: Tensor, input2: Tensor, target: Tensor) -> Value:
        return self.function(input1, input2, target, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.TripletMarginLoss")
class TripletMarginLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.TripletMarginLoss.html"""

    def parameters(
        margin: object = 1.0,
        p: object = 2.0,
        eps: object = 1e-6,
        swap: object = False,
        size_average: object = None,
        reduce: object = None,
        reduction: object = "mean",
    ) -> None:
        return None

    attributes = reduction_of

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Value:
        return metric_loss.triplet_margin_loss(anchor, positive, negative, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.TripletMarginWithDistanceLoss")
class TripletMarginWithDistanceLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.TripletMarginWithDistanceLoss.html"""

    def parameters(*, distance_function: object = None, margin: object = 1.0, swap: object = False, reduction: object = "mean") -> None:
        return None

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Value:
        given = {"distance_function": self.distance_function, "reduction": self.reduction}  # type: ignore[attr-defined]
        return metric_loss.triplet_margin_with_distance_loss(anchor, positive, negative, **given)


@torch.layer("nn.MultiMarginLoss")
class MultiMarginLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiMarginLoss.html"""

    def parameters(
        p: object = 1,
        margin: object = 1.0,
        weight: object = None,
        size_average: object = None,
        reduce: object = None,
        reduction: object = "mean",
    ) -> None:
        return None

    buffers = CrossEntropyLoss.buffers
    attributes = reduction_of

    def forward(self, input: Tensor, target: Tensor) -> Value:
        return loss.multi_margin_loss(input, target, reduction=self.reduction)  # type: ignore[attr-defined]


@torch.layer("nn.CTCLoss")
class CTCLoss:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html"""

    def parameters(blank: object = 0, reduction: object = "mean", zero_infinity: object = False) -> None:
        return None

    def forward(self, log_probs: Tensor, targets: Tensor, input_lengths: object, target_lengths: object) -> Value:
        return loss.ctc_loss(log_probs, targets, input_lengths, target_lengths, reduction=self.reduction)  # type: ignore[attr-defined]


torch.python("cnnlint_torch", "sources/adaptive_softmax.py", "nn", "AdaptiveLogSoftmaxWithLoss")
