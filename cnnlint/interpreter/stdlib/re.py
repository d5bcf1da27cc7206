"""`re` on known strings, as far as the time that a search takes is sure to be short."""

from __future__ import annotations

import importlib
import re
from typing import Any, Final

from cnnlint.interpreter import calls
from cnnlint.interpreter.builtins.natives import Table, harmless
from cnnlint.interpreter.builtins.plain import lifted
from cnnlint.interpreter.machine import MOST_ELEMENTS, Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import EXCEPTIONS, OBJECT
from cnnlint.values import ClassValue, Instance, IteratorValue, NativeFunction, Unknown, Value

PATTERN = ClassValue("Pattern", (OBJECT,), module="re")
MATCH = ClassValue("Match", (OBJECT,), module="re")
ERROR = ClassValue("error", (EXCEPTIONS["Exception"],), module="re")

NAMES = Table({"Pattern": PATTERN, "Match": MATCH, "error": ERROR, "PatternError": ERROR})
NAMES |= {name: int(flag) for name, flag in re.RegexFlag.__members__.items() if name not in ("TEMPLATE", "T", "DEBUG")}
NAMES["purge"] = harmless("purge")

MOST_STEPS: Final = 5_000_000
"""Roughly how many steps one search may take."""

_parser: Any = getattr(re, "_parser", None) or importlib.import_module("sre_parse")


def repetitions(parsed: Any) -> tuple[int, bool]:
    """How many repeats without an end a pattern has, and whether one stands inside another."""
    count = 0
    is_nested = False
    for kind, argument in parsed:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = argument
            within, nested = repetitions(inner)
            is_repeated = most > 16
            is_nested = is_nested or nested or (is_repeated and within > 0)
            count += within + is_repeated
        else:
            for part in subpatterns(argument):
                within, nested = repetitions(part)
                count += within
                is_nested = is_nested or nested
    return count, is_nested


def subpatterns(argument: Any) -> list[Any]:
    """The patterns inside the argument of one operation of a parsed pattern."""
    if isinstance(argument, _parser.SubPattern):
        return [argument]
    if isinstance(argument, (list, tuple)):
        return [part for item in argument for part in subpatterns(item)]
    return []


def is_slow(pattern: str | bytes, flags: int, length: int) -> bool:
    count, is_nested = repetitions(_parser.parse(pattern, flags))
    if is_nested:
        return length > 16
    return bool(length ** (count + 1) > MOST_STEPS)


@NAMES.define("escape")
def escape(machine: Machine, pattern: Value) -> Value:
    return re.escape(pattern) if isinstance(pattern, str) else machine.unknown("a pattern that is not known")


def compiled(machine: Machine, pattern: Value, flags: Value = 0) -> re.Pattern[Any] | Unknown:
    """The pattern that a program gives as text, or has compiled before.

    Raises Raised with `re.error` for one that is no pattern.
    """
    if isinstance(pattern, Instance) and pattern.cls is PATTERN:
        pattern, flags = pattern.contents["pattern"], pattern.contents["flags"]
    if not isinstance(pattern, (str, bytes)) or not isinstance(flags, int):
        return machine.unknown("a pattern that is not known")
    if len(pattern) > 1_000:
        return machine.unknown("a long pattern")
    try:
        return re.compile(pattern, flags & ~re.DEBUG.value)
    except re.error as error:
        return fail(machine, "ValueError", f"{pattern!r} is no pattern: {error}")
    except (ValueError, OverflowError, RecursionError):
        return machine.unknown("a pattern that Python refuses")


@NAMES.define("compile")
def compile_pattern(machine: Machine, pattern: Value, flags: Value = 0) -> Value:
    found = compiled(machine, pattern, flags)
    if isinstance(found, Unknown):
        return found
    made = Instance(PATTERN, machine.site)
    made.contents.update(
        pattern=found.pattern,
        flags=flags if isinstance(flags, int) else 0,
        groups=found.groups,
        groupindex=lifted(machine, dict(found.groupindex)),
    )
    return made


def applied(machine: Machine, name: str, pattern: Value, string: Value, *rest: Value, flags: Value = 0, **options: Value) -> Value:
    """`pattern.name(string)` by Python itself."""
    found = compiled(machine, pattern, flags)
    if isinstance(found, Unknown):
        return found
    if not isinstance(string, (str, bytes)) or not all(isinstance(value, int) for value in (*rest, *options.values())):
        return machine.unknown("a search in text that is not known")
    if len(string) > MOST_ELEMENTS // 10 or is_slow(found.pattern, 0, len(string)):
        return machine.unknown("a search that may take long")
    try:
        result = getattr(found, name)(string, *rest, **options)
    except TypeError as error:
        return fail(machine, "TypeError", str(error))
    if name == "finditer":
        return IteratorValue([match_value(machine, match) for match in result])
    return match_value(machine, result) if isinstance(result, re.Match) else lifted(machine, result)


