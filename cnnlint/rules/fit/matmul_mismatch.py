from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class MatmulMismatch(FailureRule[failures.MatmulMismatch]):
    """Two matrices are multiplied whose inner sizes differ.

    Why is this bad?
        The columns of the left matrix are summed against the rows of the right one, so the two numbers must be equal;
        the call raises.

    Bad:
        query, key = randn(8, 64, 32), randn(8, 64, 32)
        query @ key

    Good:
        query, key = randn(8, 64, 32), randn(8, 64, 32)
        query @ key.transpose(-2, -1)

    References:
        Array API standard, matmul, https://data-apis.org/array-api/latest/API_specification/generated/array_api.matmul.html
    """

    code = "CNN207"

    def message(self, subject: str, failure: failures.MatmulMismatch) -> str:
        left, right = failure.left, failure.right
        inner = right[-2] if len(right) > 1 else right[-1]
        return f"`{failure.operation or subject}` multiplies {left} by {right}: the inner sizes {left[-1]} and {inner} differ"
