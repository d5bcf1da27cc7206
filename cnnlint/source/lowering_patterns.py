"""Lowering of the patterns of `match`; the names they capture are bound as they are met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnlint.source import ir
from cnnlint.source.walk import PatternLowering, Walk


def _value(walk: Walk, node: Any, start: int) -> ir.Pattern:
    # The parentheses of a value are the pattern's own: `walk.pattern` has stepped over them.
    value = walk.bare_expression(node.value, start)
    return ir.ValuePattern(walk.span(start), value)


def _capture(walk: Walk, node: Any, start: int) -> ir.Pattern:
    pattern = None
    if node.pattern is not None:
        pattern = walk.pattern(node.pattern)
        walk.token(2)
    name = _bound_name(walk, node.name)
    return ir.CapturePattern(walk.span(start), pattern, name)


def _bound_name(walk: Walk, node: Any) -> str | None:
    if node is None:
        walk.token(1)
        return None
    name: str = node.value
    walk.token(len(name))
    walk.scope.bound.add(name)
    return name


def _sequence(walk: Walk, node: Any, start: int) -> ir.Pattern:
    has_bracket = getattr(node, "lbracket", None) is not None
    if has_bracket:
        walk.token(1)
    patterns = _sequence_patterns(walk, node.patterns)
    if has_bracket:
        walk.token(1)
    return ir.SequencePattern(walk.span(start), patterns)


def _sequence_patterns(walk: Walk, nodes: Sequence[Any]) -> tuple[ir.Pattern, ...]:
    patterns: list[ir.Pattern] = []
    for node in nodes:
        if hasattr(node, "value"):
            patterns.append(walk.pattern(node.value))
        else:
            start = walk.token(1)
            name = _bound_name(walk, node.name)
            patterns.append(ir.StarPattern(walk.span(start), name))
        end = walk.position
        if not walk.optional(","):
            walk.position = end
    return tuple(patterns)


def _mapping(walk: Walk, node: Any, start: int) -> ir.Pattern:
    walk.token(1)
    keys, patterns = [], []
    for element in node.elements:
        keys.append(walk.expression(element.key))
        walk.token(1)
        patterns.append(walk.pattern(element.pattern))
        walk.optional(",")
    rest = None
    if node.rest is not None:
        walk.token(2)
        rest = _bound_name(walk, node.rest)
        walk.optional(",")
    walk.token(1)
    return ir.MappingPattern(walk.span(start), tuple(keys), tuple(patterns), rest)


def _class(walk: Walk, node: Any, start: int) -> ir.Pattern:
    cls = walk.expression(node.cls)
    walk.token(1)
    patterns = _sequence_patterns(walk, node.patterns)
    keywords, keyword_patterns = [], []
    for element in node.kwds:
        keywords.append(element.key.value)
        walk.token(len(element.key.value))
        walk.token(1)
        keyword_patterns.append(walk.pattern(element.pattern))
        walk.optional(",")
    walk.token(1)
    return ir.ClassPattern(walk.span(start), cls, patterns, tuple(keywords), tuple(keyword_patterns))


def _or(walk: Walk, node: Any, start: int) -> ir.Pattern:
    patterns = []
    for index, element in enumerate(node.patterns):
        if index:
            walk.token(1)
        patterns.append(walk.pattern(element.pattern))
    return ir.OrPattern(walk.span(start), tuple(patterns))


PATTERNS: dict[str, PatternLowering] = {
    "MatchValue": _value,
    "MatchSingleton": _value,
    "MatchAs": _capture,
    "MatchList": _sequence,
    "MatchTuple": _sequence,
    "MatchMapping": _mapping,
    "MatchClass": _class,
    "MatchOr": _or,
}
