from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule
from cnnlint.rules._proof import greater

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class StrideLargerThanKernel(Rule):
    """The stride of a convolution or pool is larger than its kernel.

    Why is this bad?
        Whole rows and columns between the windows are read by nothing. A kernel of 1 with stride 2 is common on shortcuts, where it
        drops three pixels of four; pooling first uses them all.

    Bad:
        shortcut = Conv2d(64, 128, kernel_size=1, stride=2)
        shortcut(randn(8, 64, 28, 28))

    Good:
        shortcut = Sequential(AvgPool2d(2), Conv2d(64, 128, kernel_size=1))
        shortcut(randn(8, 64, 28, 28))

    References:
        He et al., Bag of tricks for image classification with convolutional neural networks, arXiv:1812.01187, section 4
    """

    code = "CNN703"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for window in analysis.windows:
            for kernel, stride, dilation in zip(window.kernel, window.stride, window.dilation, strict=True):
                if window.rounds and greater(stride, dilation * (kernel - 1) + 1):
                    message = f"`{window.subject}`: a kernel of {kernel} with stride {stride} leaves pixels between its windows"
                    yield Finding(window.place, message, "", window.notes)
                    break
