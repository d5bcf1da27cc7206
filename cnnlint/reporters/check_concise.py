from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter
from cnnlint.reporters._totals import ending

if TYPE_CHECKING:
    from cnnlint.plugin import CheckReport


class CheckConcise(CheckReporter):
    """A line a diagnostic, as editors and `grep` read it."""

    name = "concise"

    def write(self, report: CheckReport, stream: TextIO, *, quiet: bool) -> None:
        for diagnostic in report.diagnostics:
            span = diagnostic.place.span
            place = f"{diagnostic.place.shown}:{span.line}:{span.column + 1}"
            stream.write(f"{place}: {diagnostic.code} {diagnostic.message} [{diagnostic.name}]\n")
        if not quiet:
            stream.writelines(f"{line}\n" for line in ending(report))
