from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic
    from cnnlint.plugin import CheckReport


class CheckJson(CheckReporter):
    """Diagnostics for programs; lines and columns count from 1, `end_column` is one past the last."""

    name = "json"

    def write(self, report: CheckReport, stream: TextIO, *, quiet: bool) -> None:
        document = {
            "version": 1,
            "diagnostics": [_diagnostic(diagnostic) for diagnostic in report.diagnostics],
            "files": report.files,
            "models": len(report.models),
            "not_analysed": report.passed_over.models,
        }
        stream.write(json.dumps(document, indent=2) + "\n")


def _diagnostic(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.place.span
    return {
        "path": diagnostic.place.path,
        "line": span.line,
        "column": span.column + 1,
        "end_line": span.end_line,
        "end_column": span.end_column + 1,
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "notes": [{"path": note.place.path, "line": note.place.span.line, "message": note.message} for note in diagnostic.notes],
        "fix": None,
    }
