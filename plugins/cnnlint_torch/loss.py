"""Loss functions: what they demand of input and target, and the shape of what they give.

Source: https://docs.pytorch.org/docs/stable/nn.functional.html#loss-functions
"""

from __future__ import annotations

from cnnlint.plugin import (
    BceWithoutSigmoid,
    ClassCountMismatch,
    InvalidArgument,
    LayerFailure,
    NllWithoutLogSoftmax,
    OperationFails,
    Shape,
    SigmoidBeforeBceWithLogits,
    SilentBroadcast,
    SoftmaxBeforeCrossEntropy,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    differ,
    equal,
    expect_equal,
    expect_rank,
    remark,
    symbols,
)
from cnnlint_torch.broadcasting import broadcast_shapes, into_left
from cnnlint_torch.datasets import CLASSES
from cnnlint_torch.dtypes import expect_dtype, expect_floats, expect_like
from cnnlint_torch.elements import ALONG, ORIGIN, allocated
from cnnlint_torch.framework import torch

REDUCTIONS = ("none", "mean", "sum")
ANY = Shape((), leading=True)
NO_LOGARITHMS = {
    "affine": "the output of a layer of weights",
    "sigmoid": "the output of a sigmoid",
    "softmax": "the output of a softmax",
}
"""What the input of a loss may be known to have come of, where that is no logarithm of probabilities."""


def chosen_reduction(reduction: Value, size_average: Value = None, reduce: Value = None) -> Value:
    """The reduction in words; the two old flags outvote it."""
    if size_average is None and reduce is None:
        return reduction
    if reduce is False:
        return "none"
    return "sum" if size_average is False else "mean"


def reduced(shape: Shape, reduction: Value, *more: str) -> Shape:
    """The loss of each element, or one number.

    Raises InvalidArgument for a word that is no reduction, Undetermined where the word is not known.
    """
    if not isinstance(reduction, str):
        raise Undetermined(reduction if isinstance(reduction, Unknown) else Unknown("`reduction` of a loss"))
    if reduction not in (*REDUCTIONS, *more):
        raise InvalidArgument(f"must be 'none', 'mean' or 'sum', but is {reduction!r}", argument="reduction", exception="ValueError")
    return shape if reduction == "none" else Shape(())


def joined_for_loss(operation: str, left: Shape, right: Shape) -> Shape:
    """The common shape of a prediction and its target; one that is neither's is remarked on."""
    joined = broadcast_shapes(operation, left, right)
    if is_spread(left, joined) and is_spread(right, joined):
        remark(SilentBroadcast(left, right, joined))
    return joined


def is_spread(shape: Shape, joined: Shape) -> bool:
    """Whether broadcasting repeats a tensor of that shape along an axis of a known size, or one that the user named."""
    if shape.leading or joined.leading:
        return False
    sizes = (1,) * (len(joined) - len(shape)) + shape.dims
    return any(
        equal(before, 1) and not equal(after, 1) and all(symbol.kind == "size" for symbol in symbols(after))
        for before, after in zip(sizes, joined, strict=True)
    )


def expect_shapes(left: Shape, right: Shape, failure: LayerFailure) -> None:
    """Raises `failure` where two shapes are proven to differ."""
    if left.leading or right.leading:
        return
    if len(left) != len(right):
        raise failure
    for a, b in zip(left, right, strict=True):
        expect_equal(a, b, failure)


def expect_classes(target: Tensor) -> None:
    """Raises DtypeMismatch for a target that is known to hold other things than classes."""
    expect_dtype(target, ("int64", "uint8"), "a target of classes")


def losses_of_classes(input: Tensor, target: Tensor) -> Shape:
    """The shape of the losses for classes as the target: the input's without its channels, which must be the target's.

    Raises OperationFails and WrongRank.
    """
    x, y = input.shape, target.shape
    if x.leading:
        return y
    if not len(x):
        raise WrongRank("at least 1", x, exception="ValueError")
    losses = Shape((x[0], *x.dims[2:])) if len(x) > 1 else Shape(())
    if not y.leading:
        mismatch = OperationFails(f"an input of shape {x} needs a target of shape {losses}, but gets {y}", argument="target")
        if len(x) > 1 and len(y):
            exception = "ValueError"
            batches = OperationFails(f"an input of {x[0]} examples gets a target of {y[0]}", argument="target", exception=exception)
            expect_equal(x[0], y[0], batches)
        is_lone_class = len(x) == 1 == len(y) and not differ(x[0], 1) and not differ(y[0], 1)
        if not is_lone_class:
            expect_shapes(losses, y, mismatch)
    expect_classes(target)
    return losses


