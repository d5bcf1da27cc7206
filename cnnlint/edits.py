"""Edits applied to a file, a notebook's cells included; all else stays as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cnnlint.diagnostics import Edit
from cnnlint.graph import Place
from cnnlint.source import SourceText, encode_notebook
from cnnlint.source.ir import Span


def placed(place: Place, sources: Mapping[str, SourceText]) -> Place:
    """A place of a notebook's whole text as a place of its cell; any other is the same."""
    source = sources.get(place.path)
    cell = source.cell_at(place.span.line) if source is not None and not place.cell else None
    if cell is None:
        return place
    above = cell.first_line - 1
    span = place.span
    span = Span(span.line - above, span.column + cell.indent, span.end_line - above, span.end_column + cell.indent)
    return Place(place.path, span, cell.number)


def edited(data: bytes, source: SourceText, edits: Iterable[Edit]) -> bytes:
    """What a file holds after edits of its text, which don't overlap; `data` is what it holds now."""
    by_cell: dict[int, list[Edit]] = {}
    for edit in edits:
        by_cell.setdefault(edit.place.cell, []).append(edit)
    if not source.cells:
        return source.encode(_text_with(source, by_cell.get(0, [])))
    cells = {cell.number: SourceText(source.path, cell.text) for cell in source.cells}
    return encode_notebook(data, {number: _text_with(cells[number], own) for number, own in by_cell.items()})


def _text_with(source: SourceText, edits: Iterable[Edit]) -> str:
    text = source.text
    for edit in sorted(edits, key=lambda edit: edit.place.span, reverse=True):
        span = edit.place.span
        text = text[: source.offset(span.line, span.column)] + edit.text + text[source.offset(span.end_line, span.end_column) :]
    return text
