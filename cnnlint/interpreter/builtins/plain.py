"""Methods of numbers, strings, bytes, tuples and ranges: Python's own, where all that they need is known and little."""

from __future__ import annotations

from typing import Final

from cnnlint.interpreter.builtins import lists
from cnnlint.interpreter.builtins.natives import Table, first_unknown, is_plain, native, unwrapped
from cnnlint.interpreter.builtins.text import format_string
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.iteration import iterate
from cnnlint.interpreter.machine import MOST_ELEMENTS, Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import is_open, type_of
from cnnlint.values import MISSING, Choice, DictValue, ListValue, NativeFunction, Unknown, Value

STRING_METHODS = Table()
SEQUENCE_METHODS = Table({"index": lists.METHODS["index"], "count": lists.METHODS["count"]})

WIDENING: Final = frozenset({"ljust", "rjust", "center", "zfill", "expandtabs", "to_bytes"})
"""Methods whose first argument says how large the result becomes."""


@STRING_METHODS.define()
def join(machine: Machine, owner: str | bytes, items: Value) -> Value:
    found = iterate(machine, items)
    if isinstance(found, Unknown):
        return found
    unknown = first_unknown(found)
    if unknown is not None:
        return unknown
    parts = [unwrapped(item) for item in found]
    if any(isinstance(part, Choice) for part in parts):
        return machine.unknown("a string joined from parts that are not known")
    for part in parts:
        if is_open(part) or type_of(machine, part) is None:
            return machine.unknown("a string joined from parts that are not known")
        if not isinstance(part, type(owner)):
            return fail(machine, "TypeError", f"join of {described(part)}; strings are needed")
    if sum(map(len, parts)) + len(owner) * len(parts) > MOST_ELEMENTS:
        return machine.unknown("a very long string")
    return owner.join(parts)


def format_method(machine: Machine, owner: str, *positional: Value, **keywords: Value) -> Value:
    return format_string(machine, owner, positional, keywords)


STRING_METHODS["format"] = native("format", format_method, takes_unknown=True)


@STRING_METHODS.define()
def format_map(machine: Machine, owner: str, mapping: Value) -> Value:
    if isinstance(mapping, DictValue) and isinstance(mapping.contents, dict):
        return format_string(machine, owner, (), mapping.contents)
    return machine.unknown("`format_map`")


def plain_method(value: Value, name: str) -> Value:
    """The method of a known value, or MISSING; data attributes such as `x.real` are plain values."""
    kind = type(value)
    if isinstance(value, str) and name in STRING_METHODS:
        return STRING_METHODS[name]
    if isinstance(value, bytes) and name == "join":
        return STRING_METHODS[name]
    if isinstance(value, (tuple, range)) and name in SEQUENCE_METHODS:
        return SEQUENCE_METHODS[name]
    found = getattr(kind, name, MISSING)
    if found is MISSING:
        return MISSING
    if not callable(found):
        return getattr(value, name, MISSING) if is_plain(value) else MISSING  # `__name__`, say, is the class's alone
    return called_by_python(kind, name)


def called_by_python(kind: type, name: str) -> NativeFunction:
    """A method of a built-in class that Python itself computes for known arguments."""

    def function(machine: Machine, owner: Value, *positional: Value, **keywords: Value) -> Value:
        owner = unwrapped(owner)
        given = [as_plain(value) for value in positional]
        named = {key: as_plain(value) for key, value in keywords.items()}
        if not is_plain(owner) or not all(map(is_plain, [*given, *named.values()])):
            return machine.unknown(f"`{kind.__name__}.{name}` of what is not known")
        if is_too_large(name, owner, given, named):
            return machine.unknown(f"the large result of `{kind.__name__}.{name}`")
        try:
            result = getattr(kind, name)(owner, *given, **named)
        except (ValueError, TypeError, LookupError, OverflowError, ArithmeticError) as error:
            exception = "ValueError" if isinstance(error, UnicodeError) else type(error).__name__
            return fail(machine, exception, f"`{name}`: {error}")
        return lifted(machine, result)

    return native(name, function)


def is_too_large(name: str, owner: Value, given: list[Value], named: dict[str, Value]) -> bool:
    """Whether a method could make a value far larger than what it was given."""
    if name in WIDENING:
        return any(isinstance(value, int) and abs(value) > MOST_ELEMENTS for value in [*given, *named.values()])
    if name in ("replace", "translate", "__mul__", "__rmul__", "__pow__", "__lshift__", "__rpow__", "__rlshift__"):
        if name == "replace" and len(given) > 1 and isinstance(given[1], (str, bytes)):
            return (len(owner) + 1) * (len(given[1]) + 1) > MOST_ELEMENTS
        return any(isinstance(value, int) and abs(value) > 1_000 for value in given) or name == "translate"
    return False


def as_plain(value: Value) -> Value:
    """A value as Python's own methods take it: tuples of strings for `startswith`, payloads of subclasses."""
    return unwrapped(value)


def lifted(machine: Machine, result: object) -> Value:
    """What a Python function returned, as a value of the program."""
    if isinstance(result, list):
        return ListValue([lifted(machine, item) for item in result])
    if isinstance(result, dict):
        return DictValue({key: lifted(machine, item) for key, item in result.items()})
    if is_plain(result):
        return result
    if result is NotImplemented:
        return machine.unknown("an operator that is not defined")
    return machine.unknown(f"a `{type(result).__name__}`")
