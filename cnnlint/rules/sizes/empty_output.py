from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import failures
from cnnlint.plugin import FailureRule
from cnnlint.rules.sizes._window import Axis

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class EmptyOutput(FailureRule[failures.EmptyOutput]):
    """The input of a convolution or pool is smaller than its kernel, so that nothing comes out.

    Why is this bad?
        Where the framework checks it, the call raises (an error). Where it doesn't, the output has a size of 0, and every number
        computed from it is empty or not a number (a warning). Mostly the image is too small for the number of strides.

    Bad:
        conv = Conv2d(256, 512, kernel_size=7)
        conv(feature_map)  # 5 x 5: (5 - 7 + 2*0) / 1 + 1 = -1

    Good:
        conv = Conv2d(256, 512, kernel_size=5)
        conv(feature_map)

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN103"

    def message(self, subject: str, failure: failures.EmptyOutput) -> str:
        axis = Axis("", failure.input, failure.kernel, failure.stride, failure.padding, failure.padding, failure.dilation, failure.size)
        if failure.raises:
            return f"`{subject}`: {axis.quotient()} + 1 leaves a size of {failure.size}; it must be at least 1"
        return f"`{subject}`: {axis.quotient()} + 1 leaves a size of {failure.size}, and the framework goes on with nothing"

    def severity_of(self, failure: failures.EmptyOutput) -> Severity:
        return "error" if failure.raises else "warning"
