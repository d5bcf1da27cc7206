from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class PoolPaddingTooLarge(FailureRule[failures.PoolPaddingTooLarge]):
    """The padding of a pool is more than half of its kernel.

    Why is this bad?
        A window could then lie in the padding alone, with no maximum or average to give, so the framework refuses. The kernel counts
        without its dilation.

    Bad:
        pool = MaxPool2d(kernel_size=2, stride=2, padding=2)
        pool(randn(1, 64, 28, 28))

    Good:
        pool = MaxPool2d(kernel_size=4, stride=2, padding=2)
        pool(randn(1, 64, 28, 28))

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN306"

    def message(self, subject: str, failure: failures.PoolPaddingTooLarge) -> str:
        kernel, padding = failure.kernel, failure.padding
        return f"`{subject}`: `padding` must be at most half of the kernel size {kernel}, but is {padding}: 2*{padding} > {kernel}"
