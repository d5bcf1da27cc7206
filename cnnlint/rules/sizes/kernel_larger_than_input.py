from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import failures
from cnnlint.plugin import FailureRule
from cnnlint.rules.sizes._window import Axis, exceeds

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class KernelLargerThanInput(FailureRule[failures.EmptyOutput]):
    """The kernel of a convolution or pool is larger than its padded input.

    Why is this bad?
        Not even one window has a place, so the call raises (an error); where the framework doesn't check it, the output has a size of
        0, and every number computed from it is empty or not a number (a warning). Mostly the image is too small for the number of
        strides before this layer: each stride of 2 halves what is left.

    Bad:
        conv = Conv2d(256, 512, kernel_size=7)
        conv(randn(1, 256, 5, 5))  # (5 - 7 + 2*0) / 1 + 1 = -1

    Good:
        conv = Conv2d(256, 512, kernel_size=7, padding=1)
        conv(randn(1, 256, 5, 5))  # (5 - 7 + 2*1) / 1 + 1 = 1

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN104"

    def takes(self, failure: failures.EmptyOutput) -> bool:
        return exceeds(failure)

    def message(self, subject: str, failure: failures.EmptyOutput) -> str:
        axis = Axis("", failure.input, failure.kernel, failure.stride, failure.padding, failure.padding, failure.dilation, failure.size)
        if failure.raises:
            return f"`{subject}`: {axis.quotient()} + 1 leaves a size of {failure.size}; it must be at least 1"
        return f"`{subject}`: {axis.quotient()} + 1 leaves a size of {failure.size}, and the framework goes on with nothing"

    def severity_of(self, failure: failures.EmptyOutput) -> Severity:
        return "error" if failure.raises else "warning"
