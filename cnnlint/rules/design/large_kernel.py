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
class LargeKernel(Rule):
    """A convolution has a large kernel.

    Why is this bad?
        Its weights and costs grow with the square of the size. Three layers of 3 x 3 see as far as one of 7 x 7 with about half of the
        weights and two activations more. Reported above 7; first layers of some networks, and depthwise ones, are large on purpose.

    Bad:
        conv = Conv2d(64, 64, kernel_size=11, padding=5)
        conv(randn(8, 64, 28, 28))

    Good:
        conv = Conv2d(64, 64, kernel_size=3, padding=1)
        conv(randn(8, 64, 28, 28))

    References:
        Simonyan & Zisserman, Very deep convolutional networks for large-scale image recognition, arXiv:1409.1556, section 2.3
    """

    code = "CNN705"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for window in analysis.windows:
            sizes = tuple(window.kernel)
            if window.has_weights and len(sizes) > 1 and all(greater(size, 7) for size in sizes):
                shown = " x ".join(map(str, sizes))
                yield Finding(window.place, f"`{window.subject}` has a kernel of {shown}; above 7 x 7 smaller ones in a row cost less")
