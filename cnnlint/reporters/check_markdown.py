from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter
from cnnlint.reporters._markdown import code, table, text
from cnnlint.reporters._totals import counted, model_lines, not_analysed_lines, passed_over_lines, statistics

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic
    from cnnlint.plugin import CheckReport, Printing

_NOUNS = {"error": "error", "warning": "warning", "info": "note"}


class CheckMarkdown(CheckReporter):
    """A report to read in a job summary or a comment: counts, a table of diagnostics, a line a model."""

    name = "markdown"

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        stream.writelines(line + "\n" for line in _lines(report, printing))


def _lines(report: CheckReport, printing: Printing) -> Iterator[str]:
    yield f"## cnnlint: {_counts(report)}"
    if report.diagnostics:
        yield ""
        yield from table(("severity", "place", "rule", "message"), [_row(each) for each in report.diagnostics])
    if printing.statistics and report.diagnostics:
        yield ""
        rows = [(str(each.number), each.code, each.name, each.severity) for each in statistics(report)]
        yield from table(("number", "code", "rule", "severity"), rows, numbers=(0,))
    if not printing.quiet and report.models:
        yield from ("", *(f"* {text(line)}" for line in model_lines(report.models)))
    if not printing.quiet:
        yield from _paragraphs(passed_over_lines(report))
    if printing.verbose:
        yield from _paragraphs(line.replace("  ", "* ", 1) for line in not_analysed_lines(report))


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """The lines of text, a list item after another, other lines apart."""
    for line in lines:
        yield from ("* " + text(line[2:]),) if line.startswith("* ") else ("", text(line), "")


def _counts(report: CheckReport) -> str:
    counts = Counter(each.severity for each in report.diagnostics)
    parts = [counted(counts[severity], noun) for severity, noun in _NOUNS.items() if counts[severity]]  # type: ignore[index]
    return f"{', '.join(parts) or 'no findings'} in {counted(report.files, 'file')}"


def _row(diagnostic: Diagnostic) -> tuple[str, ...]:
    span = diagnostic.place.span
    message = text(diagnostic.message)
    if diagnostic.help:
        message += f"<br>help: {text(diagnostic.help)}"
    return (diagnostic.severity, code(f"{diagnostic.place.shown}:{span.line}"), f"{diagnostic.code} {diagnostic.name}", message)
