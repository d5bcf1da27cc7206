"""The suppressions in a file's comments, and the lines that each is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnnlint.record import record, value
from cnnlint.source import Comment, Directive, SourceText, comments, directives
from cnnlint.suppressions.logical_lines import LogicalLines

VERBS = ("ignore", "file-ignore")
_noqa = re.compile(r"#\s*noqa\s*:\s*(?P<codes>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*)(?![A-Za-z0-9])", re.IGNORECASE)
_other_part = re.compile(r"\s*(?:#\s*(?:noqa|[a-z]+\s*:)|[\r\n]|\Z)")
_code = re.compile(r"[A-Za-z]+[0-9]+")
_item = re.compile(r"[^,\s\[\]()]+(?:[^,\[\]()]*[^,\s\[\]()])?")


@value
class SuppressionItem:
    """A code or name that a comment lists, and where it stands in the text: offsets from `start` to `end`."""

    text: str
    start: int
    end: int


@record
class Suppression:
    """A comment that silences what it lists from `first_line` to `last_line`; `is_own`: in our words, not in another tool's.

    The comment's own part of the text goes from `start` to `end`; `is_alone` if nothing but it stands on its line.
    """

    line: int
    first_line: int
    last_line: int
    items: tuple[SuppressionItem, ...]
    reason: str
    start: int
    end: int
    is_alone: bool
    is_own: bool

    def covers(self, first: int, last: int) -> bool:
        """Whether it is about any line of a range."""
        return self.first_line <= last and first <= self.last_line


def suppressions_in(source: SourceText) -> list[Suppression]:
    """The suppressions of a file, in order; those without a code or name are malformed directives, and none."""
    text = source.text
    if "cnnlint" not in text and "noqa" not in text.lower():
        return []
    lines = LogicalLines(source)
    return [*_directives(source, lines), *(each for comment in comments(source) for each in _of_other_tools(source, comment))]


def _directives(source: SourceText, lines: LogicalLines) -> Iterator[Suppression]:
    found = [directive for directive in directives(source) if directive.verb in VERBS and directive.arguments and not directive.problem]
    for directive in found:
        first, last = directive.line, directive.line
        if directive.verb == "file-ignore":
            first, last = 1, len(source.line_starts)
        elif directive.alone:
            first, last = lines.below(directive.line)
        start = source.offset(directive.line, directive.column)
        reason = _other_part.split(directive.reason, maxsplit=1)[0]
        yield Suppression(directive.line, first, last, _items(source, directive), reason, start, _end(source, start), directive.alone, True)


def _items(source: SourceText, directive: Directive) -> tuple[SuppressionItem, ...]:
    start = source.offset(directive.line, directive.column)
    opened = re.compile(r"[\[(]").search(source.text, start)
    assert opened is not None
    assert directive.arguments is not None
    closed = source.text.index(directive.arguments, opened.end()) + len(directive.arguments)
    return tuple(SuppressionItem(each.group(), each.start(), each.end()) for each in _item.finditer(source.text, opened.end(), closed))


def _end(source: SourceText, start: int) -> int:
    """Where a comment's part ends: where another tool's begins, or with its line."""
    ended = _other_part.search(source.text, start + 1)
    return ended.start() if ended else len(source.text)


def _of_other_tools(source: SourceText, comment: Comment) -> Iterator[Suppression]:
    """`# noqa: CNN201`: only codes, and only on their own line."""
    base = source.offset(comment.line, comment.column)
    for match in _noqa.finditer(comment.text):
        items = [SuppressionItem(code.group(), base + code.start(), base + code.end()) for code in _code.finditer(match.group())]
        items = [SuppressionItem(each.text, each.start + match.start(), each.end + match.start()) for each in items]
        yield Suppression(
            comment.line, comment.line, comment.line, tuple(items), "", base + match.start(), base + match.end(), comment.alone, False
        )
