"""Comments, and the directives in them: `# cnnlint: input(batch, 3, 224, 224)`."""

from __future__ import annotations

import re

from cnnlint.record import value
from cnnlint.source.scanner import COMMENTS, scan
from cnnlint.source.text import SourceText

_marker = re.compile(r"#\s*cnnlint\s*:[ \t]*")
_verb = re.compile(r"(?P<verb>[A-Za-z][A-Za-z0-9_-]*)?[ \t]*").match
_CLOSING = {"(": ")", "[": "]"}


@value
class Comment:
    """A comment, from its `#` to the end of its line; `alone` if there is no code before it.

    `line` counts from 1, `column` in characters from 0.
    """

    line: int
    column: int
    text: str
    alone: bool


@value
class Directive:
    """`# cnnlint: verb(arguments) reason`, or with square brackets.

    `arguments` is the text between the brackets, None without brackets; `stated` reads what `input` and `budget`
    hold. `problem` says what is wrong with the brackets. `line` and `column` are those of the `#`.
    """

    line: int
    column: int
    alone: bool
    verb: str
    arguments: str | None
    reason: str
    problem: str | None


def comments(source: SourceText) -> list[Comment]:
    """The comments of a file, in order; what looks like one in a string is none."""
    text = source.text
    if "#" not in text:
        return []
    found = []
    for token in scan(text, COMMENTS):
        if token.kind == "comment":
            line, column = source.position(token.start)
            before = text[token.start - column : token.start]
            found.append(Comment(line, column, text[token.start : token.end], not before.strip()))
    return found


def directives(source: SourceText) -> list[Directive]:
    """The directives in a file's comments, in order."""
    if "cnnlint" not in source.text:
        return []
    return [directive for comment in comments(source) for directive in _in_comment(comment)]


def _in_comment(comment: Comment) -> list[Directive]:
    # Another tool's directive may stand before ours in the same comment.
    marks = list(_marker.finditer(comment.text))
    ends = [mark.start() for mark in marks[1:]] + [len(comment.text)] if marks else []
    return [_directive(comment, mark.start(), comment.text[mark.end() : end].rstrip()) for mark, end in zip(marks, ends, strict=True)]


def _directive(comment: Comment, start: int, content: str) -> Directive:
    match = _verb(content)
    verb = (match["verb"] if match else None) or ""
    rest = content[match.end() :] if match else content
    arguments, problem = None, None
    if rest[:1] in _CLOSING and rest:
        end = _closing(rest)
        if end is None:
            problem = f"`{rest[0]}` is never closed"
            arguments, rest = rest[1:].strip(), ""
        else:
            arguments, rest = rest[1:end].strip(), rest[end + 1 :]
    reason = rest.strip().lstrip("-:;,").strip()
    return Directive(comment.line, comment.column + start, comment.alone and start == 0, verb, arguments, reason, problem)


def _closing(text: str) -> int | None:
    """Where the bracket that `text` begins with is closed."""
    open_brackets: list[str] = []
    for offset, character in enumerate(text):
        if character in _CLOSING:
            open_brackets.append(_CLOSING[character])
        elif open_brackets and character == open_brackets[-1]:
            open_brackets.pop()
            if not open_brackets:
                return offset
    return None
