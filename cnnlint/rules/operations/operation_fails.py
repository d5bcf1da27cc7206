from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class OperationFails(FailureRule[failures.OperationFails]):
    """A call, an operator, a subscript or an unpacking is proven to raise.

    Why is this bad?
        The program stops at this line for every input. This is the rule of all failures that no other rule has words for.

    Bad:
        x = randn(8, 3072)
        batch, channels, height, width = x.shape

    Good:
        x = randn(8, 3072)
        batch, features = x.shape

    References:
        The framework's page of the operation
    """

    code = "CNN801"

    def message(self, subject: str, failure: failures.OperationFails) -> str:
        return f"`{subject}` raises {failure.exception}: {failure.reason}"
