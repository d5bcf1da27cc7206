from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from cnnlint.budgets import BUDGET_UNITS, PERCENT
from cnnlint.plugin import BudgetReporter

if TYPE_CHECKING:
    from cnnlint.dims import Dim
    from cnnlint.plugin import BudgetReport, Printing
    from cnnlint.plugin.budget_report import BudgetLine, BudgetRow


class BudgetJson(BudgetReporter):
    """Costs for programs: numbers, or formulas as strings; percentages as numbers; lower bounds where `exact` is false."""

    name = "json"

    def write(self, report: BudgetReport, stream: TextIO, printing: Printing) -> None:
        document = {
            "version": 1,
            "models": [_row(row) for row in report.rows],
            "without_budget": report.others,
            "not_analysed": list(report.not_analysed),
        }
        stream.write(json.dumps(document) + "\n")


def _row(row: BudgetRow) -> dict[str, object]:
    budget = row.model.budget
    return {
        "target": row.name,
        "path": row.model.place.path,
        "line": row.model.place.span.line,
        "device": None if budget is None or budget.device is None else budget.device.name,
        "weights_as": None if budget is None else budget.weights,
        "activations_as": None if budget is None else budget.activations,
        "costs": [_line(line) for line in row.lines],
    }


def _line(line: BudgetLine) -> dict[str, object]:
    exception = None if line.limit is None else line.limit.exception
    return {
        "key": line.key,
        "now": _amount(line.key, line.figure.amount),
        "exact": line.figure.is_exact,
        "layer": line.figure.layer,
        "limit": None if line.limit is None else _amount(line.key, line.limit.most),
        "source": None if line.limit is None else line.limit.source,
        "headroom": None if line.headroom is None else line.headroom / 100,
        "recorded": _amount(line.key, line.recorded),
        "growth": None if line.growth is None else line.growth / 100,
        "standing": line.standing,
        "exception": None if exception is None else {"reason": exception.reason, "until": exception.until, "ended": exception.has_ended},
    }


def _amount(key: str, amount: Dim | None) -> float | int | str | None:
    if isinstance(amount, int):
        return amount / 100 if BUDGET_UNITS[key] == PERCENT else amount
    return None if amount is None else str(amount)
