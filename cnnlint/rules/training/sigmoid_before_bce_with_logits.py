from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule
from cnnlint.plugin.mending import removed

if TYPE_CHECKING:
    from cnnlint.diagnostics import Fix, Severity
    from cnnlint.graph import Written


@dataclass(frozen=True)
class SigmoidBeforeBceWithLogits(FailureRule[oddities.SigmoidBeforeBceWithLogits]):
    """A sigmoid is given to a loss that takes the sigmoid itself.

    Why is this bad?
        The loss takes unnormalised scores. Squashed twice, no probability leaves the range from 0.5 to 0.73.

    Bad:
        scores = Linear(64, 1)(randn(8, 64))
        loss = BCEWithLogitsLoss()
        loss(scores.sigmoid(), rand(8, 1))

    Good:
        scores = Linear(64, 1)(randn(8, 64))
        loss = BCEWithLogitsLoss()
        loss(scores, rand(8, 1))

    Fix safety:
        Unsafe: without the sigmoid in the model, whoever used its outputs as probabilities must take it.

    References:
        Goodfellow, Bengio & Courville, Deep learning, section 6.2.2.2
    """

    code = "CNN602"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.SigmoidBeforeBceWithLogits) -> str:
        return f"`{failure.loss or subject}` takes the sigmoid of its input itself, but gets the output of a sigmoid"

    def fix(self, failure: oddities.SigmoidBeforeBceWithLogits, written: Written) -> Fix | None:
        return removed(written, "sigmoid")
