from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class SilentBroadcast(FailureRule[oddities.SilentBroadcast]):
    """A loss compares every prediction with every target.

    Why is this bad?
        A prediction of shape (n, 1) and a target of shape (n,) are brought to (n, n) before they are compared, and the mean over all
        pairs is minimised by predicting the mean of the targets. Nothing raises.

    Bad:
        loss = MSELoss()
        loss(randn(32, 1), randn(32))

    Good:
        loss = MSELoss()
        loss(randn(32, 1).squeeze(1), randn(32))

    References:
        Array API standard, Broadcasting, https://data-apis.org/array-api/latest/API_specification/broadcasting.html
    """

    code = "CNN217"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.SilentBroadcast) -> str:
        return f"`{subject}` brings {failure.left} and {failure.right} to {failure.joined}, and compares each with all others"
