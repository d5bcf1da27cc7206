from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class SamePaddingWithStride(FailureRule[failures.SamePaddingWithStride]):
    """Padding that keeps the size is asked of a layer with a stride.

    Why is this bad?
        "same" means as many outputs as inputs, and a stride above 1 gives fewer; which pixels the windows should then start at is
        not agreed on between frameworks, so this one refuses when the layer is built.

    Bad:
        Conv2d(3, 16, kernel_size=3, stride=2, padding="same")

    Good:
        Conv2d(3, 16, kernel_size=3, stride=2, padding=1)

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN308"

    def message(self, subject: str, failure: failures.SamePaddingWithStride) -> str:
        return f"`{subject}`: `stride` must be 1 where padding is 'same', but is {failure.stride}"

    def help(self, failure: failures.SamePaddingWithStride) -> str:
        return "an odd kernel size K with padding K // 2 gives the input size divided by the stride, rounded up"
