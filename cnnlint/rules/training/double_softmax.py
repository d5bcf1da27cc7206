from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class DoubleSoftmax(FailureRule[oddities.DoubleSoftmax]):
    """A softmax is taken of a softmax.

    Why is this bad?
        The second one flattens what the first one decided: the probabilities of n classes can't leave the range from about 1/n to
        e/(n - 1 + e).

    Bad:
        scores = Linear(64, 10)(randn(8, 64))
        softmax(softmax(scores, dim=1), dim=1)

    Good:
        scores = Linear(64, 10)(randn(8, 64))
        softmax(scores, dim=1)

    References:
        The framework's page of the operation
    """

    code = "CNN607"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.DoubleSoftmax) -> str:
        return f"`{subject}` takes the {failure.operation} of what is a softmax along the same axis already"
