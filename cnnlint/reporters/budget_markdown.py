from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import BudgetReporter
from cnnlint.reporters._budget_text import HEADINGS, NUMBERS, cells, ending, heading, used_columns
from cnnlint.reporters._markdown import table, text

if TYPE_CHECKING:
    from cnnlint.plugin import BudgetReport, Printing


class BudgetMarkdown(BudgetReporter):
    """One table of all models, a row a cost."""

    name = "markdown"

    def write(self, report: BudgetReport, stream: TextIO, printing: Printing) -> None:
        stream.writelines(f"{line}\n" for line in _lines(report))


def _lines(report: BudgetReport) -> Iterator[str]:
    rows = [cells(line) for row in report.rows for line in row.lines]
    columns = used_columns(rows)
    body = []
    for row in report.rows:
        for number, line in enumerate(row.lines):
            shown = cells(line)
            body.append((text(heading(row)) if number == 0 else "", line.key, *(text(shown[column]) for column in columns)))
    if body:
        numbers = [place for place, column in enumerate(columns, 2) if column in NUMBERS]
        yield from table(("model", "cost", *(HEADINGS[column] for column in columns)), body, numbers)
    for remark in ending(report) if report.rows else ["no model has a budget", *ending(report)]:
        yield from ("", text(remark)) if body else (text(remark),)
