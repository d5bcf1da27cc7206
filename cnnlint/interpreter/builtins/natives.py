"""How modelled functions are declared: tables by name, filled while their module is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from cnnlint.dims import Expression
from cnnlint.interpreter import calls
from cnnlint.interpreter.branches import join_values
from cnnlint.interpreter.machine import Machine
from cnnlint.values import MISSING, Choice, Instance, NativeFunction, Unknown, Value

FunctionType = TypeVar("FunctionType", bound=Callable[..., Value])


class Table(dict[str, Value]):
    """Modelled functions, and other values, by the name that the program knows them by."""

    def define(self, *names: str, takes_unknown: bool = False, is_method: bool = False) -> Callable[[FunctionType], FunctionType]:
        """Declare the function under it as the model of `names`."""

        def declare(function: FunctionType) -> FunctionType:
            for name in names or (function.__name__,):
                self[name] = NativeFunction(name, function, takes_unknown, is_method)
            return function

        return declare


def native(name: str, function: Callable[..., Value], *, takes_unknown: bool = False) -> NativeFunction:
    """A modelled function that stands alone and is never bound to an instance."""
    return NativeFunction(name, function, takes_unknown, is_method=False)


def not_modelled(name: str, *, is_free: bool = False) -> NativeFunction:
    """A function that exists but of which nothing is known: its result is Unknown, and so are the containers it was given."""

    def function(machine: Machine, *positional: Value, **keywords: Value) -> Value:
        unknown = machine.unknown(f"what `{name}` returns", is_free=is_free)
        if not is_free:
            calls.spoil(machine, unknown, [*positional, *keywords.values()])
        return unknown

    return native(name, function, takes_unknown=True)


def harmless(name: str, result: Value = None) -> NativeFunction:
    """A function whose effects no model can see."""
    return native(name, lambda machine, *positional, **keywords: result, takes_unknown=True)


PLAIN = (int, float, complex, str, bytes, range, type(None), type(Ellipsis))


def is_plain(value: Value) -> bool:
    """Whether a value is known to the last part, so that Python itself may compute with it."""
    if isinstance(value, tuple):
        return all(map(is_plain, value))
    return isinstance(value, PLAIN)


def is_number(value: Value) -> bool:
    """Whether a value is a real number: a known one or a symbolic size."""
    return isinstance(value, (int, float, Expression))


def unwrapped(value: Value) -> Value:
    """The built-in value inside an instance of a subclass of a built-in class, or the value itself."""
    return value.payload if isinstance(value, Instance) and value.payload is not MISSING else value


def may_be_missing(value: Value) -> bool:
    """Whether an entry or an attribute was set on some ways only."""
    return isinstance(value, Choice) and any(option.value is MISSING for option in value.alternatives)


def with_default(machine: Machine, value: Value, default: Value) -> Value:
    """A value that may be missing, with `default` for the ways on which it is."""
    if value is MISSING:
        return default
    if not may_be_missing(value):
        return value
    return join_values(machine, [(option.path, default if option.value is MISSING else option.value) for option in value.alternatives])


def first_unknown(values: list[Value] | tuple[Value, ...]) -> Unknown | None:
    """The first of the values that is not known at all."""
    return next((value for value in values if isinstance(value, Unknown)), None)
