from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class BceWithoutSigmoid(FailureRule[oddities.BceWithoutSigmoid]):
    """A loss of probabilities gets the output of a layer of weights.

    Why is this bad?
        It takes the logarithm of its input and of 1 less its input, so numbers outside of 0 to 1 raise or give none. A layer of weights
        gives any number; a sigmoid belongs between them.

    Bad:
        scores = Linear(64, 1)(randn(8, 64))
        loss = BCELoss()
        loss(scores, rand(8, 1))

    Good:
        scores = Linear(64, 1)(randn(8, 64))
        loss = BCELoss()
        loss(scores.sigmoid(), rand(8, 1))

    References:
        Goodfellow, Bengio & Courville, Deep learning, section 6.2.2.2
    """

    code = "CNN603"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.BceWithoutSigmoid) -> str:
        return f"`{failure.loss or subject}` needs probabilities between 0 and 1, but gets the output of a layer of weights"
