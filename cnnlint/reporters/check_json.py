from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter
from cnnlint.reporters._diagnostic_json import diagnostic_json, line_json
from cnnlint.reporters._totals import statistics

if TYPE_CHECKING:
    from cnnlint.plugin import CheckReport, Printing


class CheckJson(CheckReporter):
    """Diagnostics for programs, in one document."""

    name = "json"

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        document: dict[str, object] = {
            "version": 1,
            "diagnostics": [diagnostic_json(diagnostic) for diagnostic in report.diagnostics],
            "files": report.files,
            "models": len(report.models),
            "not_analysed": report.passed_over.models,
        }
        if printing.statistics:
            document["statistics"] = {count.code: count.number for count in statistics(report)}
        if printing.verbose:
            document["unknown"] = [
                {"model": model.target, **line_json(part.place), "reason": part.reason} for model in report.models for part in model.unknown
            ]
        stream.write(json.dumps(document, indent=2) + "\n")
