from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class CrossEntropyWithoutSoftmax(FailureRule[oddities.CrossEntropyWithoutSoftmax]):
    """A loss that takes probabilities of classes gets the output of a layer of weights.

    Why is this bad?
        The loss takes the logarithm of what it gets. Scores may be negative and don't sum to 1; they are clipped, and what is
        trained is not what is written.

    Bad:
        model = Sequential([Input((64,)), Dense(10)])
        model.compile(loss="categorical_crossentropy")

    Good:
        model = Sequential([Input((64,)), Dense(10, activation="softmax")])
        model.compile(loss="categorical_crossentropy")

    References:
        Goodfellow, Bengio & Courville, Deep learning, section 6.2.2.3
    """

    code = "CNN608"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.CrossEntropyWithoutSoftmax) -> str:
        return f"`{failure.loss or subject}` takes probabilities, but gets the output of a layer of weights, without a softmax"

    def help(self, failure: oddities.CrossEntropyWithoutSoftmax) -> str:
        return "end the model with a softmax, or tell the loss that it gets scores"
