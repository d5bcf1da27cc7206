from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import SummaryReporter
from cnnlint.reporters._field_text import field_text, fields_in
from cnnlint.reporters._markdown import code, table, text
from cnnlint.reporters._memory_text import memory_in, memory_lines
from cnnlint.reporters._summary_text import error_text, line_cells, never_called, not_understood, shapes_text, sizes_text, totals

if TYPE_CHECKING:
    from cnnlint.graph import Model
    from cnnlint.plugin import Printing, SummaryReport
    from cnnlint.plugin.reporter import SummaryRow


class SummaryMarkdown(SummaryReporter):
    """A section a model: its layers and its totals as tables."""

    name = "markdown"

    def write(self, report: SummaryReport, stream: TextIO, printing: Printing) -> None:
        stream.write("\n\n".join("\n".join(_lines(row, printing)) for row in report.rows) + "\n")


def _lines(row: SummaryRow, printing: Printing) -> Iterator[str]:
    yield f"## {code(row.target)}"
    if row.model is not None:
        yield from _model_lines(row.model, printing)
    if row.error is not None:
        yield from ("", f"error: {text(error_text(row.error))}")


def _model_lines(model: Model, printing: Printing) -> Iterator[str]:
    memory, fields = memory_in(model, printing), fields_in(model)
    yield from ("", f"{text(model.name)}: {text(f'{shapes_text(model.inputs)} -> {shapes_text(model.outputs)}')}", "")
    if model.calls:
        headings, rows, numbers = line_cells(model, printing, memory, fields)
        yield from table(headings, [tuple(text(cell) for cell in row) for row in rows], numbers)
        yield ""
    counts = [*((label, count, "") for label, count in totals(model)), *memory_lines(model, memory, printing)]
    yield from table(("total", "", ""), [(label, text(count), text(note)) for label, count, note in counts], numbers=(1,))
    if field := field_text(model, fields):
        yield from ("", text(field))
    if model.input_sizes is not None:
        yield from ("", text(sizes_text(model.input_sizes)))
    uncalled = never_called(model)
    if uncalled:
        yield from ("", f"never called: {', '.join(code(name) for name in uncalled)}")
    if model.unknown:
        yield from ("", "not understood:", "", *(f"* {text(line)}" for line in not_understood(model)))
