from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import SummaryReporter
from cnnlint.reporters._field_text import field_text, fields_in
from cnnlint.reporters._memory_text import aligned, memory_in, memory_lines
from cnnlint.reporters._plain_table import plain_table
from cnnlint.reporters._summary_text import error_text, heading, line_cells, never_called, not_understood, sizes_text, totals

if TYPE_CHECKING:
    from cnnlint.graph import Model
    from cnnlint.plugin import Printing, SummaryReport
    from cnnlint.plugin.reporter import SummaryRow


class SummaryTable(SummaryReporter):
    """A line a layer call, then the totals and what was not understood."""

    name = "table"

    def write(self, report: SummaryReport, stream: TextIO, printing: Printing) -> None:
        stream.write("\n\n".join("\n".join(_lines(row, printing)) for row in report.rows) + "\n")


def _lines(row: SummaryRow, printing: Printing) -> Iterator[str]:
    if row.model is None:
        yield row.target
    else:
        yield from _model_lines(row.model, row.target, printing)
    if row.error is not None:
        yield f"error: {error_text(row.error)}"


def _model_lines(model: Model, target: str, printing: Printing) -> Iterator[str]:
    memory, fields = memory_in(model, printing), fields_in(model)
    yield heading(model, target)
    yield ""
    if model.calls:
        headings, rows, numbers = line_cells(model, printing, memory, fields)
        yield from plain_table([headings, *rows], numbers)
        yield ""
    texts = [*((label, text, "") for label, text in totals(model)), *memory_lines(model, memory, printing)]
    yield from aligned(texts)
    if field := field_text(model, fields):
        yield field
    if model.input_sizes is not None:
        yield sizes_text(model.input_sizes)
    uncalled = never_called(model)
    if uncalled:
        yield f"never called: {', '.join(uncalled)}"
    if model.unknown:
        yield "not understood:"
        yield from (f"  {text}" for text in not_understood(model))
