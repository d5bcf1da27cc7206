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
class TrainableParamsOverBudget(Rule):
    """A model has more parameters that training changes than its budget allows.

    Why is this bad?
        Each parameter that is trained needs its gradient and the state of the optimiser besides itself, four times its bytes with
        Adam. The budget was stated because that must fit, or because most of the model was meant to be frozen.

    Bad:
        # cnnlint: budget(trainable-params=1k)
        model = Linear(100, 100)  # 10,100 parameters

    Good:
        # cnnlint: budget(trainable-params=1k)
        model = Linear(100, 9)

    References:
        Kingma & Ba, Adam, arXiv:1412.6980
    """

    code = "CNN404"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for over in exceeded(analysis, "trainable-params"):
            total = excess(over.figure)
            message = f"`{over.model.name}` has {total} trainable parameters, but a budget of {amount(over.limit.most)}"
            yield Finding(over.model.place, message, over.help)
