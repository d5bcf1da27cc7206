from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint.amounts import amount_of_bytes
from cnnlint.dtypes import USUAL
from cnnlint.plugin import Finding, Rule
from cnnlint.rules.budgets._amounts import excess
from cnnlint.rules.budgets._over import exceeded

if TYPE_CHECKING:
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class ModelSizeOverBudget(Rule):
    """A model's weights take more bytes than its budget allows.

    Why is this bad?
        The budget was stated because the file must be downloaded, or fit into a flash memory. Counted are all parameters and buffers,
        in the dtype that the budget names.

    Bad:
        # cnnlint: budget(model-size=32KiB)
        model = Linear(100, 100)  # (100 * 100 + 100) * 4 bytes

    Good:
        # cnnlint: budget(model-size=32KiB, weights=float16)
        model = Linear(100, 100)

    References:
        Han et al., Deep compression, arXiv:1510.00149
    """

    code = "CNN407"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for over in exceeded(analysis, "model-size"):
            dtype = over.model.budget.weights if over.model.budget is not None and over.model.budget.weights else USUAL
            total = excess(over.figure, is_bytes=True)
            message = f"`{over.model.name}` has weights of {total} in {dtype}, but a budget of {amount_of_bytes(over.limit.most)}"
            yield Finding(over.model.place, message, over.help)
