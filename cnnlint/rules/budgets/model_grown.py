from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint.amounts import percentage
from cnnlint.plugin import Finding, Rule
from cnnlint.rules._proof import greater
from cnnlint.rules.budgets._amounts import growth

if TYPE_CHECKING:
    from cnnlint.graph import FileAnalysis, Model, Note, Recorded

_MOST_LAYERS = 5


@dataclass(frozen=True)
class ModelGrown(Rule):
    """A model costs more than when its costs were recorded.

    Why is this bad?
        Costs creep: a wider head here, a larger image there, each too small to be noticed in a review. `cnnlint budget --write` records
        what models cost in the file that `ratchet` names; what is beyond that, and beyond the tolerance, is reported with the layers that
        grew. Where the rise is meant, write the record again, so that the review shows it.

    Bad:
        model = Linear(100, 64)  # recorded when it was Linear(100, 10)

    Good:
        model = Linear(100, 10)

    References:
        `cnnlint budget --help`
    """

    code = "CNN409"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        from cnnlint.graph import figures_of  # `cnnlint explain` imports every rule, and the graph costs start-up time

        for model in analysis.models:
            recorded = model.budget.recorded if model.budget is not None else None
            if recorded is None:
                continue
            grown = []
            for key, figure in figures_of(model, recorded.figures).items():
                before = recorded.figures[key]
                if figure.amount is not None and greater(figure.amount * 10_000, before * (10_000 + recorded.tolerance)):
                    grown.append(growth(key, before, figure))
            if grown:
                beyond = f" by more than {percentage(recorded.tolerance)}" if recorded.tolerance else ""
                way_out = f"if that is meant, `cnnlint budget --write` records it in {recorded.source}"
                yield Finding(model.place, f"`{model.name}` has grown{beyond}: {'; '.join(grown)}", way_out, _grown_layers(model, recorded))


def _grown_layers(model: Model, recorded: Recorded) -> tuple[Note, ...]:
    """The layers that cost more than before, those with the most new parameters first."""
    from cnnlint.graph import Note, layer_costs  # as above

    places = {layer.name: layer.built[-1] for layer in (*model.layers, *(call.layer for call in model.calls)) if layer.built}
    found: list[tuple[int, int, Note]] = []
    for name, now in layer_costs(model).items():
        before = recorded.layers.get(name)
        params, macs = (now.params, now.macs) if before is None else (now.params - before.params, now.macs - before.macs)
        if name in places and (params > 0 or macs > 0):
            new = "new, with " if before is None else ""
            old = ("", "") if before is None else (f"{before.params:,} -> ", f"{before.macs:,} -> ")
            parts = [
                f"{text}{count:,} {what}"
                for text, count, what, more in ((old[0], now.params, "parameters", params), (old[1], now.macs, "MACs", macs))
                if more > 0
            ]
            found.append((-params, -macs, Note(places[name], f"`{name}`: {new}{', '.join(parts)}")))
    return tuple(note for *_, note in sorted(found, key=lambda each: each[:2])[:_MOST_LAYERS])
