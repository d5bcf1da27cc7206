from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class OutputPaddingTooLarge(FailureRule[failures.OutputPaddingTooLarge]):
    """The output padding of a transposed convolution reaches its stride.

    Why is this bad?
        A convolution of stride S gives the same output size for S input sizes; `output_padding` says which of them a transposed
        convolution should give back, so it must be smaller than the stride (or than the dilation). The call raises.

    Bad:
        up = ConvTranspose2d(16, 8, kernel_size=3, stride=2, padding=1, output_padding=2)
        up(randn(1, 16, 14, 14))

    Good:
        up = ConvTranspose2d(16, 8, kernel_size=3, stride=2, padding=1, output_padding=1)
        up(randn(1, 16, 14, 14))

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN307"

    def message(self, subject: str, failure: failures.OutputPaddingTooLarge) -> str:
        bounds = f"the stride {failure.stride} or the dilation {failure.dilation}"
        return f"`{subject}`: `output_padding` must be smaller than {bounds}, but is {failure.output_padding}"
