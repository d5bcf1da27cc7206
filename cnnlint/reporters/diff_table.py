from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import DiffReporter
from cnnlint.reporters._diff_text import checkpoint_lines, figure_change, layer_rows, model_title, state_lines, title
from cnnlint.reporters._terminal import one_line

if TYPE_CHECKING:
    from cnnlint.plugin import DiffReport, Printing
    from cnnlint.plugin.diff_report import ModelDifference

_MARKS = {"added": "+", "removed": "-", "changed": "~"}


class DiffTable(DiffReporter):
    """The models that differ, each with its figures, its layers and what keeps old weights from being loaded."""

    name = "table"

    def write(self, report: DiffReport, stream: TextIO, printing: Printing) -> None:
        stream.writelines(one_line(line).rstrip() + "\n" for line in _lines(report))


def _lines(report: DiffReport) -> Iterator[str]:
    yield title(report)
    for model in report.models:
        yield ""
        yield from _model_lines(model)
    if report.checkpoint is not None:
        yield from ("", f"checkpoint {report.checkpoint.file}", *(f"  {line}" for line in checkpoint_lines(report.checkpoint)))
    for heading, lines in (("grew too much", report.too_large), ("not compared", report.not_compared)):
        if lines:
            yield from ("", f"{heading}:", *(f"  {line}" for line in lines))


def _model_lines(model: ModelDifference) -> Iterator[str]:
    yield model_title(model)
    width = max(len(figure.label) for figure in model.figures)
    for figure in model.figures:
        if figure_change(figure) == "?":
            continue
        yield f"  {figure.label:{width}}  {figure_change(figure)}"
    if model.layers:
        yield "  layers"
        rows = layer_rows(model)
        width = max(len(row.names) for row in rows)
        yield from (f"    {_MARKS[row.status]} {row.names:{width}}  {row.what}" for row in rows)
    if model.state.breaks:
        yield "  weights saved before do not load"
        yield from (f"    {line}" for line in state_lines(model.state, "the old weights", "the new model"))
