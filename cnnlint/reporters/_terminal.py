"""Lines in pieces that a terminal shows in colour and with links, and that are plain text elsewhere."""

from __future__ import annotations

import os
import pathlib
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO, TypeAlias

if TYPE_CHECKING:
    from cnnlint.graph import Place
    from cnnlint.plugin import Printing

# A line in pieces, each with the style it has on a terminal.
Line: TypeAlias = tuple[tuple[str, str], ...]

# Characters that reorder the text around them: a line could be made to read as what it is not.
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def write_lines(lines: Iterable[Line], stream: TextIO, printing: Printing) -> None:
    """Writes the lines, in colour where that is wanted."""
    if not printing.is_coloured:
        stream.writelines("".join(text for text, _ in line) + "\n" for line in lines)
        return
    from rich.console import Console  # only for colours: it costs start-up time
    from rich.text import Text

    is_terminal = stream.isatty()
    console = Console(
        file=stream,
        force_terminal=True,
        no_color=False,
        color_system="auto" if is_terminal and os.name == "nt" else "standard",
        legacy_windows=None if is_terminal else False,
        highlight=False,
        soft_wrap=True,
    )
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)


def place_style(place: Place, printing: Printing) -> str:
    """The style of a place: a link to the file, where the terminal has links."""
    return f"link {pathlib.Path(place.path).absolute().as_uri()}" if printing.has_links else ""


def visible(text: str) -> str:
    """The text with a picture for each character that would move the cursor, ring or reorder; tabs stay."""
    return "".join(_picture(character) for character in text)


def one_line(text: str) -> str:
    """The text without line ends, tabs and what else is not to be seen."""
    return visible(text.replace("\r\n", "\n").replace("\n", " ").replace("\t", " "))


def width(text: str) -> int:
    """How many columns of a terminal the text takes; a tab counts as one."""
    return sum(_width(character) for character in text)


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20 and character != "\t":
        return chr(0x2400 + code)
    return "\ufffd" if 0x7F <= code <= 0x9F or character in _REORDERING else character


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
