"""The values of literals, by Python's rules for whichever version the source is written in.

Not `ast.literal_eval`: it warns about unknown escapes on standard error, and knows only the running Python's grammar.
"""

from __future__ import annotations

import re
import unicodedata

_prefix = re.compile(r"[A-Za-z]*").match
_line_end = re.compile(r"\r\n?")
_escape = re.compile(
    r"\\(?:(?P<newline>\r\n|\r|\n)|(?P<simple>[\\'\"abfnrtv])|(?P<octal>[0-7]{1,3})|x(?P<hex>[0-9A-Fa-f]{2})"
    r"|u(?P<u4>[0-9A-Fa-f]{4})|U(?P<u8>[0-9A-Fa-f]{8})|N\{(?P<name>[^}]*)\})"
)
_SIMPLE = {"\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_BYTES_ESCAPES = frozenset({"newline", "simple", "octal", "hex"})


class NotALiteral(ValueError):
    """A literal whose value Python itself would refuse."""


def number_value(text: str) -> int | float | complex:
    """The value of a number literal, with its underscores, base and `j`.

    Raises NotALiteral if Python would not read it, or not without a raised limit on digits.
    """
    try:
        if text[-1] in "jJ":
            return complex(text)
        if text[:2].lower() in ("0x", "0o", "0b"):
            return int(text, 0)
        return int(text, 10) if text.replace("_", "").isdigit() else float(text)
    except ValueError as error:
        raise NotALiteral(str(error)) from None


def string_value(literal: str) -> str | bytes:
    """The value of one string or bytes literal, prefix and quotes included."""
    if "\\" not in literal and "\r" not in literal and literal[0] in "'\"":
        return literal[3:-3] if literal[:3] in ("'''", '"""') and len(literal) >= 6 else literal[1:-1]
    match = _prefix(literal)
    prefix = match.group().lower() if match else ""
    quoted = literal[len(prefix) :]
    width = 3 if quoted[:3] in ("'''", '"""') and len(quoted) >= 6 else 1
    body = quoted[width:-width]
    if "b" in prefix:
        return text_value(body, is_raw="r" in prefix, is_bytes=True).encode("latin-1")
    return text_value(body, is_raw="r" in prefix)


def text_value(body: str, is_raw: bool, is_bytes: bool = False) -> str:
    """The value of the text between quotes; bytes come as characters below 256."""
    if "\r" in body:
        body = _line_end.sub("\n", body)
    if is_raw or "\\" not in body:
        return body
    return _escape.sub(_byte_escape if is_bytes else _character_escape, body)


def _byte_escape(match: re.Match[str]) -> str:
    return _character_escape(match) if match.lastgroup in _BYTES_ESCAPES else match.group()


def _character_escape(match: re.Match[str]) -> str:
    kind, digits = match.lastgroup, match.group(match.lastgroup or 0)
    match kind:
        case "newline":
            return ""
        case "simple":
            return _SIMPLE[digits]
        case "octal":
            return chr(int(digits, 8) & 0o777)
        case "name":
            try:
                return unicodedata.lookup(digits)
            except KeyError:
                raise NotALiteral(f"unknown character name `{digits}`") from None
        case _:
            code = int(digits, 16)
            if code > 0x10FFFF:
                raise NotALiteral("a character beyond the end of Unicode")
            return chr(code)
