"""Notebooks: their code cells as one text that Python's grammar covers, and edits written back into the cells.

Source: the notebook format 4, https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from cnnlint.source.left_out import modules_of, names_bound, without_code
from cnnlint.source.lowering import lower
from cnnlint.source.magics import without_magics
from cnnlint.source.text import Cell, CellProblem, NotAnalysed, SourceText

_first_line = re.compile(r"(?:[ \t]*\n)*(?P<indent>[ \t]*)(?=\S)")
_space = re.compile(r"\s*")
_decoder = json.JSONDecoder(strict=False)


def decode_notebook(data: bytes, display: str) -> SourceText:
    """The code of a notebook's cells in order; lines that only IPython understands do nothing, and what stands for a cell that is no
    Python makes all names unknown that it may bind.

    The text of a notebook in another language is empty. Raises NotAnalysed if the file is no notebook of format 4 or for Python 2.
    """
    try:
        document = json.loads(data)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise NotAnalysed(display, line, 0, "the file is no notebook: it is not valid JSON", "syntax-error") from None
    cells = document.get("cells") if isinstance(document, dict) else None
    if not isinstance(cells, list):
        is_old = isinstance(document, dict) and "worksheets" in document
        reason = "the notebook is of an old format; `jupyter nbconvert --to notebook` renews it" if is_old else "the file is no notebook"
        raise NotAnalysed(display, 1, 0, reason)
    if _said(document, "language_info", "name", "kernelspec", "language") not in ("", "python", "ipython"):
        return SourceText(display, "")
    if _said(document, "language_info", "version", "kernelspec", "name").startswith(("2.", "python2")):
        raise NotAnalysed(display, 1, 0, "the notebook is for Python 2")
    return _joined(display, {number: cell for number, cell in enumerate(cells, 1) if _is_code(cell)})


def _joined(display: str, cells: Mapping[int, Mapping[str, Any]]) -> SourceText:
    """The text of code cells, by their ordinals."""
    sources = {number: _cell_source(cell) for number, cell in cells.items()}
    whole = "\n".join(sources.values())
    names, modules = frozenset(names_bound(whole)), modules_of(whole)
    found: list[Cell] = []
    problems: list[CellProblem] = []
    texts: list[str] = []
    line = 1
    for number, original in sources.items():
        indent = _indent(original)
        text = without_magics(re.sub(rf"^{indent}", "", original, flags=re.MULTILINE) if indent else original, names)
        text = text if text.endswith("\n") or not text else text + "\n"
        problem = _problem(text, display)
        if problem is not None:
            problems.append(CellProblem(line + problem.line - 1, problem.column, problem.reason, problem.kind))
            text = without_code(text, modules)
        if text:
            found.append(Cell(number, line, original, len(indent), _may_raise(cells[number])))
            texts.append(text)
            line += text.count("\n")
    return SourceText(display, "".join(texts), cells=tuple(found), problems=tuple(problems))


def encode_notebook(data: bytes, sources: Mapping[int, str]) -> bytes:
    """The notebook with other sources in some cells, by their ordinal from 1; all else stays as it is, byte for byte."""
    text = data.decode("utf-8")
    cells = next(span for key, span in _members(text, _after_space(text, 0)) if key == "cells")
    for number, start in reversed(list(enumerate(_item_starts(text, cells[0]), 1))):
        if number not in sources:
            continue
        begin, end = next(span for key, span in _members(text, start) if key == "source")
        text = text[:begin] + _as_json(sources[number], text, begin, end) + text[end:]
    return text.encode("utf-8")


def _said(document: Mapping[str, Any], *places: str) -> str:
    """The first word that the metadata have at one of the places, each a holder and a key; in small letters."""
    metadata = document.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    for holder, key in zip(places[::2], places[1::2], strict=True):
        said = metadata.get(holder)
        if isinstance(said, dict) and isinstance(said.get(key), str):
            return str(said[key]).lower()
    return ""


def _is_code(cell: object) -> bool:
    """Whether a cell holds Python code; editors may mark one as of another language."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return False
    metadata = cell.get("metadata")
    editor = metadata.get("vscode") if isinstance(metadata, dict) else None
    language = editor.get("languageId") if isinstance(editor, dict) else None
    return language in (None, "python")


def _may_raise(cell: Mapping[str, Any]) -> bool:
    """Whether a cell has the tag with which tools that run notebooks go on after an exception."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return isinstance(tags, list) and "raises-exception" in tags


def _indent(cell: str) -> str:
    """The indentation of a cell's first line, which IPython takes away from all."""
    match = _first_line.match(cell)
    return match["indent"] if match else ""


def _cell_source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    text = "".join(part for part in source if isinstance(part, str)) if isinstance(source, list) else source
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else ""


def _problem(text: str, display: str) -> NotAnalysed | None:
    """Why a cell is no Python; only then it is parsed in full by itself."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in the text, which is not ours
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        try:
            lower(SourceText(display, text))
        except NotAnalysed as error:
            return error
    return None


def _as_json(source: str, text: str, begin: int, end: int) -> str:
    """A source in the form that the one it takes the place of has: a string, or a list of lines in the same layout."""
    is_ascii = text[begin:end].isascii() and text.isascii()
    if text[begin] != "[":
        return json.dumps(source, ensure_ascii=is_ascii)
    lines = [json.dumps(line, ensure_ascii=is_ascii) for line in source.splitlines(keepends=True)]
    first = _after_space(text, begin + 1)
    separator = text[begin + 1 : first] if text[first] != "]" else ""
    closing = re.search(r"\s*\Z", text[begin : end - 1])
    return "[" + separator + ("," + (separator or " ")).join(lines) + (closing.group() if closing else "") + "]"


def _members(text: str, start: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """The keys of the JSON object that begins at `start`, each with the range of its value."""
    position = _after_space(text, start + 1)
    while text[position] != "}":
        key, position = _decoder.raw_decode(text, position)
        begin = _after_space(text, _after_space(text, position) + 1)
        _, end = _decoder.raw_decode(text, begin)
        yield key, (begin, end)
        position = _after_space(text, end)
        if text[position] == ",":
            position = _after_space(text, position + 1)


def _item_starts(text: str, start: int) -> Iterator[int]:
    """Where each item begins of the JSON array that begins at `start`."""
    position = _after_space(text, start + 1)
    while text[position] != "]":
        yield position
        _, end = _decoder.raw_decode(text, position)
        position = _after_space(text, end)
        if text[position] == ",":
            position = _after_space(text, position + 1)


def _after_space(text: str, position: int) -> int:
    match = _space.match(text, position)
    return match.end() if match else position
