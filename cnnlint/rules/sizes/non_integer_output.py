from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule
from cnnlint.rules.sizes._window import axes, rounding
from cnnlint.rules.sizes.output_loses_input import losing_axes

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class NonIntegerOutput(Rule):
    """The output size of a convolution or pool is no integer and is rounded down.

    Why is this bad?
        The textbook asks that (I - K + 2P) / S + 1 be an integer. Every framework rounds down instead, and good networks rely
        on it: mostly only padding is cut off. So this rule is off until it is selected; where input that should be covered
        is lost, `output-loses-input` says so.

    Bad:
        pool = MaxPool2d(kernel_size=2)
        pool(randn(1, 16, 25, 25))  # (25 - 2 + 2*0) / 2 + 1 = 12.5

    Good:
        pool = MaxPool2d(kernel_size=2)
        pool(randn(1, 16, 24, 24))  # (24 - 2 + 2*0) / 2 + 1 = 12

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN102"
    severity: ClassVar[Severity] = "warning"
    is_on: ClassVar[bool] = False

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for window in analysis.windows:
            if losing_axes(window):
                continue
            uneven = [axis for axis in axes(window) if not axis.is_integer]
            if uneven:
                yield Finding(window.place, f"`{window.subject}`: {rounding(uneven, axes(window))}", "", window.notes)
