"""Where the line of code ends that a comment above it is about."""

from __future__ import annotations

from cnnlint.source import SourceText
from cnnlint.source.scanner import STRUCTURE, scan


class LogicalLines:
    """A file's lines by the brackets that are open where they begin; scanned when first asked for."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.depths: dict[int, int] = {}

    def below(self, line: int) -> tuple[int, int]:
        """The first and last line of what stands below a comment on `line`, decorators with what they decorate.

        In brackets it is the element that begins there, so far as it has lines of its own.
        """
        first = self.code_below(line)
        begin, end = first, self.end_of(first)
        while self.text(begin).startswith("@") and end + 1 < len(self.source.line_starts):
            begin = self.code_below(end)
            end = self.end_of(begin)
        return first, end

    def code_below(self, line: int) -> int:
        """The first line below that holds more than a comment; the last line if there is none."""
        last = len(self.source.line_starts) - 1
        line += 1
        while line < last and (not self.text(line) or self.text(line).startswith("#")):
            line += 1
        return min(line, last)

    def end_of(self, first: int) -> int:
        """The last line of the code that begins on `first`."""
        depths = self.depths or self.measured()
        depth = depths.get(first, 0)
        line = first
        while line + 1 < len(self.source.line_starts) and depths.get(line + 1, depth + 1) > depth:
            line += 1
        return line

    def ends_with_code(self, line: int) -> bool:
        """Whether a comment may stand behind what is on a line: it ends in no string and in no backslash."""
        depths = self.depths or self.measured()
        return line + 1 in depths or line + 1 >= len(self.source.line_starts)

    def beginning_of(self, line: int) -> int:
        """The line where the string or the backslash begins that a line goes on from: a comment may stand above it."""
        depths = self.depths or self.measured()
        while line > 1 and line not in depths:
            line -= 1
        return line

    def text(self, line: int) -> str:
        return self.source.lines(line, line).strip()

    def measured(self) -> dict[int, int]:
        """The open brackets at the start of each line; a line that begins in a string, or goes on after a backslash, has none."""
        depth = 0
        self.depths[1] = 0
        for token in scan(self.source.text, STRUCTURE):
            if token.kind == "open":
                depth += 1
            elif token.kind == "close":
                depth = max(depth - 1, 0)
            elif token.kind == "newline":
                self.depths[self.source.position(token.start)[0] + 1] = depth
        return self.depths
