from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote

from cnnlint import __version__
from cnnlint.fingerprints import fingerprints
from cnnlint.plugin import CheckReporter
from cnnlint.plugin.rule import documentation
from cnnlint.reporters._notebook import within_cell
from cnnlint.reporters._rule_markdown import rule_markdown

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic, Edit, Fix, Suppressed
    from cnnlint.graph import Note, Place
    from cnnlint.plugin import CheckReport, Printing, Rule
    from cnnlint.source.ir import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"


class CheckSarif(CheckReporter):
    """SARIF 2.1.0, as code scanning reads it: the rules that ran with their documentation, and the diagnostics.

    Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    """

    name = "sarif"

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        stream.write(json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]}, indent=2) + "\n")


def _run(report: CheckReport) -> dict[str, object]:
    driver = {"name": "cnnlint", "version": __version__, "rules": [_rule(rule) for rule in report.rules]}
    numbers = {rule.code: number for number, rule in enumerate(report.rules)}
    diagnostics = (*report.diagnostics, *report.suppressed)
    marks = fingerprints(diagnostics, report.sources)
    results = [_result(diagnostic, mark, numbers) for diagnostic, mark in zip(diagnostics, marks, strict=True)]
    if report.suppressed:  # where one result has suppressions, all must have
        for diagnostic, result in zip(diagnostics, results, strict=True):
            result["suppressions"] = [_suppression(diagnostic.suppressed)] if diagnostic.suppressed is not None else []
    return {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "the folder in which cnnlint ran"}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }


def _rule(rule: type[Rule]) -> dict[str, object]:
    parts = documentation(rule)
    text = "\n\n".join(part for part in (parts.summary, parts.description, *(f"{head}\n{body}" for head, body in parts.sections)) if part)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": parts.summary},
        "fullDescription": {"text": f"{parts.summary} {' '.join(dict(parts.sections).get('Why is this bad?', '').split())}".strip()},
        "help": {"text": text, "markdown": rule_markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.is_on},
    }


def _result(diagnostic: Diagnostic, fingerprint: str, numbers: Mapping[str, int]) -> dict[str, object]:
    message = within_cell(diagnostic)
    text = f"{message}; {diagnostic.help}" if diagnostic.help else message
    result: dict[str, object] = {"ruleId": diagnostic.code}
    if diagnostic.code in numbers:
        result["ruleIndex"] = numbers[diagnostic.code]
    result |= {
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": _physical(diagnostic.place)}],
        "partialFingerprints": {"cnnlint/v1": fingerprint},
    }
    if diagnostic.notes:
        result["relatedLocations"] = [_related(number, note) for number, note in enumerate(diagnostic.notes)]
    if diagnostic.fix is not None and not any(edit.place.cell for edit in diagnostic.fix.edits):
        result["fixes"] = [_fix(diagnostic.fix)]
    return result


def _suppression(suppressed: Suppressed) -> dict[str, object]:
    kind = "inSource" if suppressed.by == "comment" else "external"
    return {"kind": kind, **({"justification": suppressed.reason} if suppressed.reason else {})}


def _fix(fix: Fix) -> dict[str, object]:
    by_path: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_path.setdefault(edit.place.path, []).append(edit)
    changes = [
        {
            "artifactLocation": _artifact(path),
            "replacements": [{"deletedRegion": _region(edit.place.span), "insertedContent": {"text": edit.text}} for edit in edits],
        }
        for path, edits in by_path.items()
    ]
    return {"description": {"text": fix.message}, "artifactChanges": changes}


def _related(number: int, note: Note) -> dict[str, object]:
    return {"id": number, "physicalLocation": _physical(note.place), "message": {"text": note.message}}


def _physical(place: Place) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": _artifact(place.path)}
    if place.span.line > 0 and not place.cell:  # the lines of a notebook's cell are no lines of its file
        location["region"] = _region(place.span)
    return location


def _artifact(path: str) -> dict[str, object]:
    return {"uri": quote(path, errors="surrogatepass"), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, object]:
    return {"startLine": span.line, "startColumn": span.column + 1, "endLine": span.end_line, "endColumn": span.end_column + 1}
