from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class Checkerboard(FailureRule[oddities.Checkerboard]):
    """The kernel of a transposed convolution isn't a multiple of its stride.

    Why is this bad?
        Some output pixels are then the sum of more kernel positions than their neighbours, in a pattern like a checkerboard, which the
        weights have to learn to cancel.

    Bad:
        up = ConvTranspose2d(16, 8, kernel_size=3, stride=2)
        up(randn(8, 16, 14, 14))

    Good:
        up = ConvTranspose2d(16, 8, kernel_size=4, stride=2, padding=1)
        up(randn(8, 16, 14, 14))

    References:
        Odena, Dumoulin & Olah, Deconvolution and checkerboard artifacts, Distill 2016, doi:10.23915/distill.00003
    """

    code = "CNN702"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def message(self, subject: str, failure: oddities.Checkerboard) -> str:
        remainder = f"{failure.kernel} % {failure.stride} = {failure.kernel % failure.stride}"
        return f"`{subject}`: the kernel size is no multiple of the stride: {remainder}; output pixels get unequal sums"
