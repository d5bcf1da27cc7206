from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter
from cnnlint.reporters._terminal import Line, one_line, place_style, write_lines
from cnnlint.reporters._totals import ending

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic
    from cnnlint.plugin import CheckReport, Printing


class CheckConcise(CheckReporter):
    """A line a diagnostic, as editors and `grep` read it."""

    name = "concise"

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        lines = [_line(diagnostic, printing) for diagnostic in report.diagnostics]
        lines += [((line, ""),) for line in ending(report, printing)]
        write_lines(lines, stream, printing)


def _line(diagnostic: Diagnostic, printing: Printing) -> Line:
    place = diagnostic.place
    span = place.span
    return (
        (one_line(place.shown), f"bold {place_style(place, printing)}".strip()),
        (f":{span.line}:{span.column + 1}: ", ""),
        (diagnostic.code, "bold red"),
        (f" {one_line(diagnostic.message)} [{diagnostic.name}]", ""),
    )
