"""What tells a diagnostic apart from others, and stays when lines move: for reports that are compared with earlier ones."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic


def fingerprints(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> tuple[str, ...]:
    """A fingerprint for each diagnostic, made of its file, its rule and the text of its line, without line numbers.

    Of several with the same three, each has its ordinal in it too. `sources` has the files' texts by printed path.
    """
    seen: Counter[str] = Counter()
    lines = {path: text.replace("\r\n", "\n").replace("\r", "\n").split("\n") for path, text in sources.items()}
    found = []
    for diagnostic in diagnostics:
        text = _line(lines.get(diagnostic.place.path, []), diagnostic.place.span.line)
        key = "\0".join((diagnostic.place.path, diagnostic.code, " ".join(text.split())))
        seen[key] += 1
        found.append(hashlib.sha256(f"{key}\0{seen[key]}".encode(errors="surrogatepass")).hexdigest()[:32])
    return tuple(found)


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""
