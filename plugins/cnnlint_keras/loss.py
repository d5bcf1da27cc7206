"""Losses: which activation each expects of the head, and which labels.

Source: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnlint.plugin import (
    BceWithoutSigmoid,
    ClassCountMismatch,
    CrossEntropyWithoutSoftmax,
    DictValue,
    Dim,
    Door,
    Instance,
    ListValue,
    Shape,
    SigmoidBeforeBceWithLogits,
    SoftmaxBeforeCrossEntropy,
    Tensor,
    Unknown,
    Value,
    differ,
    remark,
)
from cnnlint_keras.activation import GIVES
from cnnlint_keras.faults import SparseOneHotConfusion
from cnnlint_keras.framework import below, keras
from cnnlint_keras.module import name_of
from cnnlint_keras.origins import node_of, tensors_of

CLASSES = "classes"
"""Of labels: the data set that they are of, and how many classes it has."""
IS_ONE_HOT = "is_one_hot"
"""Of labels: that they are rows with a value for each class, however many there are."""
FROM_LOGITS = "_from_logits"
KINDS = {
    "binary_crossentropy": "binary",
    "bce": "binary",
    "BCE": "binary",
    "BinaryCrossentropy": "binary",
    "categorical_crossentropy": "categorical",
    "CategoricalCrossentropy": "categorical",
    "sparse_categorical_crossentropy": "sparse",
    "SparseCategoricalCrossentropy": "sparse",
}
WITH_LOGITS = {
    "sigmoid_cross_entropy_with_logits": "binary",
    "softmax_cross_entropy_with_logits": "categorical",
    "sparse_softmax_cross_entropy_with_logits": "sparse",
}


@dataclass(frozen=True)
class Loss:
    """A cross-entropy as the program names it; `from_logits` None where it is not known whether it takes scores or probabilities."""

    name: str
    kind: str
    from_logits: bool | None


def loss_of(door: Door, value: Value) -> Loss | None:
    """The cross-entropy that a `loss` stands for; None for any other."""
    if isinstance(value, str):
        return Loss(value, KINDS[value], False) if value in KINDS else None
    if isinstance(value, Instance):
        if FROM_LOGITS not in value.contents:
            return None
        flag = value.contents[FROM_LOGITS]
        shown = f"{value.cls.name}(from_logits={flag})" if flag is not False else value.cls.name
        return Loss(shown, KINDS[value.cls.name], flag if isinstance(flag, bool) else None)
    for name in KINDS:
        if name.islower() and not isinstance(value, Unknown) and value is door.framework_value(keras, f"losses.{name}"):
            return Loss(name, KINDS[name], False)
    return None


@keras.native(*(f"losses.{name}.__init__" for name in KINDS if name.endswith("Crossentropy")), takes_unknown=True)
def make_loss(door: Door, made: Instance, /, from_logits: Value = False, *options: Value, **keywords: Value) -> None:
    door.put(made, FROM_LOGITS, from_logits)


@keras.native(*(f"losses.{name}.__call__" for name in KINDS if name.endswith("Crossentropy")), takes_unknown=True)
def call_loss(door: Door, made: Instance, /, y_true: Value, y_pred: Value, *options: Value, **keywords: Value) -> Value:
    """The loss of a step of training that the program writes itself."""
    loss = loss_of(door, made)
    if loss is not None and isinstance(y_pred, Tensor):
        judge(loss, y_pred, y_true)
    return door.unknown("a number that training computes", is_harmless=True)


def declare(name: str, kind: str) -> None:
    """A cross-entropy as a function."""

    @keras.native(*below("losses", name), *below("metrics", name), *below("backend", name), *below("ops", name), takes_unknown=True)
    def compute(door: Door, /, y_true: Value = None, y_pred: Value = None, from_logits: Value = False, **keywords: Value) -> Value:
        prediction = keywords.get("output", y_pred)
        if isinstance(prediction, Tensor):
            loss = Loss(name, kind, from_logits if isinstance(from_logits, bool) else None)
            judge(loss, prediction, keywords.get("target", y_true))
        return door.unknown("a number that training computes", is_harmless=True)


for _name, _kind in KINDS.items():
    if _name.endswith("_crossentropy"):
        declare(_name, _kind)
keras.alias("losses.binary_crossentropy", "losses.bce", "losses.BCE")


def declare_of_logits(name: str, kind: str) -> None:
    """A cross-entropy of TensorFlow, which takes scores."""

    @keras.native(f"tf.nn.{name}", takes_unknown=True)
    def compute(door: Door, /, labels: Value = None, logits: Value = None, *options: Value, **keywords: Value) -> Value:
        if isinstance(logits, Tensor):
            judge(Loss(name, kind, True), logits, labels)
        return door.unknown("a number that training computes", is_harmless=True)


for _name, _kind in WITH_LOGITS.items():
    declare_of_logits(_name, _kind)


# A model, what it is compiled with, and what it is trained on


def pairs(door: Door, losses: Value, outputs: Value, targets: Value = None) -> Iterator[tuple[Loss, Tensor, Value]]:
    """Each cross-entropy with the output that it is of and its labels, as far as it is known which belong together."""
    heads = list(tensors_of(outputs))
    labels = list(tensors_of(targets))
    matched: list[Value] = labels if len(labels) == len(heads) else [None] * len(heads)
    held = losses.contents if isinstance(losses, (ListValue, DictValue)) else losses
    if isinstance(held, dict):
        names = named(outputs)
        found = [(held.get(name), head, label) for name, head, label in zip(names, heads, matched, strict=True)] if names else []
    elif isinstance(held, (list, tuple)):
        found = list(zip(held, heads, matched, strict=True)) if len(held) == len(heads) else []
    else:
        found = [(held, head, label) for head, label in zip(heads, matched, strict=True)]
    for value, head, label in found:
        loss = loss_of(door, value)
        if loss is not None:
            yield loss, head, label


def named(outputs: Value) -> list[str] | None:
    """The names of a model's outputs in the order of their tensors: the keys of a dict, else the names of the layers that give them."""
    held = outputs.contents if isinstance(outputs, DictValue) else None
    if isinstance(held, dict):
        return sorted(map(str, held))
    nodes = [node_of(tensor) for tensor in tensors_of(outputs)]
    return [name_of(node.layer) for node in nodes if node is not None and node.layer is not None] if all(nodes) else None


