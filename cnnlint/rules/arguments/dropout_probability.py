from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class DropoutProbability(FailureRule[failures.DropoutProbability]):
    """A dropout probability isn't between 0 and 1.

    Why is this bad?
        It is the share of elements that are set to zero, not a percentage and not the number of elements. The constructor raises.

    Bad:
        Dropout(p=50)

    Good:
        Dropout(p=0.5)

    References:
        Srivastava et al., Dropout, Journal of Machine Learning Research 15, 2014
    """

    code = "CNN311"

    def message(self, subject: str, failure: failures.DropoutProbability) -> str:
        return f"`{subject}`: `{failure.argument}` must be between 0 and 1, but is {failure.probability}"
