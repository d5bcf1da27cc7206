from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint.amounts import amount
from cnnlint.plugin import Finding, Rule
from cnnlint.rules.budgets._amounts import excess
from cnnlint.rules.budgets._over import exceeded

if TYPE_CHECKING:
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class MacsOverBudget(Rule):
    """A model needs more multiply-accumulate operations (MACs) for its input than its budget allows.

    Why is this bad?
        The budget was stated because the model must run somewhere in time. Counted are convolutions, fully connected layers,
        matrix products and attention, for the input as given; a symbolic batch counts 1. One MAC is two FLOPs.

    Bad:
        # cnnlint: input(batch, 3, 224, 224)
        # cnnlint: budget(macs=100M)
        model = Conv2d(3, 64, kernel_size=7, stride=2, padding=3)  # 118,013,952 MACs

    Good:
        # cnnlint: input(batch, 3, 224, 224)
        # cnnlint: budget(macs=100M)
        model = Conv2d(3, 64, kernel_size=7, stride=4, padding=3)

    References:
        Howard et al., MobileNets, arXiv:1704.04861
    """

    code = "CNN402"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for over in exceeded(analysis, "macs"):
            total = excess(over.figure)
            message = f"`{over.model.name}` needs {total} MACs, but has a budget of {amount(over.limit.most)}"
            yield Finding(over.model.place, message, over.help)
