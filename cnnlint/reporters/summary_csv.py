from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import SummaryReporter
from cnnlint.reporters._field_text import field_cells, fields_in
from cnnlint.reporters._memory_text import memory_in
from cnnlint.reporters._summary_rows import summary_lines
from cnnlint.reporters._summary_text import error_text, shapes_text

if TYPE_CHECKING:
    from cnnlint.dims import Dim
    from cnnlint.plugin import Printing, SummaryReport
    from cnnlint.plugin.reporter import SummaryRow

_COLUMNS = (
    "target",
    "layer",
    "type",
    "call",
    "input",
    "output",
    "params",
    "macs",
    "times",
    "exact",
    "error",
    "bytes",
    "receptive_field",
    "stride",
    "padding",
)


class SummaryCsv(SummaryReporter):
    """A row a layer call for spreadsheets, after a row for the model itself, whose `layer` is empty.

    Only the model's row says whether its counts are exact (`yes`) or lower bounds (`no`), and what kept it from being summarised; its
    `bytes` are the most that activations take at once, a layer's those that it makes. The receptive field is that of what comes out,
    `all` where it is the whole input.
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
        yield (row.target, "", "", "", "", "", "", "", "", "", error, "", "", "", "")
        return
    exact = "yes" if model.exact else "no"
    memory, fields = memory_in(model, printing), fields_in(model)
    shapes = (shapes_text(model.inputs), shapes_text(model.outputs))
    counts = (_number(model.params), _number(model.macs))
    yield (row.target, "", model.name, "1", *shapes, *counts, "1", exact, error, _number(memory.peak), *field_cells(fields.model))
    for line in summary_lines(model, printing, memory, fields):
        sizes = (shapes_text(line.inputs), shapes_text(line.outputs), _number(line.params), _number(line.macs))
        yield (
            row.target,
            line.name,
            line.type,
            str(line.call),
            *sizes,
            str(line.times),
            "",
            "",
            _number(line.memory),
            *field_cells(line.field),
        )


def _number(count: Dim | None) -> str:
    return "" if count is None else str(count)