def match_value(machine: Machine, match: re.Match[Any]) -> Instance:
    """A match with the answers of its methods computed."""
    made = Instance(MATCH, machine.site)
    groups = [match.group(), *match.groups()]
    made.contents.update(
        _groups=tuple(groups),
        _names=lifted(machine, dict(match.re.groupindex)),
        _spans=tuple(match.span(i) for i in range(len(groups))),
        string=match.string,
        pos=match.pos,
        endpos=match.endpos,
        lastindex=match.lastindex,
        lastgroup=match.lastgroup,
    )
    return made


def number_of(machine: Machine, owner: Instance, group: Value) -> int | None:
    number = owner.contents["_names"].contents.get(group) if isinstance(group, str) else group
    if isinstance(number, int) and 0 <= number < len(owner.contents["_groups"]):
        return number
    return None


def group(machine: Machine, owner: Instance, *groups: Value) -> Value:
    found: list[Value] = []
    for wanted in groups or (0,):
        number = number_of(machine, owner, wanted)
        if number is None:
            return fail(machine, "IndexError", f"the match has no group {wanted!r}")
        found.append(owner.contents["_groups"][number])
    return found[0] if len(found) == 1 else tuple(found)


def span(machine: Machine, owner: Instance, wanted: Value = 0) -> Value:
    number = number_of(machine, owner, wanted)
    return fail(machine, "IndexError", f"the match has no group {wanted!r}") if number is None else owner.contents["_spans"][number]


def all_groups(machine: Machine, owner: Instance, default: Value = None) -> Value:
    return tuple(default if found is None else found for found in owner.contents["_groups"][1:])


def named_groups(machine: Machine, owner: Instance, default: Value = None) -> Value:
    groups = owner.contents["_groups"]
    names = owner.contents["_names"].contents
    return lifted(machine, {name: default if groups[i] is None else groups[i] for name, i in names.items()})


for _name, _function in {"group": group, "__getitem__": group, "span": span, "groups": all_groups, "groupdict": named_groups}.items():
    MATCH.contents[_name] = NativeFunction(_name, _function)
MATCH.contents["start"] = NativeFunction("start", lambda machine, owner, wanted=0: span(machine, owner, wanted)[0])
MATCH.contents["end"] = NativeFunction("end", lambda machine, owner, wanted=0: span(machine, owner, wanted)[1])


def replaced(machine: Machine, name: str, pattern: Value, replacement: Value, string: Value, count: Value = 0, flags: Value = 0) -> Value:
    """`re.sub`, with a text or a function of the program as replacement."""
    found = compiled(machine, pattern, flags)
    if isinstance(found, Unknown):
        return found
    if not isinstance(string, (str, bytes)) or not isinstance(count, int):
        return machine.unknown("a replacement in text that is not known")
    if len(string) > MOST_ELEMENTS // 10 or is_slow(found.pattern, 0, len(string)):
        return machine.unknown("a replacement that may take long")
    unknown: list[Value] = []

    def by_call(match: re.Match[Any]) -> Any:
        text = calls.call(machine, replacement, [match_value(machine, match)], {})
        if isinstance(text, type(string)):
            return text
        unknown.append(text)
        return match.group()

    if isinstance(replacement, (str, bytes)) and len(replacement) * (len(string) + 1) > MOST_ELEMENTS:
        return machine.unknown("a long replacement")
    try:
        result = getattr(found, name)(replacement if isinstance(replacement, (str, bytes)) else by_call, string, count)
    except (re.error, IndexError, TypeError) as error:
        return fail(machine, "ValueError" if isinstance(error, re.error) else type(error).__name__, str(error))
    return machine.unknown("text put in by a function") if unknown else result


def declare(name: str) -> None:
    """Declare a function of the module, and the method of patterns, of one name."""
    work = replaced if name in ("sub", "subn") else applied

    def function(machine: Machine, pattern: Value, *given: Value, **options: Value) -> Value:
        if work is applied and name != "split" and len(given) == 2 and "flags" not in options:
            return applied(machine, name, pattern, given[0], flags=given[1])
        return work(machine, name, pattern, *given, **options)

    def method(machine: Machine, pattern: Value, *given: Value, **options: Value) -> Value:
        return work(machine, name, pattern, *given, **options)

    NAMES.define(name)(function)
    PATTERN.contents[name] = NativeFunction(name, method)


for _name in ("match", "search", "fullmatch", "findall", "finditer", "split", "sub", "subn"):
    declare(_name)
