from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from cnnlint.fingerprints import fingerprints
from cnnlint.plugin import CheckReporter
from cnnlint.reporters._notebook import within_cell

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic
    from cnnlint.plugin import CheckReport, Printing

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


class CheckGitlab(CheckReporter):
    """A code quality report of GitLab, which shows in a merge request.

    Source: https://docs.gitlab.com/ci/testing/code_quality/
    """

    name = "gitlab"

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        issues = [
            _issue(diagnostic, mark)
            for diagnostic, mark in zip(report.diagnostics, fingerprints(report.diagnostics, report.sources), strict=True)
        ]
        stream.write(json.dumps(issues, indent=2) + "\n")


def _issue(diagnostic: Diagnostic, fingerprint: str) -> dict[str, object]:
    span = diagnostic.place.span
    begin = {"line": span.line, "column": span.column + 1}
    end = {"line": span.end_line, "column": span.end_column + 1}
    if diagnostic.place.cell:  # the lines of a cell are no lines of the file, and the format requires one
        begin = end = {"line": 1, "column": 1}
    return {
        "description": f"{diagnostic.code}: {within_cell(diagnostic)}",
        "check_name": diagnostic.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": diagnostic.place.path,
            "positions": {"begin": begin, "end": end},
        },
    }
