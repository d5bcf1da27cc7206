"""Comments for findings that are to be silent from now on."""

from __future__ import annotations

from collections.abc import Iterable

from cnnlint.diagnostics import Diagnostic, Edit
from cnnlint.graph import Place
from cnnlint.source import SourceText
from cnnlint.source.ir import Span
from cnnlint.suppressions.comments import suppressions_in
from cnnlint.suppressions.logical_lines import LogicalLines


def ignoring_edits(source: SourceText, diagnostics: Iterable[Diagnostic], reason: str = "") -> list[Edit]:
    """The edits that add a comment for each of a file's diagnostics.

    It stands behind the line, or above it where the line goes on after a backslash or in a string; a comment that is there takes
    up the codes.
    """
    by_line: dict[int, dict[str, None]] = {}
    for diagnostic in diagnostics:
        by_line.setdefault(diagnostic.place.span.line, {})[diagnostic.code] = None
    present = {each.line: each for each in suppressions_in(source) if each.is_own and not each.is_alone and each.first_line == each.line}
    lines = LogicalLines(source)
    inserted: list[tuple[int, str]] = []
    for line, codes in by_line.items():
        listed = ", ".join(codes)
        if line in present:
            inserted.append((present[line].items[-1].end, f", {listed}"))
            continue
        comment = f"# cnnlint: ignore[{listed}]{' ' if reason else ''}{reason}"
        text = source.lines(line, line)
        if lines.ends_with_code(line):
            inserted.append((source.offset(line, len(text.rstrip())), f"  {comment}"))
        else:
            first = lines.beginning_of(line)
            above = source.lines(first, first)
            indentation = above[: len(above) - len(above.lstrip())]
            inserted.append((source.offset(first, 0), f"{indentation}{comment}{source.newline}"))
    return [Edit(Place(source.path, _empty(source, offset)), addition) for offset, addition in sorted(inserted)]


def _empty(source: SourceText, offset: int) -> Span:
    line, column = source.position(offset)
    return Span(line, column, line, column)
