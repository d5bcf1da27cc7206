from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import SummaryReporter
from cnnlint.reporters._summary_rows import summary_lines
from cnnlint.reporters._summary_text import error_text, shapes_text

if TYPE_CHECKING:
    from cnnlint.dims import Dim
    from cnnlint.plugin import Printing, SummaryReport
    from cnnlint.plugin.reporter import SummaryRow

_COLUMNS = ("target", "layer", "type", "call", "input", "output", "params", "macs", "times", "exact", "error")


class SummaryCsv(SummaryReporter):
    """A row a layer call for spreadsheets, after a row for the model itself, whose `layer` is empty.

    Only the model's row says whether its counts are exact (`yes`) or lower bounds (`no`), and what kept it from being summarised.
    """

    name = "csv"

    def write(self, report: SummaryReport, stream: TextIO, printing: Printing) -> None:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for row in report.rows:
            writer.writerows(_rows(row, printing))


def _rows(row: SummaryRow, printing: Printing) -> Iterator[tuple[str, ...]]:
    error = error_text(row.error) if row.error is not None else ""
    model = row.model
    if model is None:
        yield (row.target, "", "", "", "", "", "", "", "", "", error)
        return
    exact = "yes" if model.exact else "no"
    shapes = (shapes_text(model.inputs), shapes_text(model.outputs))
    yield (row.target, "", model.name, "1", *shapes, _number(model.params), _number(model.macs), "1", exact, error)
    for line in summary_lines(model, printing):
        sizes = (shapes_text(line.inputs), shapes_text(line.outputs), _number(line.params), _number(line.macs))
        yield (row.target, line.name, line.type, str(line.call), *sizes, str(line.times), "", "")


def _number(count: Dim | None) -> str:
    return "" if count is None else str(count)
