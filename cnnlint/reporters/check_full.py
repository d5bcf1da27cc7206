from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter
from cnnlint.reporters._totals import ending

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic
    from cnnlint.plugin import CheckReport

_COLOURS = {"error": "bold red", "warning": "bold yellow", "info": "bold blue"}
_MARGIN = "blue"

# A line in pieces, each with the style it has on a terminal.
Line = tuple[tuple[str, str], ...]


class CheckFull(CheckReporter):
    """Each diagnostic with its line of source, how one gets there, and a way out."""

    name = "full"

    def write(self, report: CheckReport, stream: TextIO, *, quiet: bool) -> None:
        for diagnostic in report.diagnostics:
            _print((*_lines(diagnostic, report.sources.get(diagnostic.place.shown, "")), ()), stream)
        if not quiet:
            _print(tuple(((line, ""),) for line in ending(report)), stream)


def _lines(diagnostic: Diagnostic, source: str) -> Iterator[Line]:
    span = diagnostic.place.span
    colour = _COLOURS[diagnostic.severity]
    yield ((f"{diagnostic.severity}[{diagnostic.code}]", colour), (f": {diagnostic.message}", "bold"), (f" [{diagnostic.name}]", "dim"))
    width = len(str(span.line))
    margin = f"{'':{width}} |"
    yield ((f"{'':{width}}--> ", _MARGIN), (f"{diagnostic.place.shown}:{span.line}:{span.column + 1}", ""))
    text = _source_line(source, span.line)
    if text.strip():
        end = span.end_column if span.end_line == span.line else len(text)
        yield ((margin, _MARGIN),)
        yield ((f"{span.line} | ", _MARGIN), (text, ""))
        yield ((f"{margin} ", _MARGIN), (_blank(text[: span.column]), ""), (_underline(text[span.column : end]), colour))
    for note in diagnostic.notes:
        yield ((f"{'':{width}} = ", _MARGIN), ("note", "bold"), (f": {note.place.shown}:{note.place.span.line}: {note.message}", ""))
    if diagnostic.help:
        yield ((f"{'':{width}} = ", _MARGIN), ("help", "bold"), (f": {diagnostic.help}", ""))


def _source_line(source: str, line: int) -> str:
    """The line's text as Python counts lines, without its end."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[line - 1].rstrip() if line <= len(lines) else ""


def _blank(text: str) -> str:
    """As wide as `text` on a terminal; tabs stay, so that what follows stands under its place."""
    return "".join("\t" if character == "\t" else " " * _width(character) for character in text)


def _underline(text: str) -> str:
    return "^" * max(1, sum(_width(character) for character in text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _print(lines: tuple[Line, ...], stream: TextIO) -> None:
    if not stream.isatty():
        stream.writelines("".join(text for text, _ in line) + "\n" for line in lines)
        return
    from rich.console import Console  # only for a terminal: it costs start-up time
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)
