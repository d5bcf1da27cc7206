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
class LayerMemoryOverBudget(Rule):
    """A layer reads, makes and weighs more bytes than the budget allows.

    Why is this bad?
        Where layers run one by one, on an accelerator with a small memory of its own, each must fit into that with its input, its
        output and its weights. Counted is one example.

    Bad:
        # cnnlint: input(batch, 400)
        # cnnlint: budget(layer-memory=128KiB)
        model = Linear(400, 120)  # (400 + 120 + 400 * 120 + 120) * 4 bytes

    Good:
        # cnnlint: input(batch, 400)
        # cnnlint: budget(layer-memory=128KiB, weights=int8)
        model = Linear(400, 120)

    References:
        Lin et al., MCUNet, arXiv:2007.10319
    """

    code = "CNN406"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for over in exceeded(analysis, "layer-memory"):
            layer = "a layer" if over.figure.layer is None else f"`{over.figure.layer}`"
            total = excess(over.figure, is_bytes=True)
            message = f"{layer} of `{over.model.name}` reads, makes and weighs {total}, but has a budget of "
            yield Finding(over.model.place, message + amount_of_bytes(over.limit.most), over.help)
