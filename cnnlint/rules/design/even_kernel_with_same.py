from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class EvenKernelWithSame(FailureRule[oddities.EvenKernelWithSame]):
    """A kernel of even size is padded to keep the size.

    Why is this bad?
        K - 1 pixels of padding can't be shared out to both sides, so that one more stands behind, and the feature map moves by half a
        pixel at each such layer.

    Bad:
        conv = Conv2d(3, 16, kernel_size=4, padding="same")
        conv(randn(8, 3, 32, 32))

    Good:
        conv = Conv2d(3, 16, kernel_size=3, padding="same")
        conv(randn(8, 3, 32, 32))

    References:
        Wu et al., Convolution with even-sized kernels and symmetric padding, arXiv:1903.08385
    """

    code = "CNN708"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def message(self, subject: str, failure: oddities.EvenKernelWithSame) -> str:
        return f"`{subject}`: a kernel of {failure.kernel} needs {failure.kernel - 1} pixels of padding, one more behind than before"
