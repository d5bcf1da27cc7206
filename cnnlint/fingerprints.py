"""What tells a diagnostic apart from others, and stays when lines move: for baselines and reports that are compared with earlier ones."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic

_definition = re.compile(r"(?P<indentation>[ \t]*)(?:async\s+def|def|class)\s+(?P<name>\w+)")


def fingerprints(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> tuple[str, ...]:
    """A fingerprint for each diagnostic that no other in the report has: of its file, its context, and its ordinal among equal ones.

    `sources` has the files' texts by the path that is printed.
    """
    seen: Counter[str] = Counter()
    found = []
    for diagnostic in diagnostics:
        place = diagnostic.place
        key = f"{place.path}\0{fingerprint(diagnostic, sources.get(place.shown, ''))}"
        seen[key] += 1
        found.append(hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return tuple(found)


def fingerprint(diagnostic: Diagnostic, source: str) -> str:
    """Sixteen digits that stay while the finding's line, without its layout, and the definitions around it are the same."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    number = min(diagnostic.place.span.line, len(lines)) - 1
    scope = _scope(lines, number)
    text = "\0".join((diagnostic.code, scope, " ".join(lines[number].split())))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _scope(lines: Sequence[str], number: int) -> str:
    """The classes and functions around a line, by indentation."""
    names: list[str] = []
    indentation = len(lines[number]) - len(lines[number].lstrip())
    for line in reversed(lines[:number]):
        match = _definition.match(line)
        if match and len(match["indentation"]) < indentation:
            indentation = len(match["indentation"])
            names.insert(0, match["name"])
        if indentation == 0:
            break
    return ".".join(names)
