from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint.amounts import amount_of_bytes
from cnnlint.plugin import Finding, Rule
from cnnlint.rules.budgets._amounts import excess
from cnnlint.rules.budgets._over import exceeded

if TYPE_CHECKING:
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class ActivationMemoryOverBudget(Rule):
    """A model's activations take more bytes at once than its budget allows.

    Why is this bad?
        On a small device the activations of the fullest moment must fit into its memory, whatever the size of the model. Counted is
        every tensor that an operation allocates, while it is still to be read, for one example; not what training keeps.

    Bad:
        # cnnlint: input(batch, 3, 224, 224)
        # cnnlint: budget(activation-memory=2MiB)
        model = Conv2d(3, 64, kernel_size=7, stride=2, padding=3)  # (3 * 224 * 224 + 64 * 112 * 112) * 4 bytes

    Good:
        # cnnlint: input(batch, 3, 224, 224)
        # cnnlint: budget(activation-memory=2MiB, activations=int8)
        model = Conv2d(3, 64, kernel_size=7, stride=2, padding=3)

    References:
        Lin et al., MCUNet, arXiv:2007.10319
    """

    code = "CNN405"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for over in exceeded(analysis, "activation-memory"):
            where = "" if over.figure.layer is None else f" (in `{over.figure.layer}`)"
            total = excess(over.figure, is_bytes=True)
            message = f"`{over.model.name}` needs {total} for activations at once{where}, but has a budget of "
            yield Finding(over.model.place, message + amount_of_bytes(over.limit.most), over.help)
