from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class EinsumMismatch(FailureRule[failures.EinsumMismatch]):
    """An einsum gives one letter to axes of different sizes.

    Why is this bad?
        A letter of the equation names one size in all operands. Where two axes of the same letter differ, and neither is 1, the call
        raises. Mostly one operand's axes were transposed, or two letters were confused.

    Bad:
        q, k = randn(2, 8, 64), randn(2, 8, 32)
        einsum("bid,bjd->bij", q, k)

    Good:
        q, k = randn(2, 8, 64), randn(2, 9, 64)
        einsum("bid,bjd->bij", q, k)

    References:
        The framework's page of the operation
    """

    code = "CNN211"

    def message(self, subject: str, failure: failures.EinsumMismatch) -> str:
        where = f"the operand of shape {failure.shape}"
        return f"`{subject}`: `{failure.letter}` of `{failure.equation}` is {failure.left}, but {failure.right} in {where}"
