from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import FailureRule
from cnnlint_keras import faults

if TYPE_CHECKING:
    from cnnlint.plugin import Severity


@dataclass(frozen=True)
class SparseOneHotConfusion(FailureRule[faults.SparseOneHotConfusion]):
    """A cross-entropy gets labels as rows where it takes numbers, or the other way round.

    Why is this bad?
        `sparse_categorical_crossentropy` takes the number of the right class, `categorical_crossentropy` and `binary_crossentropy` a value
        for each unit of the head. With the other kind of labels the shapes don't fit, and `fit` raises.

    Bad:
        (x, y), _ = keras.datasets.mnist.load_data()
        model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])
        model.compile(loss="categorical_crossentropy")
        model.fit(x, y)

    Good:
        (x, y), _ = keras.datasets.mnist.load_data()
        model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])
        model.compile(loss="sparse_categorical_crossentropy")
        model.fit(x, y)

    References:
        https://keras.io/api/losses/probabilistic_losses/
    """

    code = "CNN650"
    severity: ClassVar[Severity] = "error"

    def message(self, subject: str, failure: faults.SparseOneHotConfusion) -> str:
        units = "1 unit" if failure.units == 1 else f"{failure.units} units"
        if failure.is_one_hot:
            wanted = "the number of the class" if failure.units != 1 else "one number an example"
            return f"`{failure.loss}` takes {wanted}, but the labels are rows with a value for each class, {failure.labels}"
        return f"`{failure.loss}` takes a value for each of {units}, but the labels are numbers, {failure.labels}"

    def help(self, failure: faults.SparseOneHotConfusion) -> str:
        if failure.loss in ("categorical_crossentropy", "CategoricalCrossentropy"):
            return "the sparse cross-entropy takes numbers; `keras.utils.to_categorical` makes rows of them"
        if failure.is_one_hot and failure.units != 1:
            return "`categorical_crossentropy` takes rows"
        return ""
