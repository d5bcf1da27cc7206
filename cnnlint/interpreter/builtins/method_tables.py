"""Which table holds the methods of which built-in value; and what Python's own type says exists beyond them."""

from __future__ import annotations

import functools
import types
from typing import Any, Final

from cnnlint.dims import Condition, Expression
from cnnlint.interpreter import calls, iteration, operators
from cnnlint.interpreter.builtins import dicts, iterators, lists, sets
from cnnlint.interpreter.builtins.measures import length
from cnnlint.interpreter.builtins.natives import Table, native, not_modelled
from cnnlint.interpreter.builtins.plain import called_by_python, plain_method
from cnnlint.interpreter.builtins.sequences import iterator_of
from cnnlint.interpreter.builtins.text import text_of
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import BUILTIN_CLASSES, FUNCTION, NONE
from cnnlint.values import (
    MISSING,
    BoundMethod,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    IteratorValue,
    ListValue,
    ModuleValue,
    NativeFunction,
    PartialValue,
    PropertyValue,
    SetValue,
    SliceValue,
    Value,
)

TABLES: Final[dict[type, Table]] = {
    ListValue: lists.METHODS,
    lists.Deque: lists.DEQUE_METHODS,
    DictValue: dicts.METHODS,
    dicts.OrderedDict: dicts.ORDERED_METHODS,
    SetValue: sets.METHODS,
    IteratorValue: iterators.METHODS,
}

REAL_TYPES: Final[dict[type, type]] = {
    ListValue: list,
    DictValue: dict,
    SetValue: set,
    dicts.KeysView: type({}.keys()),
    dicts.EntriesView: type({}.items()),
    FunctionValue: types.FunctionType,
    NativeFunction: types.BuiltinFunctionType,
    BoundMethod: types.MethodType,
    ModuleValue: types.ModuleType,
    PartialValue: functools.partial,
    PropertyValue: property,
    SliceValue: slice,
    IteratorValue: types.GeneratorType,
}
"""The Python type that a value stands for; its attributes exist even where they are not modelled."""

CLASS_METHODS: Final = Table({"dict.fromkeys": native("fromkeys", dicts.from_keys, takes_unknown=True)})

OPERATORS: Final = {f"__{name}__": op for op, name in operators.METHODS.items()}
COMPARISONS: Final = {f"__{name}__": op for op, name in operators.COMPARISONS.items()}


def method_of(value: Value, name: str) -> Value:
    """A method of a built-in value, not bound yet; MISSING where Python has none of this name."""
    if isinstance(value, SetValue) and value.is_frozen and name in sets.CHANGING:
        return MISSING
    for kind in type(value).__mro__:
        if name in TABLES.get(kind, ()):
            return TABLES[kind][name]
    if name.startswith("__") and (found := double_underscore(name)) is not MISSING and hasattr(real_type(value), name):
        return found
    if isinstance(value, (Expression, Condition)):
        return not_modelled(f"int.{name}") if hasattr(int, name) or hasattr(float, name) else MISSING
    real = real_type(value)
    if real is type(value):
        return plain_method(value, name)
    return not_modelled(f"{real.__name__}.{name}") if hasattr(real, name) else MISSING


def real_type(value: Value) -> type:
    if isinstance(value, SetValue) and value.is_frozen:
        return frozenset
    return next((REAL_TYPES[kind] for kind in type(value).__mro__ if kind in REAL_TYPES), type(value))


def double_underscore(name: str) -> Value:
    """The method behind an operator or a built-in function, for every kind of value."""
    if name in OPERATORS:
        op = OPERATORS[name]
        return native(name, lambda machine, left, right: operators.binary(machine, op, left, right))
    if name.startswith("__r") and (name := f"__{name[3:]}") in OPERATORS:
        op = OPERATORS[name]
        return native(name, lambda machine, right, left: operators.binary(machine, op, left, right))
    if name in COMPARISONS:
        op = COMPARISONS[name]
        return native(name, lambda machine, left, right: operators.compare_values(machine, op, left, right))
    return _PROTOCOL.get(name, MISSING)


_PROTOCOL: Final = Table(
    {
        "__len__": native("__len__", length),
        "__iter__": native("__iter__", iterator_of),
        "__getitem__": native("__getitem__", iteration.get_item),
        "__setitem__": native("__setitem__", iteration.set_item, takes_unknown=True),
        "__delitem__": native("__delitem__", iteration.delete_item),
        "__contains__": native("__contains__", iteration.contains),
        "__str__": native("__str__", text_of),
        "__repr__": native("__repr__", lambda machine, value: text_of(machine, value, is_repr=True)),
        "__bool__": native("__bool__", operators.truth),
    }
)


@_PROTOCOL.define("__call__", takes_unknown=True)
def call(machine: Machine, callee: Value, *positional: Value, **keywords: Value) -> Value:
    return calls.call(machine, callee, list(positional), keywords)


def class_method_of(cls: ClassValue, name: str) -> Value:
    """A method of a class as the class itself shows it; MISSING where neither the class nor `type` has it."""
    for base in cls.mro:
        real = _REAL_CLASSES.get(base)
        if real is None or not hasattr(real, name):
            continue
        found = CLASS_METHODS.get(f"{base.name}.{name}", MISSING)
        if found is not MISSING:
            return found
        own = vars(real).get(name)
        if isinstance(own, (classmethod, staticmethod)) or type(own).__name__ == "classmethod_descriptor":
            return called_on_class(real, name)
        return unbound(base, real, name)
    return not_modelled(f"type.{name}") if hasattr(type, name) and name not in ("__abstractmethods__", "__call__") else MISSING


def called_on_class(real: type, name: str) -> NativeFunction:
    """A class method that Python itself computes: `int.from_bytes`, `str.maketrans`."""
    inner = called_by_python(real, name)

    def function(machine: Machine, *given: Value, **keywords: Value) -> Value:
        return machine.unknown(f"`{real.__name__}.{name}`") if not given else inner.function(machine, *given, **keywords)

    return native(name, function)


def unbound(cls: ClassValue, real: type, name: str) -> NativeFunction:
    """A method that takes its instance as the first argument: `str.lower` in `map(str.lower, names)`."""

    def function(machine: Machine, value: Value, *positional: Value, **keywords: Value) -> Value:
        if isinstance(value, Instance) and value.payload is not MISSING:
            value = value.payload
        found = method_of(value, name)
        if found is MISSING:
            return machine.unknown(f"`{cls.name}.{name}`")
        return calls.call(machine, found, [value, *positional], keywords)

    return native(name, function, takes_unknown=True)


_REAL_KINDS: Final = (
    int,
    bool,
    float,
    complex,
    str,
    bytes,
    tuple,
    list,
    dict,
    set,
    frozenset,
    range,
    slice,
    property,
    staticmethod,
    classmethod,
)
_REAL_CLASSES: Final[dict[ClassValue, Any]] = {
    **{BUILTIN_CLASSES[kind.__name__]: kind for kind in _REAL_KINDS},
    FUNCTION: types.FunctionType,
    NONE: type(None),
}
