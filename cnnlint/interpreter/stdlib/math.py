"""`math`: Python's own functions, and for symbolic sizes their rounding, roots and products."""

from __future__ import annotations

import math
from collections.abc import Callable

from cnnlint.dims import Condition, Expression, ceil, floor, opaque, square_root, truncate, where
from cnnlint.dims.atoms import FUNCTIONS as SYMBOLIC
from cnnlint.interpreter import operators
from cnnlint.interpreter.builtins.conversions import number_of
from cnnlint.interpreter.builtins.natives import Table, is_number, is_plain, unwrapped
from cnnlint.interpreter.builtins.numbers import by_method
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.iteration import iterate
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.values import Instance, Unknown, Value

NAMES = Table({name: getattr(math, name) for name in ("pi", "e", "tau", "inf", "nan")})
LARGEST_COUNT = 1_000


@NAMES.define()
def prod(machine: Machine, iterable: Value, /, *, start: Value = 1) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    result = start
    for item in items:
        machine.steps -= 1
        result = operators.binary(machine, "*", result, where(item, 1, 0) if isinstance(item, Condition) else item)
    return result


@NAMES.define("isclose")
def is_close(machine: Machine, a: Value, b: Value, *, rel_tol: Value = 1e-09, abs_tol: Value = 0.0) -> Value:
    if not all(isinstance(value, (int, float)) for value in (a, b, rel_tol, abs_tol)):
        return machine.unknown("`math.isclose`")
    return math.isclose(a, b, rel_tol=rel_tol, abs_tol=abs_tol)


def rounding(name: str, method: str, function: Callable[..., Value]) -> None:
    """Declare `math.ceil`, `floor` or `trunc`."""

    def round_number(machine: Machine, value: Value) -> Value:
        number = unwrapped(value)
        if isinstance(number, Instance):
            return by_method(machine, name, method, number)
        number = number_of(machine, number, ())
        if not is_number(number):
            return number if isinstance(number, Unknown) else fail(machine, "TypeError", f"math.{name} of {described(value)}")
        try:
            return function(number)
        except (ValueError, OverflowError) as error:
            return fail(machine, type(error).__name__, f"math.{name}: {error}")

    NAMES.define(name)(round_number)


rounding("ceil", "__ceil__", ceil)
rounding("floor", "__floor__", floor)
rounding("trunc", "__trunc__", truncate)


def computed(name: str, function: Callable[..., Value]) -> None:
    """Declare a function that is left as it is for symbolic sizes."""

    def compute(machine: Machine, *given: Value) -> Value:
        numbers = [number_of(machine, unwrapped(value), ("__float__", "__index__")) if not is_plain(value) else value for value in given]
        for number, value in zip(numbers, given, strict=True):
            if isinstance(number, Unknown):
                return number
            if not is_number(number):
                return machine.unknown(f"`math.{name}` of {described(value)}")
        if name in ("factorial", "comb", "perm") and any(isinstance(number, int) and number > LARGEST_COUNT for number in numbers):
            return machine.unknown(f"`math.{name}` of a large number")
        if any(isinstance(number, Expression) for number in numbers):
            return symbolic(machine, name, numbers)
        try:
            return function(*numbers)
        except (ValueError, OverflowError, TypeError, ZeroDivisionError) as error:
            return fail(machine, type(error).__name__, f"math.{name}: {error}")

    NAMES.define(name)(compute)


def symbolic(machine: Machine, name: str, numbers: list[Value]) -> Value:
    if name == "sqrt":
        return square_root(*numbers)
    if name in ("isnan", "isinf", "isfinite"):
        return machine.unknown(f"`math.{name}` of `{numbers[0]}`")
    if f"math.{name}" not in SYMBOLIC or name in ("modf", "frexp"):
        return machine.unknown(f"`math.{name}` of a symbolic size")
    return opaque(f"math.{name}", *numbers)


for _name, _function in vars(math).items():
    if callable(_function) and not _name.startswith("_") and _name not in NAMES and _name not in ("fsum", "dist", "sumprod"):
        computed(_name, _function)


@NAMES.define("fsum")
def exact_sum(machine: Machine, iterable: Value) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    if not all(isinstance(item, (int, float)) for item in items):
        return machine.unknown("`math.fsum`")
    return math.fsum(items)
