from __future__ import annotations

from dataclasses import dataclass

from cnnlint.plugin import FailureRule
from cnnlint_keras import faults


@dataclass(frozen=True)
class ReturnSequencesMissing(FailureRule[faults.ReturnSequencesMissing]):
    """A layer needs a sequence, but the recurrent layer before it gives only its last step.

    Why is this bad?
        By default a recurrent layer gives what came of the last step, a vector for each example. A second recurrent layer, a
        convolution or a pool over the steps raises at that.

    Bad:
        x = keras.layers.LSTM(64)(keras.Input((20, 8)))
        keras.layers.LSTM(32)(x)

    Good:
        x = keras.layers.LSTM(64, return_sequences=True)(keras.Input((20, 8)))
        keras.layers.LSTM(32)(x)

    References:
        https://keras.io/api/layers/recurrent_layers/lstm/
    """

    code = "CNN251"

    def message(self, subject: str, failure: faults.ReturnSequencesMissing) -> str:
        return f"`{subject}` needs a sequence, {failure.rank} axes, but `{failure.before}` gives only its last step, {failure.shape}"

    def help(self, failure: faults.ReturnSequencesMissing) -> str:
        return f"with `return_sequences=True`, `{failure.before}` gives all steps"