def remark_on_classes(input: Tensor, target: Tensor) -> None:
    """Remarks on a head of another number of units than its labels have classes."""
    x, y = input.shape, target.shape
    if CLASSES not in target.data or y.rank != 1 or not x.dims or (x.rank is not None and x.rank != 2):
        return
    source, classes = target.data[CLASSES]
    units = x.dims[-1]
    if isinstance(units, int) and units != classes:
        remark(ClassCountMismatch(units, classes, source))


def expect_weights(x: Shape, weight: Shape | None) -> None:
    """Raises OperationFails where the weights of the classes are not as many as the channels."""
    if weight is not None and not weight.leading and not x.leading and len(x):
        channels = x[1] if len(x) > 1 else x[0]
        expect_equal(weight.numel, channels, OperationFails(f"{weight.numel} weights for {channels} classes", argument="weight"))


@torch.op("nn.functional.cross_entropy")
def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Shape | None = None,
    size_average: object = None,
    ignore_index: object = -100,
    reduce: object = None,
    reduction: object = "mean",
    label_smoothing: object = 0.0,
) -> Shape:
    """A target of the input's shape holds probabilities, any other the classes; channels stand second.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html
    """
    word, x, y = chosen_reduction(reduction, size_average, reduce), input.shape, target.shape
    if input.data.get(ORIGIN) == "softmax" and input.data.get(ALONG) in (1, (1 if x.rank and x.rank > 1 else 0) - (x.rank or 0)):
        remark(SoftmaxBeforeCrossEntropy(superfluous=input))
    expect_weights(x, weight)
    remark_on_classes(input, target)
    if x.rank is None or y.rank is None:
        return reduced(ANY, word)
    if x.rank != y.rank or not x.rank:
        return reduced(losses_of_classes(input, target), word)
    expected = Shape((x[0], *x.dims[2:])) if len(x) > 1 else Shape(())
    failure = OperationFails(f"an input of shape {x} needs a target of shape {expected}, or of its own, but gets {y}", argument="target")
    expect_shapes(x, y, failure)
    expect_floats(target, "a target of probabilities")
    return reduced(expected, word)


@torch.op("nn.functional.nll_loss")
def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Shape | None = None,
    size_average: object = None,
    ignore_index: object = -100,
    reduce: object = None,
    reduction: object = "mean",
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html"""
    if input.data.get(ORIGIN) in NO_LOGARITHMS:
        remark(NllWithoutLogSoftmax(NO_LOGARITHMS[input.data[ORIGIN]]))
    expect_weights(input.shape, weight)
    remark_on_classes(input, target)
    return reduced(losses_of_classes(input, target), chosen_reduction(reduction, size_average, reduce))


@torch.op("nn.functional.mse_loss", "nn.functional.l1_loss")
def elementwise_loss(
    input: Shape,
    target: Shape,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
    weight: Shape | None = None,
) -> Shape:
    """Other shapes than the input's only warn, as long as they broadcast.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html
    """
    return reduced(joined_for_loss("loss", input, target), chosen_reduction(reduction, size_average, reduce))


@torch.op("nn.functional.soft_margin_loss")
def soft_margin_loss(input: Shape, target: Shape, size_average: object = None, reduce: object = None, reduction: object = "mean") -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.soft_margin_loss.html"""
    word = chosen_reduction(reduction, size_average, reduce)
    joined = broadcast_shapes("soft_margin_loss", input, target)
    return reduced(into_left("soft_margin_loss", input, target) if word == "none" else joined, word)


