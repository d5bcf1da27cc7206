"""What models cost beside their budgets, in the words of the formats that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnlint.amounts import percentage, short_bytes
from cnnlint.budgets import BUDGET_UNITS, BYTES, PERCENT
from cnnlint.dtypes import OPEN
from cnnlint.reporters._totals import counted

if TYPE_CHECKING:
    from cnnlint.dims import Dim
    from cnnlint.plugin.budget_report import BudgetLine, BudgetReport, BudgetRow

HEADINGS = ("now", "limit", "headroom", "recorded", "growth", "")
NUMBERS = (0, 1, 2, 3, 4)


def cells(line: BudgetLine) -> tuple[str, ...]:
    """The cells of a line below HEADINGS."""
    least = "" if line.figure.is_exact or line.figure.amount is None else ">= "
    return (
        "?" if line.figure.amount is None else f"{least}{quantity(line.key, line.figure.amount)}",
        "" if line.limit is None else quantity(line.key, line.limit.most),
        "" if line.headroom is None else percentage(line.headroom),
        "" if line.recorded is None else quantity(line.key, line.recorded),
        "" if line.growth is None else f"{'+' if line.growth > 0 else ''}{percentage(line.growth)}",
        _remark(line),
    )


def used_columns(rows: list[tuple[str, ...]]) -> list[int]:
    """The columns below HEADINGS in which anything stands."""
    return [column for column in range(len(HEADINGS)) if any(row[column] for row in rows)]


def quantity(key: str, count: Dim) -> str:
    """A cost, in full where it is a count, in tenths of a unit where it is of bytes."""
    if not isinstance(count, int):
        return str(count)
    match BUDGET_UNITS[key]:
        case unit if unit == BYTES:
            return short_bytes(count)
        case unit if unit == PERCENT:
            return percentage(count)
    return f"{count:,}"


def heading(row: BudgetRow) -> str:
    """The model with the device that it is for, and the dtypes in which its bytes are counted where those are not the usual one."""
    budget = row.model.budget
    if budget is None:
        return row.name
    dtypes = [f"{dtype} {name}" for name, dtype in (("weights", budget.weights), ("activations", budget.activations)) if dtype not in OPEN]
    shown = dtypes if any(line.key in ("activation-memory", "layer-memory", "model-size") for line in row.lines) else []
    device = [] if budget.device is None else [f"for {budget.device.name}"]
    return f"{row.name} ({', '.join([*device, *shown])})" if device or shown else row.name


def ending(report: BudgetReport) -> list[str]:
    """How many models are without a budget, and which files could not be read."""
    others = [f"{counted(report.others, 'model')} without a budget"] if report.others else []
    return [*others, *(f"not analysed: {text}" for text in report.not_analysed)]


def _remark(line: BudgetLine) -> str:
    exception = None if line.limit is None else line.limit.exception
    match line.standing:
        case "over":
            return "over" if exception is None else f"over: the exception ended on {exception.until}"
        case "excepted":
            return "" if exception is None else f"excepted until {exception.until}: {exception.reason}"
        case "grown" | "unknown":
            return line.standing
    return ""
