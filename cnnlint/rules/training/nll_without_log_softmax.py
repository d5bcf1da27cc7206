from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class NllWithoutLogSoftmax(FailureRule[oddities.NllWithoutLogSoftmax]):
    """A loss of log-probabilities gets something else.

    Why is this bad?
        The negative log-likelihood only picks the entry of the target and turns its sign. Of scores or of probabilities it has no lower
        bound that means anything: it falls for ever as the scores grow.

    Bad:
        scores = Linear(64, 10)(randn(8, 64))
        loss = NLLLoss()
        loss(softmax(scores, dim=1), randint(10, (8,)))

    Good:
        scores = Linear(64, 10)(randn(8, 64))
        loss = NLLLoss()
        loss(functional.log_softmax(scores, dim=1), randint(10, (8,)))

    References:
        Goodfellow, Bengio & Courville, Deep learning, section 6.2.2.3
    """

    code = "CNN604"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.NllWithoutLogSoftmax) -> str:
        return f"`{subject}` needs log-probabilities, but gets {failure.given}"
