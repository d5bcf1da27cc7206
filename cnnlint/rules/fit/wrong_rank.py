from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class WrongRank(FailureRule[failures.WrongRank]):
    """A layer or an operation gets a tensor of another number of axes than it takes.

    Why is this bad?
        What the axes mean (batch, channels, height, width) follows from their number, so the call raises. Mostly a
        feature map was flattened too early, or a batch axis is missing.

    Bad:
        conv = Conv2d(3, 16, kernel_size=3)
        conv(flatten(randn(8, 3, 32, 32), 1))  # (8, 3072)

    Good:
        conv = Conv2d(3, 16, kernel_size=3)
        conv(randn(8, 3, 32, 32))

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN208"

    def message(self, subject: str, failure: failures.WrongRank) -> str:
        axes = "axis" if failure.expected.split()[-1] == "1" else "axes"
        by = f" for `{failure.by}`" if failure.by else ""
        return f"`{subject}` expects {failure.expected} {axes}{by}, but gets {failure.got.rank}: {failure.got}"
