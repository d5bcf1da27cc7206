"""Tables in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cnnlint.reporters._terminal import one_line

# What would start markup, or end a cell, in a line of text; code in backticks is left as it is.
_SPECIAL = re.compile(r"([\\*_\[\]<|~])")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> Iterator[str]:
    """The lines of a table whose cells are Markdown; the columns in `numbers` stand at the right."""
    yield f"| {' | '.join(headings)} |"
    yield f"|{'|'.join(' ---: ' if column in numbers else ' --- ' for column in range(len(headings)))}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def text(plain: str) -> str:
    """A line of text in which only backticks keep their meaning; it may stand in a cell."""
    parts = one_line(plain).split("`")
    if len(parts) % 2 == 0:  # a backtick without its partner
        return _SPECIAL.sub(r"\\\1", "`".join(parts)).replace("`", "\\`")
    return "".join(f"`{part}`".replace("|", "\\|") if number % 2 else _SPECIAL.sub(r"\\\1", part) for number, part in enumerate(parts))


def code(plain: str) -> str:
    """The text as code, whatever backticks it has in it; it may stand in a cell."""
    shown = one_line(plain).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    return f"{fence} {shown} {fence}" if "`" in shown else f"{fence}{shown}{fence}"
