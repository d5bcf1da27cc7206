"""What each model costs beside its budget."""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.budgets import BUDGET_KEYS
from cnnlint.dims import Dim, greater
from cnnlint.graph import Budget, Figure, Limit, Model, figures_of
from cnnlint.plugin.budget_report import BudgetLine, BudgetReport, BudgetRow, Standing


def budget_report(models: Sequence[Model], not_analysed: Sequence[str] = ()) -> BudgetReport:
    """The models that have a budget or were recorded, each cost with its limit."""
    rows = [BudgetRow(model.target, model, _lines(model, model.budget)) for model in models if model.budget is not None]
    return BudgetReport(tuple(rows), len(models) - len(rows), tuple(not_analysed))


def _lines(model: Model, budget: Budget) -> tuple[BudgetLine, ...]:
    recorded = {} if budget.recorded is None else dict(budget.recorded.figures)
    tolerance = 0 if budget.recorded is None else budget.recorded.tolerance
    keys = [key for key in BUDGET_KEYS if key in budget.limits or key in recorded]
    figures = figures_of(model, keys)
    return tuple(_line(key, figures[key], budget.limits.get(key), recorded.get(key), tolerance) for key in keys)


def _line(key: str, figure: Figure, limit: Limit | None, recorded: int | None, tolerance: int) -> BudgetLine:
    now = figure.amount if isinstance(figure.amount, int) else None
    headroom = None if now is None or limit is None or not limit.most else (limit.most - now) * 10_000 // limit.most
    growth = None if now is None or not recorded else (now - recorded) * 10_000 // recorded
    return BudgetLine(key, figure, _standing(figure, limit, recorded, tolerance), limit, headroom, recorded, growth)


def _standing(figure: Figure, limit: Limit | None, recorded: int | None, tolerance: int) -> Standing:
    amount = figure.amount
    if limit is not None and limit.exception is not None and not limit.exception.has_ended:
        return "excepted"
    if limit is not None and amount is not None and greater(amount, limit.most):
        return "over"
    if recorded is not None and amount is not None and greater(amount * 10_000, recorded * (10_000 + tolerance)):
        return "grown"
    if limit is None and recorded is None:
        return "unlimited"
    return "within" if amount is not None and _is_settled(amount, figure, limit) else "unknown"


def _is_settled(amount: Dim, figure: Figure, limit: Limit | None) -> bool:
    return figure.is_exact and (isinstance(amount, int) or (limit is not None and greater(limit.most + 1, amount)))
