from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import failures
from cnnlint.plugin import FailureRule
from cnnlint.plugin.mending import resized

if TYPE_CHECKING:
    from cnnlint.diagnostics import Fix
    from cnnlint.graph import Written


@dataclass(frozen=True)
class ChannelMismatch(FailureRule[failures.ChannelMismatch]):
    """A convolution is built for another number of channels than it gets.

    Why is this bad?
        Each filter of a convolution has one slice of weights per input channel. With another number of channels
        there is nothing to multiply, and the call raises.

    Bad:
        conv1 = Conv2d(in_channels=3, out_channels=6, kernel_size=5)
        conv2 = Conv2d(in_channels=32, out_channels=16, kernel_size=5)
        conv2(conv1(randn(1, 3, 32, 32)))  # conv2 expects 32 input channels, but gets 6

    Good:
        conv1 = Conv2d(in_channels=3, out_channels=6, kernel_size=5)
        conv2 = Conv2d(in_channels=6, out_channels=16, kernel_size=5)
        conv2(conv1(randn(1, 3, 32, 32)))

    Fix safety:
        Safe where one number serves all analysed uses of the place where it is written; no fix is offered otherwise.

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN201"

    def message(self, subject: str, failure: failures.ChannelMismatch) -> str:
        return f"`{subject}` expects {failure.expected} input channels, but gets {failure.got}"

    def fix(self, failure: failures.ChannelMismatch, written: Written) -> Fix | None:
        return resized(written, failure.argument, failure.expected, failure.got)
