"""A diagnostic as the formats `json` and `json-lines` have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic, Fix
    from cnnlint.graph import Place


def diagnostic_json(diagnostic: Diagnostic) -> dict[str, object]:
    """The diagnostic for programs; lines and columns count from 1, in characters, `end_column` is one past the last."""
    return {
        **_range(diagnostic.place),
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "notes": [{**line_json(note.place), "message": note.message} for note in diagnostic.notes],
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
    }


def line_json(place: Place) -> dict[str, object]:
    """The line of a place; `cell` is there in notebooks only."""
    return {"path": place.path, **({"cell": place.cell} if place.cell else {}), "line": place.span.line}


def _fix(fix: Fix) -> dict[str, object]:
    return {"message": fix.message, "safe": fix.safe, "edits": [{**_range(edit.place), "text": edit.text} for edit in fix.edits]}


def _range(place: Place) -> dict[str, object]:
    """The place; `cell` is there in notebooks only."""
    span = place.span
    cell = {"cell": place.cell} if place.cell else {}
    ends = {"end_line": span.end_line, "end_column": span.end_column + 1}
    return {"path": place.path, **cell, "line": span.line, "column": span.column + 1, **ends}