@torch.op("nn.functional.smooth_l1_loss")
def smooth_l1_loss(
    input: Shape,
    target: Shape,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
    beta: object = 1.0,
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.smooth_l1_loss.html"""
    return reduced(joined_for_loss("smooth_l1_loss", input, target), chosen_reduction(reduction, size_average, reduce))


@torch.op("nn.functional.huber_loss")
def huber_loss(input: Shape, target: Shape, reduction: object = "mean", delta: object = 1.0, weight: Shape | None = None) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.huber_loss.html"""
    return reduced(joined_for_loss("huber_loss", input, target), reduction)


@torch.op("nn.functional.kl_div")
def kl_div(
    input: Shape,
    target: Shape,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
    log_target: object = False,
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.kl_div.html"""
    return reduced(broadcast_shapes("kl_div", input, target), chosen_reduction(reduction, size_average, reduce), "batchmean")


@torch.op("nn.functional.poisson_nll_loss")
def poisson_nll_loss(
    input: Shape,
    target: Shape,
    log_input: object = True,
    full: object = False,
    size_average: object = None,
    eps: object = 1e-8,
    reduce: object = None,
    reduction: object = "mean",
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.poisson_nll_loss.html"""
    return reduced(broadcast_shapes("poisson_nll_loss", input, target), chosen_reduction(reduction, size_average, reduce))


@torch.op("nn.functional.gaussian_nll_loss")
def gaussian_nll_loss(
    input: Shape, target: Shape, var: object, full: object = False, eps: object = 1e-6, reduction: object = "mean"
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gaussian_nll_loss.html"""
    return reduced(broadcast_shapes("gaussian_nll_loss", input, target), reduction)


@torch.op("nn.functional.hinge_embedding_loss")
def hinge_embedding_loss(
    input: Shape,
    target: Shape,
    margin: object = 1.0,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hinge_embedding_loss.html"""
    return reduced(broadcast_shapes("hinge_embedding_loss", input, target), chosen_reduction(reduction, size_average, reduce))


def expect_own_shape(input: Shape, target: Shape) -> None:
    """Raises OperationFails with the framework's ValueError for a target of another shape."""
    failure = OperationFails(f"the target has shape {target}, but the input {input}", argument="target", exception="ValueError")
    expect_shapes(input, target, failure)


@torch.op("nn.functional.binary_cross_entropy")
def binary_cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Shape | None = None,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy.html"""
    expect_own_shape(input.shape, target.shape)
    if input.data.get(ORIGIN) == "affine":
        remark(BceWithoutSigmoid())
    if weight is not None:
        broadcast_shapes("binary_cross_entropy", input.shape, weight)
    expect_floats(input)
    expect_like(target, input, "a target", "the input")
    return reduced(input.shape, chosen_reduction(reduction, size_average, reduce))


@torch.op("nn.functional.binary_cross_entropy_with_logits")
def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Shape | None = None,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
    pos_weight: Shape | None = None,
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html"""
    expect_own_shape(input.shape, target.shape)
    if input.data.get(ORIGIN) == "sigmoid":
        remark(SigmoidBeforeBceWithLogits(superfluous=allocated(input)))
    expect_floats(input)
    expect_floats(target, "a target")
    result = input.shape
    for factor in (weight, pos_weight):
        if factor is not None:
            result = broadcast_shapes("binary_cross_entropy_with_logits", result, factor)
    return reduced(result, chosen_reduction(reduction, size_average, reduce))


@torch.op("nn.functional.multilabel_soft_margin_loss")
def multilabel_soft_margin_loss(
    input: Shape,
    target: Shape,
    weight: Shape | None = None,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multilabel_soft_margin_loss.html"""
    if input.rank == 0:
        raise WrongRank("at least 1", input, exception="IndexError")
    losses = broadcast_shapes("multilabel_soft_margin_loss", input, target)
    return reduced(losses.removed(-1) if losses.dims else losses, chosen_reduction(reduction, size_average, reduce))


@torch.op("nn.functional.multilabel_margin_loss")
def multilabel_margin_loss(
    input: Tensor, target: Tensor, size_average: object = None, reduce: object = None, reduction: object = "mean"
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multilabel_margin_loss.html"""
    x = expect_rank(input, 2, 1, 0)
    expect_shapes(x, target.shape, OperationFails(f"the target has shape {target.shape}, but the input {x}", argument="target"))
    expect_classes(target)
    return reduced(Shape(x.dims[:-1]), chosen_reduction(reduction, size_average, reduce))


@torch.op("nn.functional.multi_margin_loss")
def multi_margin_loss(
    input: Tensor,
    target: Tensor,
    p: object = 1,
    margin: object = 1.0,
    weight: Shape | None = None,
    size_average: object = None,
    reduce: object = None,
    reduction: object = "mean",
) -> Shape:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multi_margin_loss.html"""
    x, y = expect_rank(input, 2, 1, 0), target.shape
    failure = OperationFails(f"a target of shape {y} for an input of shape {x}", argument="target")
    if len(x) == 2:
        expect_shapes(Shape(x.dims[:1]), y, failure)
    elif y.rank is not None and (y.rank > 1 or differ(y.numel, 1)):
        raise failure
    expect_classes(target)
    return reduced(Shape(x.dims[:1]) if len(x) == 2 else y, chosen_reduction(reduction, size_average, reduce))


@torch.op("nn.functional.ctc_loss", "ctc_loss")
def ctc_loss(
    log_probs: Tensor,
    targets: Tensor,
    input_lengths: object,
    target_lengths: object,
    blank: object = 0,
    reduction: object = "mean",
    zero_infinity: object = False,
) -> Shape:
    """The input is (time, batch, classes) or (time, classes).

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.ctc_loss.html
    """
    x = expect_rank(log_probs, 3, 2)
    if isinstance(reduction, int):
        reduction = REDUCTIONS[reduction] if reduction in range(3) else str(reduction)
    return reduced(Shape(x.dims[1:-1]), reduction)
