"""Built-in functions of numbers."""

from __future__ import annotations

from cnnlint.dims import Condition, Expression, every, rounded, some, where
from cnnlint.interpreter import calls, operators
from cnnlint.interpreter.builtins.conversions import number_of
from cnnlint.interpreter.builtins.natives import Table, is_plain, unwrapped
from cnnlint.interpreter.builtins.ordering import extremum
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.iteration import iterate
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.operators import truth
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import type_of
from cnnlint.values import MISSING, Instance, Mutable, Tensor, Unknown, Value

FUNCTIONS = Table()


@FUNCTIONS.define("abs")
def absolute(machine: Machine, value: Value) -> Value:
    if isinstance(value, (int, float, complex, Expression)):
        return abs(value)
    return by_method(machine, "abs", "__abs__", value)


@FUNCTIONS.define("round")
def rounding(machine: Machine, number: Value, ndigits: Value = None) -> Value:
    value = unwrapped(number)
    if isinstance(value, Condition):
        value = where(value, 1, 0)
    if isinstance(value, (int, float, Expression)) and (ndigits is None or isinstance(ndigits, int)):
        try:
            return rounded(value, ndigits)
        except (ValueError, OverflowError) as error:
            return fail(machine, type(error).__name__, str(error))
    return by_method(machine, "round", "__round__", number, *(() if ndigits is None else (ndigits,)))


def by_method(machine: Machine, function: str, method: str, value: Value, *rest: Value) -> Value:
    """What a built-in function makes of an instance or a tensor: the result of its method."""
    cls = type_of(machine, value)
    found = cls.find(method) if cls is not None else MISSING
    if found is not MISSING:
        return calls.call(machine, found, [value, *rest], {})
    if isinstance(value, Instance) and value.payload is not MISSING:
        return by_method(machine, function, method, value.payload, *rest)
    if cls is None or isinstance(value, (Tensor, Condition)) or is_plain(value):
        number = number_of(machine, value, ())
        return number if isinstance(number, Unknown) else machine.unknown(f"`{function}` of {described(value)}")
    return fail(machine, "TypeError", f"{function}() of {described(value)}")


@FUNCTIONS.define("divmod")
def quotient_and_remainder(machine: Machine, x: Value, y: Value) -> Value:
    return operators.binary(machine, "//", x, y), operators.binary(machine, "%", x, y)


@FUNCTIONS.define("pow")
def power(machine: Machine, base: Value, exp: Value, mod: Value = None) -> Value:
    if mod is None:
        return operators.binary(machine, "**", base, exp)
    if not all(isinstance(value, int) for value in (base, exp, mod)):
        return machine.unknown("`pow` with three arguments")
    try:
        return pow(base, exp, mod)
    except ValueError as error:
        return fail(machine, "ValueError", str(error))


@FUNCTIONS.define("min", takes_unknown=True)
def least(machine: Machine, *values: Value, key: Value = None, default: Value = MISSING) -> Value:
    return extremum(machine, "min", values, key, default, default is not MISSING)


@FUNCTIONS.define("max", takes_unknown=True)
def greatest(machine: Machine, *values: Value, key: Value = None, default: Value = MISSING) -> Value:
    return extremum(machine, "max", values, key, default, default is not MISSING)


@FUNCTIONS.define("sum")
def total(machine: Machine, iterable: Value, /, start: Value = 0) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    result = start
    for item in items:
        machine.steps -= 1
        result = operators.binary(machine, "+", result, where(item, 1, 0) if isinstance(item, Condition) else item)
    return result


@FUNCTIONS.define("any")
def any_of(machine: Machine, iterable: Value) -> Value:
    return decided(machine, iterable, True)


@FUNCTIONS.define("all")
def all_of(machine: Machine, iterable: Value) -> Value:
    return decided(machine, iterable, False)


def decided(machine: Machine, iterable: Value, ending: bool) -> Value:
    """Whether some item is true (`ending` True), or none is false (False)."""
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    conditions: list[bool | Condition] = []
    unknown: Unknown | None = None
    for item in items:
        way = truth(machine, item)
        if isinstance(way, Condition):
            conditions.append(way)
        elif not isinstance(way, bool):
            unknown = unknown or (way if isinstance(way, Unknown) else machine.unknown("the truth of an item"))
        elif way is ending:
            return ending
    if unknown is not None:
        return unknown
    return (some if ending else every)(*conditions)


@FUNCTIONS.define("id")
def identity(machine: Machine, value: Value) -> Value:
    if isinstance(value, Mutable):
        return 16 * value.born
    return machine.unknown("where a value lies in memory")


@FUNCTIONS.define("hash")
def hashed(machine: Machine, value: Value) -> Value:
    if isinstance(value, (int, float)):
        return hash(value)
    return machine.unknown("a hash")


def _by_python(name: str, function: object) -> None:
    def computed(machine: Machine, value: Value) -> Value:
        if not is_plain(value):
            return machine.unknown(f"`{name}` of {described(value)}")
        try:
            return function(value)  # type: ignore[operator]
        except (TypeError, ValueError, OverflowError) as error:
            return fail(machine, type(error).__name__, f"{name}(): {error}")

    FUNCTIONS.define(name)(computed)


for _name, _function in {"chr": chr, "ord": ord, "bin": bin, "hex": hex, "oct": oct, "ascii": ascii}.items():
    _by_python(_name, _function)
