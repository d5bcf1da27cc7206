from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import DiffReporter
from cnnlint.reporters._diff_text import checkpoint_lines, figure_change, layer_rows, state_lines, title
from cnnlint.reporters._markdown import code, table, text

if TYPE_CHECKING:
    from cnnlint.plugin import DiffReport, Printing
    from cnnlint.plugin.diff_report import ModelDifference


class DiffMarkdown(DiffReporter):
    """A comment for a review: a table of the models that differ, then what of each."""

    name = "markdown"

    def write(self, report: DiffReport, stream: TextIO, printing: Printing) -> None:
        stream.writelines(line + "\n" for line in _lines(report))


def _lines(report: DiffReport) -> Iterator[str]:
    yield f"## Models: {text(title(report))}"
    if report.models:
        labels = tuple(figure.label for figure in report.models[0].figures)
        yield ""
        yield from table(("model", "", *labels), [_row(model) for model in report.models])
    for model in report.models:
        yield from _details(model)
    if report.checkpoint is not None:
        lines = checkpoint_lines(report.checkpoint)
        yield from ("", f"### Checkpoint {code(report.checkpoint.file)}", "", *(f"* {text(line)}" for line in lines))
    for heading, problems in (("Grew too much", report.too_large), ("Not compared", report.not_compared)):
        if problems:
            yield from ("", f"### {heading}", "", *(f"* {text(line)}" for line in problems))


def _row(model: ModelDifference) -> tuple[str, ...]:
    status = f"{model.status}, in {code(model.moved_from)} before" if model.moved_from else model.status
    return (code(f"{model.path}::{model.name}"), status, *(text(figure_change(figure)) for figure in model.figures))


def _details(model: ModelDifference) -> Iterator[str]:
    """What a table of all models has no place for."""
    if model.status != "changed" or not (model.layers or model.state.breaks):
        return
    yield from ("", f"### {code(f'{model.path}::{model.name}')}")
    if model.layers:
        yield ""
        yield from table(("layer", "", "what"), [(code(row.names), row.status, text(row.what)) for row in layer_rows(model)])
    if model.state.breaks:
        lines = state_lines(model.state, "the old weights", "the new model")
        yield from ("", "Weights saved before do not load:", "", *(f"* {text(line)}" for line in lines))
