"""What stands for code that can't be read: every name that it may bind is unknown from there on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

LEFT_OUT = "__left_out__"
"""A function of which nothing is known, and a module that is not there: what is left out may bind any name."""

_NAME = r"[^\W\d]\w*"
_definition = re.compile(rf"^(?:async[ \t]+)?(?:def|class)[ \t]+({_NAME})", re.MULTILINE)
_assigned = re.compile(
    rf"^[ \t]*(?P<targets>[*(\[]*{_NAME}[^=\n#'\"]*?)(?:[-+*/|&^@%]|//|>>|<<|\*\*|:)?=(?!=)",
    re.MULTILINE,
)
_bound = re.compile(rf"\b(?:as|global|del)[ \t]+({_NAME})|({_NAME})[ \t]*:=|\bfor[ \t]+([^\n]+?)[ \t]+in\b")
_imported = re.compile(rf"^[ \t]*import[ \t]+({_NAME})|^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+([^\n#]+)", re.MULTILINE)
_changed = re.compile(rf"^[ \t]*({_NAME})[ \t]*[.\[]", re.MULTILINE)
_first_names = re.compile(rf"(?:^|[,(\[*])[ \t(\[*]*({_NAME})")
_KEYWORDS = frozenset({"if", "elif", "while", "return", "assert", "for", "with", "not", "lambda", "print", "in", "await", "yield", "else"})


def without_code(code: str, modules: frozenset[str] = frozenset()) -> str:
    """As many lines as `code` has, one of which binds what the code may bind to what nothing is known of; only imports stay.

    `modules` are names of imported modules, which code is not taken to change by calling their functions.
    """
    lines = code.split("\n")
    imports = [_is_import(line) for line in lines]
    rest = "\n".join("" if is_import else line for line, is_import in zip(lines, imports, strict=True))
    names = " = ".join(names_bound(rest, modules))
    kept = [line if is_import else "" for line, is_import in zip(lines, imports, strict=True)]
    if False not in imports:
        return "\n".join(kept)
    kept[imports.index(False)] = f"from {LEFT_OUT} import *" + (f"; {names} = {LEFT_OUT}()" if names else "")
    return "\n".join(kept)


def _is_import(line: str) -> bool:
    if not line.startswith(("import ", "from ")):
        return False
    try:
        ast.parse(line)
    except (SyntaxError, ValueError):
        return False
    return True


def names_bound(code: str, modules: frozenset[str] = frozenset()) -> list[str]:
    """The names that code may bind, or change the value of, whether it is Python or not; in order, each once."""
    return list(dict.fromkeys(name for name in _names_bound(code, modules) if name.isidentifier() and name not in _KEYWORDS))


def modules_of(code: str) -> frozenset[str]:
    """The names that code binds to modules by `import`."""
    return frozenset(re.findall(rf"^[ \t]*import[ \t]+(?:[\w.]+[ \t]+as[ \t]+)?({_NAME})", code, re.MULTILINE))


def _names_bound(code: str, modules: frozenset[str]) -> Iterator[str]:
    yield from _definition.findall(code)
    for match in _assigned.finditer(code):
        yield from _first_names.findall(match["targets"])
    for one, walrus, targets in _bound.findall(code):
        yield from (one, walrus, *_first_names.findall(targets))
    for one, several in _imported.findall(code):
        yield from (one, *(part.split()[-1] for part in several.strip("() ").split(",") if part.strip()))
    yield from (name for name in _changed.findall(code) if name not in modules)
