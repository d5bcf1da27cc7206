from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule
from cnnlint.rules._proof import greater
from cnnlint.rules.budgets._amounts import QUANTITIES, shown
from cnnlint.rules.budgets._over import is_excepted

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.dims import Dim
    from cnnlint.graph import FileAnalysis, Model, Note


@dataclass(frozen=True)
class BudgetUnverified(Rule):
    """A model's count is only a lower bound, and that is within the budget: whether the model is, isn't known.

    Why is this bad?
        A budget that isn't checked looks as if it were kept. The note names the first line that was not understood.

    Bad:
        # cnnlint: budget(params=60M)
        model = Linear(100, int(input()))  # a size that only a run knows

    Good:
        # cnnlint: budget(params=60M)
        model = Linear(100, 64)

    References:
        `cnnlint summary` lists everything that was not understood
    """

    code = "CNN403"
    severity: ClassVar[Severity] = "warning"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        from cnnlint.graph import figures_of  # `cnnlint explain` imports every rule, and the graph costs start-up time

        for model in analysis.models:
            if model.error is not None:
                continue  # that it fails is said already, and why its costs are open with it
            limits = {} if model.budget is None else {key: limit for key, limit in model.budget.limits.items() if not is_excepted(limit)}
            for key, figure in (figures_of(model, limits) if limits else {}).items():
                limit = limits[key]
                if figure.amount is None or _is_open(figure.amount, figure.is_exact, limit.most):
                    least = "an unknown amount" if figure.amount is None else f"at least {shown(key, figure.amount)}"
                    message = (
                        f"`{model.name}` has {least} {QUANTITIES[key]}; whether its budget of {shown(key, limit.most)} holds is unknown"
                    )
                    yield Finding(model.place, message, "", _first_cause(model))


def _is_open(total: Dim, is_exact: bool, limit: int) -> bool:
    """Whether the total could be within the limit as well as beyond it."""
    if greater(total, limit):
        return False
    return not is_exact or not (isinstance(total, int) or greater(limit + 1, total))


def _first_cause(model: Model) -> tuple[Note, ...]:
    from cnnlint.graph import Note  # `cnnlint explain` imports every rule, and the graph costs start-up time

    return tuple(Note(part.place, f"not understood: {part.reason}") for part in model.unknown[:1])
