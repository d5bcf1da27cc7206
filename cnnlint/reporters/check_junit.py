from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import CheckReporter

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic
    from cnnlint.plugin import CheckReport, Printing

# Characters that no XML 1.0 document may hold, not even escaped.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CheckJunit(CheckReporter):
    """JUnit's XML: a suite a file, a failed case for each error and warning; what is only info is a case that passed.

    A run without diagnostics is one case that passed, since many readers take an empty report for a fault.
    Source: https://github.com/testmoapp/junitxml
    """

    name = "junit"

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        stream.writelines(line + "\n" for line in _lines(report))


def _lines(report: CheckReport) -> Iterator[str]:
    total, failures = len(report.diagnostics) or 1, sum(_fails(each) for each in report.diagnostics)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<testsuites name="cnnlint" tests="{total}" failures="{failures}" errors="0">'
    for path, found in groupby(report.diagnostics, key=lambda each: each.place.shown):
        yield from _suite(path, list(found))
    if not report.diagnostics:
        yield '  <testsuite name="cnnlint" tests="1" failures="0" errors="0" skipped="0">'
        yield f'    <testcase name="no findings" classname="cnnlint"><system-out>{report.files} files</system-out></testcase>'
        yield "  </testsuite>"
    yield "</testsuites>"


def _suite(path: str, diagnostics: list[Diagnostic]) -> Iterator[str]:
    failures = sum(map(_fails, diagnostics))
    yield f'  <testsuite name={_attribute(path)} tests="{len(diagnostics)}" failures="{failures}" errors="0" skipped="0">'
    for each in diagnostics:
        line, column = each.place.span.line, each.place.span.column + 1
        name = _attribute(f"{each.code} {each.name} {line}:{column}")
        yield f'    <testcase name={name} classname={_attribute(path)} file={_attribute(path)} line="{line}">'
        body = _text(_body(each))
        if _fails(each):
            yield f"      <failure type={_attribute(each.severity)} message={_attribute(each.message)}>{body}</failure>"
        else:
            yield f"      <system-out>{body}</system-out>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _body(diagnostic: Diagnostic) -> str:
    span = diagnostic.place.span
    lines = [f"{diagnostic.place.shown}:{span.line}:{span.column + 1}: {diagnostic.code} {diagnostic.message}"]
    lines += [f"note: {note.place.shown}:{note.place.span.line}: {note.message}" for note in diagnostic.notes]
    return "\n".join([*lines, *([f"help: {diagnostic.help}"] if diagnostic.help else [])])


def _fails(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity != "info"


# `xml.sax` is imported late to save start-up time: it brings `urllib`, `http` and `ssl` along.


def _text(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(_allowed(text))


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_allowed(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
