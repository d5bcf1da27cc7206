from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import failures
from cnnlint.plugin import FailureRule
from cnnlint.rules._proof import equal
from cnnlint.rules.sizes._window import exceeds, operand

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class EmptyOutput(FailureRule[failures.EmptyOutput]):
    """Nothing comes out of a transposed convolution, because its padding takes all of it away.

    Why is this bad?
        Where the framework checks it, the call raises (an error). Where it doesn't, the output has a size of 0, and every number
        computed from it is empty or not a number (a warning). The padding of a transposed convolution is cut off its output:
        O = (I - 1) S - 2P + K.

    Bad:
        up = ConvTranspose2d(64, 32, kernel_size=2, stride=2, padding=3)
        up(randn(1, 64, 2, 2))  # (2 - 1) * 2 - 2*3 + 2 = -2

    Good:
        up = ConvTranspose2d(64, 32, kernel_size=2, stride=2)
        up(randn(1, 64, 2, 2))  # (2 - 1) * 2 - 2*0 + 2 = 4

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN103"

    def takes(self, failure: failures.EmptyOutput) -> bool:
        return not exceeds(failure)

    def message(self, subject: str, failure: failures.EmptyOutput) -> str:
        i, k, s, p = failure.input, failure.kernel, failure.stride, failure.padding
        kernel = operand(k) if equal(failure.dilation, 1) else f"({operand(failure.dilation)}*({operand(k)} - 1) + 1)"
        added = failure.size - ((i - 1) * s - 2 * p + failure.dilation * (k - 1) + 1)
        formula = f"({i} - 1) * {operand(s)} - 2*{operand(p)} + {kernel}" + ("" if equal(added, 0) else f" + {operand(added)}")
        if failure.raises:
            return f"`{subject}`: {formula} = {failure.size}; the size must be at least 1"
        return f"`{subject}`: {formula} = {failure.size}, and the framework goes on with nothing"

    def severity_of(self, failure: failures.EmptyOutput) -> Severity:
        return "error" if failure.raises else "warning"
