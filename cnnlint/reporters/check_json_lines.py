from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter
from cnnlint.reporters._diagnostic_json import diagnostic_json

if TYPE_CHECKING:
    from cnnlint.plugin import CheckReport, Printing


class CheckJsonLines(CheckReporter):
    """Diagnostics for programs, one JSON object a line."""

    name = "json-lines"

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        stream.writelines(json.dumps(diagnostic_json(diagnostic)) + "\n" for diagnostic in report.diagnostics)
