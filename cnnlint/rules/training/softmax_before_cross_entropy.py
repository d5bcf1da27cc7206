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
class SoftmaxBeforeCrossEntropy(FailureRule[oddities.SoftmaxBeforeCrossEntropy]):
    """A softmax is given to a loss that takes the softmax itself.

    Why is this bad?
        The loss takes unnormalised scores. Normalised twice, the probabilities of n classes can't leave the range from about 1/n to
        e/(n - 1 + e), so that gradients are small and the loss can't come near 0.

    Bad:
        scores = Linear(64, 10)(randn(8, 64))
        loss = CrossEntropyLoss()
        loss(softmax(scores, dim=1), randint(10, (8,)))

    Good:
        scores = Linear(64, 10)(randn(8, 64))
        loss = CrossEntropyLoss()
        loss(scores, randint(10, (8,)))

    Fix safety:
        Unsafe: without the softmax in the model, whoever used its outputs as probabilities must take it.

    References:
        Goodfellow, Bengio & Courville, Deep learning, section 6.2.2.3
    """

    code = "CNN601"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.SoftmaxBeforeCrossEntropy) -> str:
        return f"`{failure.loss or subject}` takes the softmax of its input itself, but gets the output of a softmax"

    def fix(self, failure: oddities.SoftmaxBeforeCrossEntropy, written: Written) -> Fix | None:
        return removed(written, "softmax")
