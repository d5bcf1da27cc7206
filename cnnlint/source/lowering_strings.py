"""Lowering of string literals, f-strings and t-strings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnlint.source import ir
from cnnlint.source.literals import NotALiteral, string_value, text_value
from cnnlint.source.walk import ExpressionLowering, Walk


def _string(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + len(node.value)
    try:
        return ir.Constant(walk.span(start), string_value(node.value))
    except NotALiteral as error:
        return ir.NotModelled(walk.span(start), f"a string literal ({error})", frozenset())


def _formatted(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + len(node.start)
    try:
        parts = _parts(walk, node.parts, is_raw="r" in node.start.lower())
    except NotALiteral as error:
        # Where the cursor stands is not known then; the closing quotes are found from the node's own text.
        walk.position = start + walk.code_length(node)
        return ir.NotModelled(walk.span(start), f"a string literal ({error})", frozenset())
    walk.position += len(node.end)
    return ir.JoinedString(walk.span(start), parts, "t" in node.start.lower())


def _parts(walk: Walk, nodes: Sequence[Any], is_raw: bool) -> tuple[ir.Expression, ...]:
    # Blanks inside a string are text: the cursor moves by exact lengths until a `{` opens an expression.
    parts: list[ir.Expression] = []
    for node in nodes:
        start = walk.position
        if hasattr(node, "expression"):
            _replacement(walk, node, is_raw, parts)
            continue
        walk.position = start + len(node.value)
        value = text_value(node.value, is_raw).replace("{{", "{").replace("}}", "}")
        parts.append(ir.Constant(walk.span(start), value))
    return tuple(parts)


def _replacement(walk: Walk, node: Any, is_raw: bool, parts: list[ir.Expression]) -> None:
    start = walk.position
    walk.position = start + 1
    value = walk.expression(node.expression)
    if node.equal is not None:
        walk.token(1)
        end = walk.here()
        # `{x = }` also says the expression's text, blanks included.
        parts.append(ir.Constant(walk.span(start + 1), walk.text[start + 1 : end]))
    conversion = node.conversion or ""
    if conversion:
        walk.token(1)
        walk.token(len(conversion))
    specification: ir.Expression | None = None
    if node.format_spec is not None:
        walk.token(1)
        spec_start = walk.position
        spec_parts = _parts(walk, node.format_spec, is_raw)
        span = walk.span(spec_start)
        match spec_parts:
            case ():
                specification = ir.Constant(span, "")
            case (ir.Constant() as single,):
                specification = single
            case _:
                specification = ir.JoinedString(span, spec_parts, False)
        walk.position += 1
    else:
        walk.token(1)
    if node.equal is not None and not conversion and specification is None:
        conversion = "r"
    parts.append(ir.Formatted(walk.span(start), value, conversion, specification))


def _concatenated(walk: Walk, node: Any, start: int) -> ir.Expression:
    pieces = []
    right: Any = node
    while hasattr(right, "left"):
        pieces.append(walk.expression(right.left))
        right = right.right
    pieces.append(walk.expression(right))
    span = walk.span(start)
    texts: list[str] = []
    data: list[bytes] = []
    for piece in pieces:
        match piece:
            case ir.Constant(value=str() as text):
                texts.append(text)
            case ir.Constant(value=bytes() as some):
                data.append(some)
            case ir.NotModelled(what=what):
                return ir.NotModelled(span, what, frozenset())
            case _:
                pass
    if len(texts) == len(pieces):
        return ir.Constant(span, "".join(texts))
    if len(data) == len(pieces):
        return ir.Constant(span, b"".join(data))
    if data:
        return ir.NotModelled(span, "a mixture of bytes and text", frozenset())
    parts: list[ir.Expression] = []
    is_template = False
    for piece in pieces:
        if isinstance(piece, ir.JoinedString):
            parts += piece.parts
            is_template = is_template or piece.is_template
        else:
            parts.append(piece)
    return ir.JoinedString(span, tuple(parts), is_template)


STRINGS: dict[str, ExpressionLowering] = {
    "SimpleString": _string,
    "FormattedString": _formatted,
    "TemplatedString": _formatted,
    "ConcatenatedString": _concatenated,
}
