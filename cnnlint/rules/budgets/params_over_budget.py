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
class ParamsOverBudget(Rule):
    """A model has more parameters than its budget allows.

    Why is this bad?
        The budget was stated because the model must fit somewhere: a device, a download, a table in a paper.

    Bad:
        # cnnlint: budget(params=10k)
        model = Linear(100, 100)  # 100 * 100 + 100 = 10,100 parameters

    Good:
        # cnnlint: budget(params=10k)
        model = Linear(100, 100, bias=False)

    References:
        Iandola et al., SqueezeNet, arXiv:1602.07360
    """

    code = "CNN401"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for over in exceeded(analysis, "params"):
            total = excess(over.figure)
            message = f"`{over.model.name}` has {total} parameters, but a budget of {amount(over.limit.most)}"
            yield Finding(over.model.place, message, over.help)
