"""What IPython understands and Python doesn't: magics, shell commands and questions, made to do nothing without moving a line.

Source: https://ipython.readthedocs.io/en/stable/interactive/reference.html
"""

from __future__ import annotations

import re

from cnnlint.source.scanner import STRUCTURE, scan

# The cell magics whose cell is Python that runs here.
_PYTHON_CELLS = frozenset({"capture", "prun", "time", "timeit"})

_cell_magic = re.compile(r"%%(\w+)")
_command = re.compile(r"(?P<indentation>[ \t]*)(?:[%!]|\?|(?:pip3?|conda|mamba)[ \t]+[a-z-])")
_question = re.compile(r"(?P<indentation>[ \t]*)[\w.*]+\?{1,2}[ \t]*\Z")
_assigned = re.compile(r"(?P<target>[ \t]*[\w., \t\[\]]+?=[ \t]*)[%!](?!=)")

UNKNOWN_VALUE = "get_ipython()"
"""An expression of which nothing is known: what a magic or a shell command gives."""


def without_magics(cell: str) -> str:
    """A cell's source, as many lines long, with what is no Python replaced by what does nothing; a cell in another language is empty."""
    first = re.match(r"\s*", cell)
    start = first.end() if first else 0
    magic = _cell_magic.match(cell, start)
    if magic is not None and magic[1] not in _PYTHON_CELLS:
        return "\n" * cell.count("\n")
    if magic is not None:
        end = cell.find("\n", start)
        return cell[:start] + ("" if end < 0 else without_magics(cell[end:]))
    if not re.search(r"[%!?]|^\s*(?:pip|conda|mamba)", cell, re.MULTILINE):
        return cell
    lines = cell.split("\n")
    number = 0
    while number < len(lines):
        replaced = _replaced(lines[number])
        if replaced is not None:
            continued = lines[number].rstrip().endswith("\\")
            lines[number] = replaced
            while continued and number + 1 < len(lines):
                number += 1
                continued = lines[number].rstrip().endswith("\\")
                lines[number] = ""
            number += 1
        else:
            number += _statement_length(lines, number)
    return "\n".join(lines)


def _replaced(line: str) -> str | None:
    """What stands for a line that is no Python; None for any other."""
    command = _command.match(line) or _question.match(line)
    if command is not None:
        return f"{command['indentation']}pass"
    assigned = _assigned.match(line)
    return f"{assigned['target']}{UNKNOWN_VALUE}" if assigned is not None else None


def _statement_length(lines: list[str], first: int) -> int:
    """On how many lines the code goes on that begins on `first`: in brackets, strings, and after backslashes."""
    if not re.search(r"[\[({\"'\\]", lines[first]):
        return 1
    text = "\n".join(lines[first:]) + "\n"
    depth = 0
    for token in scan(text, STRUCTURE):
        if token.kind == "open":
            depth += 1
        elif token.kind == "close":
            depth = max(depth - 1, 0)
        elif token.kind == "newline" and depth == 0:
            return text.count("\n", 0, token.start) + 1
    return len(lines) - first
