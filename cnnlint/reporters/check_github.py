from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter
from cnnlint.reporters._notebook import within_cell
from cnnlint.reporters._terminal import one_line

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic
    from cnnlint.plugin import CheckReport, Printing

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


class CheckGithub(CheckReporter):
    """Annotations of GitHub Actions, which show at the lines of a pull request.

    Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """

    name = "github"

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        stream.writelines(_annotation(diagnostic) + "\n" for diagnostic in report.diagnostics)


def _annotation(diagnostic: Diagnostic) -> str:
    span = diagnostic.place.span
    properties = {"file": diagnostic.place.path}
    if not diagnostic.place.cell:  # the lines of a notebook's cell are no lines of its file
        properties |= {"line": str(span.line), "endLine": str(span.end_line), "col": str(span.column + 1)}
        if span.line == span.end_line:  # an end column on another line is refused
            properties["endColumn"] = str(max(span.end_column, span.column + 1))  # the last one, where ours is one past it
    properties["title"] = f"{diagnostic.code} {diagnostic.name}"
    listed = ",".join(f"{key}={_property(text)}" for key, text in properties.items())
    notes = [f"{note.place.shown}:{note.place.span.line}: {note.message}" for note in diagnostic.notes]
    lines = [within_cell(diagnostic), *notes, *([f"help: {diagnostic.help}"] if diagnostic.help else [])]
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(chr(10).join(map(one_line, lines)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
