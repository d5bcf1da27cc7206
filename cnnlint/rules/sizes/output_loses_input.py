from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule
from cnnlint.rules._proof import equal, greater
from cnnlint.rules.sizes._window import Axis, axes, counted, rounding

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import FileAnalysis, WindowCall


@dataclass(frozen=True)
class OutputLosesInput(Rule):
    """The windows of a layer don't cover its input: the last rows or columns are read by nothing.

    Why is this bad?
        The output size (I - K + 2P) / S + 1 is rounded down. Where more is cut off than padding, a strip at the right and
        the bottom has no influence on the output, and the sizes that follow are not those that were planned on paper.
        Only layers are reported whose windows overlap (K > S), or that have weights and read each input once (K = S):
        a pool of size 2 on an odd size, and a kernel of 1 with stride 2, drop input by design.

    Bad:
        conv1 = Conv2d(3, 96, kernel_size=11, stride=4)
        conv1(randn(1, 3, 224, 224))  # (224 - 11 + 2*0) / 4 + 1 = 54.25

    Good:
        conv1 = Conv2d(3, 96, kernel_size=11, stride=4)
        conv1(randn(1, 3, 227, 227))  # (227 - 11 + 2*0) / 4 + 1 = 55

    Fix safety:
        Another input size or padding changes every size that follows, and with it the input features of fully connected layers.

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
        Krizhevsky, Sutskever & Hinton, ImageNet classification with deep convolutional neural networks, NIPS 2012
    """

    code = "CNN101"
    severity: ClassVar[Severity] = "warning"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for window in analysis.windows:
            losing = losing_axes(window)
            if losing:
                lost = counted([(axis.name, axis.lost) for axis in losing])
                is_one = len(losing) == 1 and str(losing[0].lost) == "1"
                message = f"`{window.subject}`: {rounding(losing, axes(window))}; {lost} {'is' if is_one else 'are'} read by nothing"
                yield Finding(window.place, message, _fitting(losing), window.notes)


def losing_axes(window: WindowCall) -> list[Axis]:
    """The axes on which input, not only padding, is proven to be cut off though the windows should cover it."""
    return [axis for axis in axes(window) if equal(axis.D, 1) and greater(axis.lost, 0) and _should_cover(window, axis)]


def _should_cover(window: WindowCall, axis: Axis) -> bool:
    return bool(greater(axis.K, axis.S) or (window.has_weights and equal(axis.K, axis.S)))


def _fitting(losing: list[Axis]) -> str:
    fitting = {axis.fitting_inputs() for axis in losing}
    match list(fitting):
        case [(below, above)]:
            return f"inputs of {below} and {above} fit evenly"
        case _:
            return ""