def judge(loss: Loss, prediction: Tensor, target: Value) -> None:
    """Remarks on what a loss gets that it can't be meant for."""
    judge_head(loss, prediction)
    if isinstance(target, Tensor):
        judge_labels(loss, prediction.shape, target)


def judge_head(loss: Loss, prediction: Tensor) -> None:
    """Remarks on an activation of the head that the loss takes itself, or that it misses."""
    gives = prediction.data.get(GIVES)
    if loss.kind == "binary":
        if loss.from_logits is True and gives == "sigmoid":
            remark(SigmoidBeforeBceWithLogits(loss=loss.name))
        elif loss.from_logits is False and gives == "affine":
            remark(BceWithoutSigmoid(loss=loss.name))
    elif loss.from_logits is True and gives == "softmax":
        remark(SoftmaxBeforeCrossEntropy(loss=loss.name))
    elif loss.from_logits is False and gives == "affine":
        remark(CrossEntropyWithoutSoftmax(loss=loss.name))


def judge_labels(loss: Loss, shape: Shape, target: Tensor) -> None:
    """Remarks on labels of the other kind, and on another number of classes than the head has units."""
    labels = target.shape
    if shape.leading or labels.leading or len(shape) < 2:
        return
    units = shape.dims[-1]
    is_row = len(labels) == len(shape) and (differ(labels.dims[-1], 1) or IS_ONE_HOT in target.data)
    if (loss.kind == "sparse" and is_row) or (loss.kind == "binary" and is_row and units == 1):
        remark(SparseOneHotConfusion(loss.name, labels, units, is_one_hot=True))
    elif loss.kind != "sparse" and not is_row and differ(units, 1) and len(labels) in (len(shape) - 1, len(shape)):
        remark(SparseOneHotConfusion(loss.name, labels, units, is_one_hot=False))
    elif loss.kind != "sparse" and is_row:
        count_classes(units, labels.dims[-1], "")
    elif loss.kind == "sparse" and CLASSES in target.data:
        source, classes = target.data[CLASSES]
        count_classes(units, classes, source)


def count_classes(units: Dim, classes: Dim, source: str) -> None:
    if isinstance(units, int) and isinstance(classes, int) and units != classes:
        remark(ClassCountMismatch(units, classes, source))
