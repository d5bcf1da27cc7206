"""The patterns of `match`."""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.interpreter import attributes, iteration, operators
from cnnlint.interpreter.assignment import assign
from cnnlint.interpreter.branches import part, run_arms, signed
from cnnlint.interpreter.dispatch import evaluate
from cnnlint.interpreter.functions import execute_block
from cnnlint.interpreter.machine import NORMAL, Frame, Outcome
from cnnlint.interpreter.types import BUILTIN_CLASSES, type_of
from cnnlint.source import ir
from cnnlint.values import MISSING, ClassValue, DictValue, ListValue, Tensor, Unknown, Value


def match_cases(frame: Frame, subject: Value, cases: tuple[ir.Case, ...]) -> Outcome:
    """Run the first case that matches; where it is not known whether one does, both ways are taken."""
    if not cases:
        return NORMAL
    case, rest = cases[0], cases[1:]
    matched = matches(frame, subject, case.pattern)
    if matched is True and case.guard is not None:
        matched = operators.truth(frame.machine, evaluate(frame, case.guard))
    if matched is False:
        return match_cases(frame, subject, rest)
    if matched is True:
        return execute_block(frame, case.body)
    key, way = signed(matched)
    return part(
        frame,
        [
            *run_arms(frame, frozenset({(key, way)}), lambda: execute_block(frame, case.body)),
            *run_arms(frame, frozenset({(key, not way)}), lambda: match_cases(frame, subject, rest)),
        ],
    )


def matches(frame: Frame, subject: Value, pattern: ir.Node) -> Value:
    """True, False, or what decides; captures are bound on the way."""
    machine = frame.machine
    if isinstance(subject, Unknown) and not isinstance(pattern, (ir.CapturePattern, ir.OrPattern)):
        bind_all(frame, pattern, subject)
        return machine.unknown("whether a case matches")
    match pattern:
        case ir.ValuePattern(value=value):
            constant = isinstance(value, ir.Constant) and value.value in (None, True, False)
            compared = operators.compare_values(machine, "is" if constant else "==", subject, evaluate(frame, value))
            return operators.truth(machine, compared)
        case ir.CapturePattern(pattern=inner, name=name):
            way = True if inner is None else matches(frame, subject, inner)
            if name is not None and way is not False:
                assign(frame, ir.Name(pattern.span, name), subject)
            return way
        case ir.OrPattern(patterns=options):
            ways = []
            for option in options:
                way = matches(frame, subject, option)
                if way is True:
                    return True
                ways.append(way)
            return next((way for way in ways if way is not False), False)
        case ir.SequencePattern():
            return matches_sequence(frame, subject, pattern)
        case ir.MappingPattern():
            return matches_mapping(frame, subject, pattern)
        case ir.ClassPattern():
            return matches_class(frame, subject, pattern)
    return machine.unknown("a pattern that is not modelled")


def matches_sequence(frame: Frame, subject: Value, pattern: ir.SequencePattern) -> Value:
    if not isinstance(subject, (tuple, list, ListValue)):
        return False
    items = iteration.iterate(frame.machine, subject)
    if isinstance(items, Unknown):
        bind_all(frame, pattern, items)
        return items
    patterns = pattern.patterns
    star = next((i for i, part_ in enumerate(patterns) if isinstance(part_, ir.StarPattern)), None)
    if len(items) < len(patterns) - (star is not None) or (star is None and len(items) != len(patterns)):
        return False
    if star is not None:
        after = len(patterns) - star - 1
        items = [*items[:star], ListValue(items[star : len(items) - after]), *items[len(items) - after :]]
    return all_match(frame, list(zip(items, patterns, strict=True)))


def all_match(frame: Frame, pairs: Sequence[tuple[Value, ir.Node]]) -> Value:
    result: Value = True
    for item, pattern in pairs:
        if isinstance(pattern, ir.StarPattern):
            if pattern.name is not None:
                assign(frame, ir.Name(pattern.span, pattern.name), item)
            continue
        way = matches(frame, item, pattern)
        if way is False:
            return False
        if way is not True:
            result = way
    return result


def matches_mapping(frame: Frame, subject: Value, pattern: ir.MappingPattern) -> Value:
    if not isinstance(subject, DictValue):
        return False
    if isinstance(subject.contents, Unknown):
        bind_all(frame, pattern, subject.contents)
        return subject.contents
    rest = dict(subject.contents)
    pairs = []
    for key_node, inner in zip(pattern.keys, pattern.patterns, strict=True):
        found = rest.pop(evaluate(frame, key_node), MISSING)
        if found is MISSING:
            return False
        pairs.append((found, inner))
    if pattern.rest is not None:
        assign(frame, ir.Name(pattern.span, pattern.rest), DictValue(rest))
    return all_match(frame, pairs)


def matches_class(frame: Frame, subject: Value, pattern: ir.ClassPattern) -> Value:
    machine = frame.machine
    cls = evaluate(frame, pattern.cls)
    actual = type_of(machine, subject)
    if not isinstance(cls, ClassValue) or actual is None:
        bind_all(frame, pattern, machine.unknown("what a class pattern captures"))
        return machine.unknown("whether a class pattern matches")
    if not actual.is_subclass(cls):
        return False
    names: list[str] = list(pattern.keywords)
    inner = list(pattern.keyword_patterns)
    pairs: list[tuple[Value, ir.Node]] = []
    if pattern.patterns:
        if cls.name in BUILTIN_CLASSES and not isinstance(subject, Tensor):
            pairs.append((subject, pattern.patterns[0]))
        else:
            order = cls.find("__match_args__")
            if not isinstance(order, tuple):
                return machine.unknown("whether a class pattern matches")
            names = [*order[: len(pattern.patterns)], *names]
            inner = [*pattern.patterns, *inner]
    for name, part_ in zip(names, inner, strict=True):
        found = attributes.find_attribute(machine, subject, name)
        if found is MISSING:
            return False
        pairs.append((found, part_))
    return all_match(frame, pairs)


def bind_all(frame: Frame, pattern: ir.Node, value: Value) -> None:
    """Bind every name that a pattern captures to the same value."""
    match pattern:
        case ir.CapturePattern(pattern=inner, name=name):
            if name is not None:
                assign(frame, ir.Name(pattern.span, name), value)
            if inner is not None:
                bind_all(frame, inner, value)
        case ir.StarPattern(name=name) if name is not None:
            assign(frame, ir.Name(pattern.span, name), value)
        case ir.SequencePattern(patterns=parts) | ir.OrPattern(patterns=parts):
            for part_ in parts:
                bind_all(frame, part_, value)
        case ir.MappingPattern(patterns=parts, rest=rest):
            for part_ in parts:
                bind_all(frame, part_, value)
            if rest is not None:
                assign(frame, ir.Name(pattern.span, rest), value)
        case ir.ClassPattern(patterns=parts, keyword_patterns=more):
            for part_ in (*parts, *more):
                bind_all(frame, part_, value)
