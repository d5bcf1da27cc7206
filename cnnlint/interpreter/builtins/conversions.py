"""The classes of numbers and text as functions: `int(x)`, `float(x)`, `bool(x)`, `str(x)` and their like."""

from __future__ import annotations

from cnnlint.dims import Condition, Expression, opaque, truncate, where
from cnnlint.interpreter import calls
from cnnlint.interpreter.builtins.natives import is_plain, unwrapped
from cnnlint.interpreter.builtins.text import text_of
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.iteration import iterate
from cnnlint.interpreter.machine import MOST_DIGITS, MOST_ELEMENTS, Machine
from cnnlint.interpreter.operators import truth
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import is_open, type_of
from cnnlint.values import MISSING, FunctionValue, Instance, ListValue, Tensor, Unknown, Value


def number_of(machine: Machine, value: Value, methods: tuple[str, ...]) -> Value:
    """The number that a value stands for: of a tensor its element, of an instance what its method returns.

    MISSING for what is no number.
    """
    if isinstance(value, Condition):
        return where(value, 1, 0)
    if isinstance(value, (int, float, Expression)):
        return value
    if isinstance(value, Tensor):
        if value.values is not None and len(value.values) == 1:
            return value.values[0]
        return machine.unknown("the value of a tensor")
    if isinstance(value, Instance):
        for name in methods:
            found = value.cls.find(name)
            if isinstance(found, FunctionValue):
                return calls.call(machine, found, [value], {})
        if value.payload is not MISSING:
            return number_of(machine, value.payload, methods)
    if isinstance(value, Unknown):
        return value
    return machine.unknown(f"the number in {described(value)}") if type_of(machine, value) is None else MISSING


def make_int(machine: Machine, value: Value = 0, base: Value = MISSING) -> Value:
    value = unwrapped(value)
    if base is not MISSING or isinstance(value, (str, bytes)):
        return parsed_int(machine, value, 10 if base is MISSING else base)
    number = number_of(machine, value, ("__int__", "__index__", "__trunc__"))
    if number is MISSING:
        return fail(machine, "TypeError", f"int() of {described(value)}")
    if isinstance(number, Expression):
        return truncate(number)
    if isinstance(number, (int, float)):
        try:
            return int(number)
        except (ValueError, OverflowError) as error:
            return fail(machine, type(error).__name__, str(error))
    return number if isinstance(number, Unknown) else machine.unknown(f"int() of {described(value)}")


def parsed_int(machine: Machine, value: Value, base: Value) -> Value:
    if not isinstance(value, (str, bytes)) or not isinstance(base, int):
        return machine.unknown(f"int() of {described(value)}")
    if len(value) > MOST_DIGITS:
        return machine.unknown("a number of very many digits")
    try:
        return int(value, base)
    except ValueError as error:
        return fail(machine, "ValueError", str(error))


def make_float(machine: Machine, value: Value = 0.0) -> Value:
    value = unwrapped(value)
    if isinstance(value, (str, bytes)):
        try:
            return float(value)
        except ValueError as error:
            return fail(machine, "ValueError", str(error))
    number = number_of(machine, value, ("__float__", "__index__"))
    if number is MISSING:
        return fail(machine, "TypeError", f"float() of {described(value)}")
    if isinstance(number, Unknown):
        return number
    if not isinstance(number, (int, float, Expression)):
        return machine.unknown(f"float() of {described(value)}")
    try:
        return opaque("float", number)
    except OverflowError as error:
        return fail(machine, "OverflowError", str(error))


def make_bool(machine: Machine, value: Value = False) -> Value:
    way = truth(machine, value)
    return way if isinstance(way, (bool, Condition, Unknown)) else machine.unknown("the truth of a value")


def make_complex(machine: Machine, *given: Value) -> Value:
    if not all(map(is_plain, given)):
        return machine.unknown("a complex number")
    try:
        return complex(*given)
    except (ValueError, TypeError) as error:
        return fail(machine, type(error).__name__, str(error))


def make_str(machine: Machine, value: Value = "", *encoding: Value, **keywords: Value) -> Value:
    if encoding or keywords:
        return machine.unknown("decoded text")
    return text_of(machine, value)


def make_bytes(machine: Machine, value: Value = b"", *encoding: Value, **keywords: Value) -> Value:
    if isinstance(value, str) and encoding == ("utf-8",):
        return value.encode()
    if isinstance(value, int) and 0 <= value <= MOST_ELEMENTS:
        return bytes(value)
    if isinstance(value, bytes):
        return value
    if isinstance(value, (ListValue, tuple)):
        items = iterate(machine, value)
        if isinstance(items, list) and all(isinstance(item, int) and 0 <= item < 256 for item in items):
            return bytes(items)
    return machine.unknown("bytes")


def make_slice_bound(machine: Machine, value: Value) -> Value:
    """A bound of a range as an int, or the reason why it is not known; raises Raised with TypeError for a float."""
    number = number_of(machine, unwrapped(value), ("__index__",))
    if isinstance(number, Expression):
        if is_open(number):
            return machine.unknown(f"the number of turns of a loop up to `{number}`, which nothing gives a value")
        return machine.unknown(f"the number of turns of a loop up to `{number}`")
    if isinstance(number, (Unknown, int)):
        return number
    return fail(machine, "TypeError", f"{described(value)} in a range; an int is needed")
