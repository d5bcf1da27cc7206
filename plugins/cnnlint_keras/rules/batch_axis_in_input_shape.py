from __future__ import annotations

from dataclasses import dataclass

from cnnlint.plugin import FailureRule
from cnnlint_keras import faults


@dataclass(frozen=True)
class BatchAxisInInputShape(FailureRule[faults.BatchAxisInInputShape]):
    """The shape of an input holds the batch, which Keras adds by itself.

    Why is this bad?
        `shape` and `input_shape` are those of one example. With the batch among them the first layer gets one axis too many and raises.

    Bad:
        inputs = keras.Input(shape=(32, 28, 28, 1))
        keras.layers.Conv2D(8, 3)(inputs)

    Good:
        inputs = keras.Input(shape=(28, 28, 1))
        keras.layers.Conv2D(8, 3)(inputs)

    References:
        https://keras.io/api/layers/core_layers/input/
    """

    code = "CNN250"

    def message(self, subject: str, failure: faults.BatchAxisInInputShape) -> str:
        stated = failure.shape.dims[1:]
        rest = failure.rank - 1
        sizes = ", ".join("None" if not isinstance(size, int) else str(size) for size in stated)
        return f"`{subject}` takes {rest} axes besides the batch, but the input is stated as ({sizes}), {len(stated)} besides the batch"

    def help(self, failure: faults.BatchAxisInInputShape) -> str:
        return "the batch is no part of an input's `shape`; `batch_shape` has it"
