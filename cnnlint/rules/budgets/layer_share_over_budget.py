from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint.amounts import percentage
from cnnlint.plugin import Finding, Rule
from cnnlint.rules.budgets._over import exceeded

if TYPE_CHECKING:
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class LayerShareOverBudget(Rule):
    """One layer holds a larger share of the parameters than the budget allows.

    Why is this bad?
        A fully connected layer behind a flattened map often holds nine tenths of a network, learns slowly and overfits; pooling before
        it makes it small.

    Bad:
        # cnnlint: budget(layer-share=90%)
        model = Sequential(Conv2d(3, 8, 3), Flatten(), Linear(8 * 30 * 30, 10))  # 72,010 of 72,234

    Good:
        # cnnlint: budget(layer-share=90%)
        model = Sequential(Conv2d(3, 8, 3), AdaptiveAvgPool2d(1), Flatten(), Linear(8, 10))

    References:
        Lin et al., Network in network, arXiv:1312.4400
    """

    code = "CNN408"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        from cnnlint.graph import Note, largest_layer  # as in `exceeded`

        for over in exceeded(analysis, "layer-share"):
            layer = largest_layer(over.model)
            if layer is not None and isinstance(layer.params, int) and isinstance(over.figure.amount, int):
                held = f"{layer.params:,} of {over.model.params:,} parameters, {percentage(over.figure.amount)}"
                message = f"`{layer.name}` of `{over.model.name}` holds {held}, but may hold {percentage(over.limit.most)}"
                notes = tuple(Note(place, f"`{layer.name}` is built here") for place in layer.built[-1:])
                yield Finding(over.model.place, message, over.help, notes)
