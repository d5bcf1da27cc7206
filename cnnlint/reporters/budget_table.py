from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import BudgetReporter
from cnnlint.reporters._budget_text import HEADINGS, NUMBERS, cells, ending, heading, used_columns
from cnnlint.reporters._terminal import one_line

if TYPE_CHECKING:
    from cnnlint.plugin import BudgetReport, Printing


class BudgetTable(BudgetReporter):
    """A table of all models, each with a line a cost."""

    name = "table"

    def write(self, report: BudgetReport, stream: TextIO, printing: Printing) -> None:
        stream.writelines(one_line(line).rstrip() + "\n" for line in _lines(report))


def _lines(report: BudgetReport) -> Iterator[str]:
    rows = [cells(line) for row in report.rows for line in row.lines]
    columns = used_columns(rows)
    widths = [max(len(cell) for cell in (HEADINGS[column], *(row[column] for row in rows))) for column in columns]
    keys = max((len(line.key) for row in report.rows for line in row.lines), default=0)
    if rows:
        yield _line(" " * (keys + 2), [HEADINGS[column] for column in columns], columns, widths)
    for row in report.rows:
        yield heading(row)
        for line in row.lines:
            shown = cells(line)
            yield _line(f"  {line.key:{keys}}", [shown[column] for column in columns], columns, widths)
    if not report.rows:
        yield "no model has a budget; see `cnnlint config budget`"
    yield from ending(report)


def _line(first: str, shown: list[str], columns: list[int], widths: list[int]) -> str:
    found = [
        f"{cell:>{width}}" if column in NUMBERS else f"{cell:{width}}" for cell, column, width in zip(shown, columns, widths, strict=True)
    ]
    return "  ".join([first, *found])
