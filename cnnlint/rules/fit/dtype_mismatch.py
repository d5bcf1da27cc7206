from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class DtypeMismatch(FailureRule[failures.DtypeMismatch]):
    """A layer or an operation gets a tensor of another dtype than it computes with.

    Why is this bad?
        Products of floats want both sides in one precision, tables want whole numbers to look up, and frameworks do not
        convert one into the other where that would cost accuracy unseen; the call raises.

    Bad:
        table = Embedding(1000, 64)
        table(zeros(8, 16))  # 0.0 is no place in a table

    Good:
        table = Embedding(1000, 64)
        table(zeros(8, 16, dtype=int64))

    References:
        Array API standard, type promotion rules, https://data-apis.org/array-api/latest/API_specification/type_promotion.html
    """

    code = "CNN209"

    def message(self, subject: str, failure: failures.DtypeMismatch) -> str:
        return f"`{failure.operation or subject}` expects {failure.expected}, but gets {failure.got}"
