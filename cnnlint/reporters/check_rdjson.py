from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter
from cnnlint.reporters._notebook import within_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cnnlint.diagnostics import Diagnostic
    from cnnlint.graph import Place
    from cnnlint.plugin import CheckReport, Printing

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


class CheckRdjson(CheckReporter):
    """The diagnostic format of reviewdog, whose columns count bytes of UTF-8.

    Source: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
    """

    name = "rdjson"

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        lines = {path: text.replace("\r\n", "\n").replace("\r", "\n").split("\n") for path, text in report.sources.items()}
        document = {
            "source": {"name": "cnnlint"},
            "diagnostics": [_diagnostic(diagnostic, lines) for diagnostic in report.diagnostics],
        }
        stream.write(json.dumps(document, indent=2) + "\n")


def _diagnostic(diagnostic: Diagnostic, lines: Mapping[str, list[str]]) -> dict[str, object]:
    message = within_cell(diagnostic)
    shown: dict[str, object] = {
        "message": f"{message}\nhelp: {diagnostic.help}" if diagnostic.help else message,
        "location": _location(diagnostic.place, lines),
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.code},
    }
    if diagnostic.notes:
        shown["related_locations"] = [{"message": note.message, "location": _location(note.place, lines)} for note in diagnostic.notes]
    edits = diagnostic.fix.edits if diagnostic.fix is not None else ()
    if len(edits) == 1 and edits[0].place.path == diagnostic.place.path and not edits[0].place.cell and edits[0].place.path in lines:
        # Several suggestions would be alternatives, and not the parts of one fix.
        shown["suggestions"] = [{"range": _location(edits[0].place, lines)["range"], "text": edits[0].text}]
    return shown


def _location(place: Place, lines: Mapping[str, list[str]]) -> dict[str, object]:
    span, text = place.span, lines.get(place.path)
    if span.line < 1 or place.cell:
        return {"path": place.path}
    if text is None:  # without the text the bytes before a column can't be counted
        return {"path": place.path, "range": {"start": {"line": span.line}}}
    start, end = _position(text, span.line, span.column), _position(text, span.end_line, span.end_column)
    return {"path": place.path, "range": {"start": start, "end": end}}


def _position(lines: list[str], line: int, column: int) -> dict[str, int]:
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return {"line": line, "column": len(text[:column].encode(errors="surrogatepass")) + 1}
