from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter
from cnnlint.reporters._terminal import Line, one_line, place_style, visible, width, write_lines
from cnnlint.reporters._totals import ending

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic
    from cnnlint.plugin import CheckReport, Printing
    from cnnlint.source.ir import Span

_COLOURS = {"error": "bold red", "warning": "bold yellow", "info": "bold blue"}
_MARGIN = "blue"
_MOST_LINES = 4  # of source in a frame; of longer ones the middle is left out


class CheckFull(CheckReporter):
    """Each diagnostic with its lines of source, how one gets there, and a way out."""

    name = "full"

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        lines = [line for each in report.diagnostics for line in (*_lines(each, report.sources.get(each.place.shown, ""), printing), ())]
        lines += [((line, ""),) for line in ending(report, printing)]
        write_lines(lines, stream, printing)


def _lines(diagnostic: Diagnostic, source: str, printing: Printing) -> Iterator[Line]:
    span = diagnostic.place.span
    colour = _COLOURS[diagnostic.severity]
    shown = _shown_lines(source, span)
    margin = len(str(max((number for number, _ in shown), default=span.line)))
    message = one_line(diagnostic.message)
    yield ((f"{diagnostic.severity}[{diagnostic.code}]", colour), (f": {message}", "bold"), (f" [{diagnostic.name}]", "dim"))
    place = f"{one_line(diagnostic.place.shown)}:{span.line}:{span.column + 1}"
    yield ((f"{'':{margin}}--> ", _MARGIN), (place, place_style(diagnostic.place, printing)))
    yield from _frame(shown, span, margin, colour)
    for note in diagnostic.notes:
        place = f"{one_line(note.place.shown)}:{note.place.span.line}"
        style = place_style(note.place, printing)
        yield ((f"{'':{margin}} = ", _MARGIN), ("note", "bold"), (": ", ""), (place, style), (f": {one_line(note.message)}", ""))
    if diagnostic.fix is not None:
        way = "--fix" if diagnostic.fix.safe else "--unsafe-fixes"
        yield ((f"{'':{margin}} = ", _MARGIN), ("help", "bold"), (f": {one_line(diagnostic.fix.message)} (fixable with {way})", ""))
    if diagnostic.help:
        yield ((f"{'':{margin}} = ", _MARGIN), ("help", "bold"), (f": {one_line(diagnostic.help)}", ""))


def _frame(shown: list[tuple[int, str]], span: Span, margin: int, colour: str) -> Iterator[Line]:
    """The lines of source, each with what the diagnostic is about underlined."""
    if not any(text.strip() for _, text in shown):
        return
    empty = (f"{'':{margin}} |", _MARGIN)
    yield (empty,)
    for number, text in _without_the_middle(shown):
        if number == 0:
            yield ((f"{'':{margin}} ...", _MARGIN),)
            continue
        start = span.column if number == span.line else len(text) - len(text.lstrip())
        end = span.end_column if number == span.end_line else len(text)
        yield ((f"{number:>{margin}} | ", _MARGIN), (visible(text), ""))
        if end > start or span.line == span.end_line:
            yield (empty, (f" {_blank(text[:start])}", ""), ("^" * max(1, width(text[start:end])), colour))


def _shown_lines(source: str, span: Span) -> list[tuple[int, str]]:
    """The numbered lines of a span as Python counts lines, without their ends."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    last = max(span.line, span.end_line - 1 if span.end_column == 0 else span.end_line)
    return [(number, lines[number - 1].rstrip()) for number in range(span.line, last + 1) if 0 < number <= len(lines)]


def _without_the_middle(shown: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines, with line 0 in place of those that are too many."""
    return shown if len(shown) <= _MOST_LINES else [*shown[: _MOST_LINES - 2], (0, ""), shown[-1]]


def _blank(text: str) -> str:
    """As wide as `text` on a terminal; tabs stay, so that what follows stands under its place."""
    return "".join("\t" if character == "\t" else " " * width(character) for character in text)
