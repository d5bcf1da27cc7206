from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class AxisOutOfRange(FailureRule[failures.AxisOutOfRange]):
    """An operation names an axis that its tensor doesn't have.

    Why is this bad?
        A tensor of n axes has those from 0 to n - 1, or counted from the end from -n to -1. The call raises for any other. Mostly an
        axis was lost on the way (a flatten, a mean without `keepdim`), or the number of channels was written for their axis.

    Bad:
        x = randn(8, 3, 32, 32)
        softmax(x, dim=4)

    Good:
        x = randn(8, 3, 32, 32)
        softmax(x, dim=1)

    References:
        The framework's page of the operation
    """

    code = "CNN212"

    def message(self, subject: str, failure: failures.AxisOutOfRange) -> str:
        bounds = f"must lie between {failure.least} and {failure.most}"
        of = f"of shape {failure.shape}" if failure.shape is not None else f"of {-failure.least} ax{'is' if failure.least == -1 else 'es'}"
        return f"`{subject}`: `{failure.argument}` {bounds} for a tensor {of}, but is {failure.axis}"
