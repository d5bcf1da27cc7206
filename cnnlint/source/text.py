"""Source text as it lies on disk: decoded exactly as Python would decode it, with its line ends kept."""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from bisect import bisect_right
from dataclasses import dataclass, field

MAX_FILE_SIZE = 5_000_000

# Python counts "\r" alone as a line end too; form feeds and Unicode separators are not line ends.
_LINE_END = re.compile(r"\r\n?|\n")


class NotAnalysed(Exception):
    """A file, or a part of one, that is not looked at, and why.

    `line` counts from 1, `column` in characters from 0; `kind` is `syntax-error` or `not-analysed`.
    """

    def __init__(self, path: str, line: int, column: int, reason: str, kind: str = "not-analysed") -> None:
        super().__init__(f"{path}:{line}:{column + 1}: {reason}")
        self.path = path
        self.line = line
        self.column = column
        self.reason = reason
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell of a notebook: its ordinal among all cells, from 1, its first line in the whole text, and its own text.

    `indent` characters of each line are not in the whole text. `may_raise` if its author says that an exception is meant.
    """

    number: int
    first_line: int
    text: str
    indent: int = 0
    may_raise: bool = False


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why a cell of a notebook is left out, at a place of the whole text; `kind` as in `NotAnalysed`."""

    line: int
    column: int
    reason: str
    kind: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text, and what is needed to write it back byte for byte.

    `line_starts` holds the offset of each line's first character, and one past the end of the text. Of a notebook `text` holds all
    code cells, `cells` where each begins, and `problems` which are left out.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    has_bom: bool = False
    newline: str = "\n"
    cells: tuple[Cell, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ends = [match.end() for match in _LINE_END.finditer(self.text)]
        object.__setattr__(self, "line_starts", (0, *ends, len(self.text) + 1))

    def position(self, offset: int) -> tuple[int, int]:
        """The line, from 1, and the column, in characters from 0, of a character's offset."""
        line = bisect_right(self.line_starts, offset, hi=len(self.line_starts) - 1)
        return line, offset - self.line_starts[line - 1]

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; the inverse of `position`."""
        return self.line_starts[line - 1] + column

    def lines(self, first: int, last: int) -> str:
        """The text of the lines from `first` to `last`, both included, counted from 1."""
        return self.text[self.line_starts[first - 1] : self.line_starts[min(last, len(self.line_starts) - 1)]]

    def cell_at(self, line: int) -> Cell | None:
        """The cell of a notebook that a line of the whole text stands in; None for another file."""
        return next((cell for cell in reversed(self.cells) if cell.first_line <= line), None)

    def shown(self, line: int) -> str:
        """A line as it is named in a message: `net.py:3`, `train.ipynb:cell 2:3`."""
        cell = self.cell_at(line)
        return f"{self.path}:{line}" if cell is None else f"{self.path}:cell {cell.number}:{line - cell.first_line + 1}"

    def encode(self, text: str) -> bytes:
        """`text` as bytes in this file's encoding, with its byte order mark if it had one."""
        data = text.encode(self.encoding)
        return codecs.BOM_UTF8 + data if self.has_bom else data


def check_size(data: bytes, display: str, limit: int) -> None:
    """Refuse what is larger than `limit` bytes.

    Raises NotAnalysed.
    """
    if len(data) > limit:
        reason = f"the file is larger than the limit of {limit:,} bytes; raise `max-file-size` to have it analysed"
        raise NotAnalysed(display, 1, 0, reason)


def decode(data: bytes, display: str) -> SourceText:
    """The text that `data` encodes, by its byte order mark, its encoding declaration (PEP 263), or UTF-8.

    Raises NotAnalysed where Python would refuse the file.
    """
    null = data.find(b"\0")
    if null >= 0 and _undecodable(data, "utf-8") is not None:
        raise NotAnalysed(display, 1, 0, "the file is binary; it is not Python source")
    if null >= 0:
        raise NotAnalysed(display, *_byte_position(data, null), "the file contains a null byte; it is not Python source")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(_first_lines(data)).readline)
    except SyntaxError as error:
        # Names an unknown encoding, or bytes that are not UTF-8 in the first two lines.
        place = _undecodable(data, "utf-8")
        if place is not None and "unknown encoding" not in str(error):
            reason = f"the file is not UTF-8 (line {place[0]}) and declares no encoding"
            raise NotAnalysed(display, 1, 0, reason, "syntax-error") from None
        raise NotAnalysed(display, 1, 0, f"the encoding cannot be used: {_one_line(str(error))}", "syntax-error") from None
    has_bom = data.startswith(codecs.BOM_UTF8)
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    body = data[len(codecs.BOM_UTF8) :] if has_bom else data
    try:
        if "\n#".encode(plain) != b"\n#":
            # UTF-16 and its like cannot have been declared in a line that could be read.
            raise LookupError(f"{plain} is not a superset of ASCII")
        text = body.decode(plain)
    except (UnicodeError, LookupError) as error:
        # A codec that is not a text encoding (`rot13`, `hex`) is a LookupError.
        place = _undecodable(body, plain) or (1, 0)
        reason = f"the file is not valid {plain} (line {place[0]}): {_one_line(str(error))}"
        raise NotAnalysed(display, 1, 0, reason, "syntax-error") from None
    if "\0" in text:
        raise NotAnalysed(display, 1, 0, "the file contains a null character; it is not Python source")
    first_end = _LINE_END.search(text)
    return SourceText(display, text, plain, has_bom, first_end.group() if first_end else "\n")


def _first_lines(data: bytes) -> bytes:
    # `detect_encoding` knows only "\n" as a line end; only the first two lines matter to it.
    return data[:100_000].replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _byte_position(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset].decode("latin-1")
    starts = [match.end() for match in _LINE_END.finditer(before)]
    return len(starts) + 1, offset - (starts[-1] if starts else 0)


def _undecodable(data: bytes, encoding: str) -> tuple[int, int] | None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return _byte_position(data, error.start)
    except (UnicodeError, LookupError):
        return None
    return None


def _one_line(message: str) -> str:
    return " ".join(message.split())
