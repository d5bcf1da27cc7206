from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class ShuffleNotDividing(FailureRule[failures.ShuffleNotDividing]):
    """A shuffle of channels or pixels gets a number of them that its factor doesn't divide.

    Why is this bad?
        Sub-pixel upsampling by r makes r * r channels into one; its inverse makes squares of r * r pixels into channels; a channel
        shuffle deals the channels out to groups. Each needs a number that divides without a rest, and raises otherwise.

    Bad:
        conv = Conv2d(64, 3 * 2, kernel_size=3, padding=1)
        shuffle = PixelShuffle(2)
        shuffle(conv(randn(1, 64, 32, 32)))  # 6 channels, and not 3 * 2 * 2

    Good:
        conv = Conv2d(64, 3 * 2 * 2, kernel_size=3, padding=1)
        shuffle = PixelShuffle(2)
        shuffle(conv(randn(1, 64, 32, 32)))

    References:
        Shi et al., Real-time single image and video super-resolution, arXiv:1609.05158
        Zhang et al., ShuffleNet, arXiv:1707.01083
    """

    code = "CNN310"

    def message(self, subject: str, failure: failures.ShuffleNotDividing) -> str:
        size, divisor = failure.size, failure.divisor
        return f"`{subject}` gets {size} {failure.what}, which {failure.formula} must divide: {size} % {divisor} = {size % divisor}"
