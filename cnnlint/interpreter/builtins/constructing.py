"""Built-in classes when they are called: `list(...)`, `dict(...)`, `range(...)`, `property(...)` and their like."""

from __future__ import annotations

from collections.abc import Callable

from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.builtins import conversions, dicts
from cnnlint.interpreter.builtins.natives import first_unknown
from cnnlint.interpreter.builtins.sets import set_of
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.functions import accepts
from cnnlint.interpreter.iteration import iterate
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import OBJECT
from cnnlint.values import (
    Choice,
    ClassMethod,
    ClassValue,
    DictValue,
    Instance,
    ListValue,
    NativeFunction,
    PropertyValue,
    SliceValue,
    StaticMethod,
    SuperValue,
    Unknown,
    Value,
)

Maker = Callable[..., Value]


def make_list(machine: Machine, items: Value = ()) -> Value:
    return ListValue(iterate(machine, items))


def make_tuple(machine: Machine, items: Value = ()) -> Value:
    found = iterate(machine, items)
    return found if isinstance(found, Unknown) else tuple(found)


def make_dict(machine: Machine, *given: Value, **keywords: Value) -> Value:
    made = DictValue()
    dicts.update(machine, made, *given, **keywords)
    return made


def make_set(machine: Machine, items: Value = ()) -> Value:
    return set_of(machine, iterate(machine, items))


def make_frozenset(machine: Machine, items: Value = ()) -> Value:
    return set_of(machine, iterate(machine, items), is_frozen=True)


def make_range(machine: Machine, *given: Value) -> Value:
    bounds = [conversions.make_slice_bound(machine, value) for value in given]
    unknown = first_unknown(bounds)
    if unknown is not None:
        return unknown
    try:
        return range(*bounds)
    except (ValueError, TypeError) as error:
        return fail(machine, type(error).__name__, str(error))


def make_slice(machine: Machine, *given: Value) -> Value:
    if len(given) == 1:
        return SliceValue(None, given[0], None)
    return SliceValue(given[0], given[1], given[2] if len(given) > 2 else None)


def make_property(machine: Machine, fget: Value = None, fset: Value = None, fdel: Value = None, doc: Value = None) -> Value:
    return PropertyValue(fget, fset, fdel)


def make_super(machine: Machine, cls: Value, instance: Value = None) -> Value:
    if not isinstance(cls, ClassValue) or instance is None or isinstance(instance, Unknown):
        return machine.unknown("super() of a class or an object that is not known")
    return SuperValue(cls, instance)


CONTAINERS: dict[str, Maker] = {
    "list": make_list,
    "tuple": make_tuple,
    "dict": make_dict,
    "set": make_set,
    "frozenset": make_frozenset,
    "slice": make_slice,
    "property": make_property,
    "staticmethod": lambda machine, function: StaticMethod(function),
    "classmethod": lambda machine, function: ClassMethod(function),
    "super": make_super,
    "object": lambda machine: Instance(OBJECT, machine.site),
}
"""Makers that see arguments which are not known."""

SCALARS: dict[str, Maker] = {
    "int": conversions.make_int,
    "float": conversions.make_float,
    "bool": conversions.make_bool,
    "complex": conversions.make_complex,
    "str": conversions.make_str,
    "bytes": conversions.make_bytes,
    "range": make_range,
}
"""Makers that are applied to each alternative of an argument, and not at all to one that is not known."""


def construct(machine: Machine, cls: ClassValue, positional: list[Value], keywords: dict[str, Value]) -> Value:
    """`cls(*positional, **keywords)` for a built-in class."""
    maker = CONTAINERS.get(cls.name)
    if maker is not None:
        return apply(machine, cls, maker, positional, keywords)
    maker = SCALARS.get(cls.name)
    if maker is None:
        return machine.unknown(f"an instance of `{cls.name}`")
    names = list(keywords)
    given = [*positional, *keywords.values()]
    unknown = first_unknown(given)
    if unknown is not None:
        return unknown
    if not any(isinstance(value, Choice) for value in given):
        return apply(machine, cls, maker, positional, keywords)

    def chosen_one(chosen: list[Value]) -> Value:
        return construct(machine, cls, chosen[: len(positional)], dict(zip(names, chosen[len(positional) :], strict=True)))

    return distribute(machine, given, chosen_one)


def apply(machine: Machine, cls: ClassValue, maker: Maker, positional: list[Value], keywords: dict[str, Value]) -> Value:
    if cls.name == "slice" and not positional:
        return fail(machine, "TypeError", "slice() without a bound")
    try:
        return maker(machine, *positional, **keywords)
    except TypeError:
        if accepts(NativeFunction(cls.name, maker), positional, keywords):
            raise
    return machine.unknown(f"{described(cls)} called with these arguments")
