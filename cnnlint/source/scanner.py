"""A fast scan over a file's tokens: as much of Python's lexical grammar as brackets, comments and strings need.

Whether a character is code, comment or string must be known before anything can be counted on it. f-strings are
entered (PEP 701 lets them hold any code, other strings with the same quotes included), all others skipped whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LITERALS = (
    r"(?P<format>(?<!\w)(?:[fFtT][rR]?|[rR][fFtT])(?:'''|\"\"\"|'|\"))"
    r"|(?P<string>'''[^\\']*(?:(?:\\(?s:.)|'(?!''))[^\\']*)*(?:'''|\Z)"
    r"|\"\"\"[^\\\"]*(?:(?:\\(?s:.)|\"(?!\"\"))[^\\\"]*)*(?:\"\"\"|\Z)"
    r"|'[^\\'\r\n]*(?:\\(?:\r\n|(?s:.))[^\\'\r\n]*)*'?"
    r"|\"[^\\\"\r\n]*(?:\\(?:\r\n|(?s:.))[^\\\"\r\n]*)*\"?)"
    r"|(?P<comment>\#[^\r\n]*)"
    r"|(?P<open>[(\[{])"
    r"|(?P<close>[)\]}])"
)

# Only what is needed to know where comments are.
COMMENTS = re.compile(_LITERALS + r"|(?P<colon>:)")

# Also whatever makes a tree deeper, or ends what does.
STRUCTURE = re.compile(
    _LITERALS
    + r"|(?P<elif>(?<!\w)elif(?!\w))"
    + r"|(?P<operator>(?<!\w)(?:if|else|and|or|not|lambda|await|for|in|is)(?!\w)|\*\*|//|<<|>>|[-+*/%@&|^~.<>])"
    + r"|(?P<colon>:)"
    + r"|(?P<separator>[,;])"
    + r"|(?P<continuation>\\(?:\r\n|[\r\n]))"
    + r"|(?P<newline>\r\n?[ \t\f]*|\n[ \t\f]*)"
)

_PLAIN_TEXT = {
    quote: re.compile(r"\\(?:\r\n|(?s:.))|\{\{|\}\}|[{}]|" + quote + ("" if len(quote) == 3 else r"|[\r\n]"))
    for quote in ("'", '"', "'''", '"""')
}
_SPECIFICATION = {
    quote: re.compile(r"\\(?:\r\n|(?s:.))|[{}]|" + quote + ("" if len(quote) == 3 else r"|[\r\n]")) for quote in ("'", '"', "'''", '"""')
}


class Token(NamedTuple):
    """A token that the pattern asked for; `kind` is the name of the pattern's group.

    The braces of f-strings' replacement fields are `open` and `close`.
    """

    kind: str
    start: int
    end: int


class _Layer:
    """The text of an f-string, or a replacement field in one, that the scan is inside of."""

    __slots__ = ("depth", "is_field", "is_specification", "quote")

    def __init__(self, quote: str, is_field: bool, is_specification: bool) -> None:
        self.quote = quote
        self.is_field = is_field
        self.is_specification = is_specification
        self.depth = 0


def scan(text: str, pattern: re.Pattern[str]) -> Iterator[Token]:
    """The tokens of `text` that `pattern`, COMMENTS or STRUCTURE, knows, in order and in linear time."""
    layers: list[_Layer] = []
    position = 0
    while True:
        if layers and not layers[-1].is_field:
            position, token = _scan_text(text, position, layers)
            if token is not None:
                yield token
            continue
        for match in pattern.finditer(text, position):
            kind = match.lastgroup or ""
            if kind == "format":
                position = match.end()
                layers.append(_Layer(match.group().lstrip("fFtTrR"), False, False))
                break
            if layers:
                field = layers[-1]
                if kind == "open":
                    field.depth += 1
                elif kind == "close" and field.depth:
                    field.depth -= 1
                elif kind == "close":
                    layers.pop()
                    position = match.end()
                    yield Token("close", match.start(), position)
                    break
                elif kind == "colon" and not field.depth:
                    position = match.end()
                    layers.append(_Layer(field.quote, False, True))
                    break
            yield Token(kind, match.start(), match.end())
        else:
            return


def _scan_text(text: str, position: int, layers: list[_Layer]) -> tuple[int, Token | None]:
    """Go on to the next border in the text of an f-string, and enter or leave a layer there."""
    layer = layers[-1]
    pattern = (_SPECIFICATION if layer.is_specification else _PLAIN_TEXT)[layer.quote]
    match = pattern.search(text, position)
    if match is None:
        layers.clear()
        return len(text), None
    found = match.group()
    start, end = match.span()
    if found == "{":
        layers.append(_Layer(layer.quote, True, False))
        return end, Token("open", start, end)
    if found == "}" and layer.is_specification:
        # The end of a specification is the end of its field.
        layers.pop()
        layers.pop()
        return end, Token("close", start, end)
    if found == layer.quote and not layer.is_specification:
        layers.pop()
        return end, None
    if found in ("\r", "\n") or found == layer.quote:
        # The string is broken off; go on with code, as a reader would.
        layers.clear()
        return start if found in ("\r", "\n") else end, None
    return end, None
