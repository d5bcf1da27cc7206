"""`functools`."""

from __future__ import annotations

from cnnlint.interpreter import attributes, calls, operators
from cnnlint.interpreter.builtins.natives import Table, harmless, native, not_modelled
from cnnlint.interpreter.iteration import iterate
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import OBJECT, PARTIAL, has_unknown_base, type_of
from cnnlint.values import (
    MISSING,
    BoundMethod,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    NativeFunction,
    PartialValue,
    PropertyValue,
    Unknown,
    Value,
)

NAMES = Table({name: not_modelled(f"functools.{name}") for name in ("singledispatchmethod", "cmp_to_key")})
NAMES["WRAPPER_ASSIGNMENTS"] = ("__module__", "__name__", "__qualname__", "__doc__")
NAMES["WRAPPER_UPDATES"] = ("__dict__",)
NAMES["partial"] = PARTIAL


def make_partial(machine: Machine, cls: Value, function: Value, /, *positional: Value, **keywords: Value) -> Value:
    """`partial(...)`; one of a partial is one of the function inside it."""
    if isinstance(function, PartialValue):
        return PartialValue(function.function, (*function.positional, *positional), {**function.keywords, **keywords})
    return PartialValue(function, positional, dict(keywords))


PARTIAL.contents["__new__"] = NativeFunction("__new__", make_partial, takes_unknown=True, is_method=False)

PARTIAL_METHOD = ClassValue("partialmethod", (OBJECT,), module="functools")
NAMES["partialmethod"] = PARTIAL_METHOD


def make_partial_method(machine: Machine, owner: Instance, function: Value, /, *positional: Value, **keywords: Value) -> Value:
    owner.contents["partial"] = PartialValue(function, positional, dict(keywords))


def bind_partial_method(machine: Machine, owner: Instance, instance: Value, cls: Value = None) -> Value:
    """The method with its given arguments behind `self`."""
    partial: PartialValue = owner.contents["partial"]

    def method(machine: Machine, self: Value, *positional: Value, **keywords: Value) -> Value:
        given = [self, *partial.positional, *positional]
        return calls.call(machine, partial.function, given, {**partial.keywords, **keywords})

    function = NativeFunction("partialmethod", method, takes_unknown=True)
    return function if instance is None else BoundMethod(function, instance)


PARTIAL_METHOD.contents["__init__"] = NativeFunction("__init__", make_partial_method, takes_unknown=True)
PARTIAL_METHOD.contents["__get__"] = NativeFunction("__get__", bind_partial_method, takes_unknown=True)


@NAMES.define("reduce", takes_unknown=True)
def reduce(machine: Machine, function: Value, iterable: Value, initial: Value = MISSING, /) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    if initial is not MISSING:
        items = [initial, *items]
    if not items:
        return fail(machine, "TypeError", "reduce() of nothing without an initial value")
    result = items[0]
    for item in items[1:]:
        result = calls.call(machine, function, [result, item], {})
    return result


@NAMES.define("update_wrapper", takes_unknown=True)
def update_wrapper(machine: Machine, wrapper: Value, wrapped: Value, *assigned: Value, **updated: Value) -> Value:
    """The wrapper with the attributes of what it wraps."""
    if isinstance(wrapper, (FunctionValue, Instance)):
        machine.store.touch(wrapper)
        if isinstance(wrapped, FunctionValue):
            wrapper.contents.update(wrapped.contents)
        wrapper.contents["__wrapped__"] = wrapped
        for name in ("__name__", "__doc__"):
            found = attributes.find_attribute(machine, wrapped, name)
            if found is not MISSING:
                wrapper.contents[name] = found
    return wrapper


@NAMES.define("wraps", takes_unknown=True)
def wraps(machine: Machine, wrapped: Value, *assigned: Value, **updated: Value) -> Value:
    return native("wraps", lambda machine, wrapper: update_wrapper(machine, wrapper, wrapped), takes_unknown=True)


@NAMES.define("lru_cache", takes_unknown=True)
def lru_cache(machine: Machine, maxsize: Value = 128, typed: Value = False) -> Value:
    """Caching changes no result of a pure function, so that the function stays as it is."""
    if maxsize is None or isinstance(maxsize, (int, Unknown)):
        return native("lru_cache", cache, takes_unknown=True)
    return cache(machine, maxsize)


@NAMES.define("cache", takes_unknown=True)
def cache(machine: Machine, user_function: Value) -> Value:
    if isinstance(user_function, FunctionValue):
        machine.store.touch(user_function)
        user_function.contents.update(cache_clear=harmless("cache_clear"), cache_info=not_modelled("cache_info"))
    return user_function


@NAMES.define("cached_property", takes_unknown=True)
def cached_property(machine: Machine, func: Value) -> Value:
    return PropertyValue(func, is_cached=True)


@NAMES.define("total_ordering", takes_unknown=True)
def total_ordering(machine: Machine, cls: Value) -> Value:
    """The class with the comparisons that it lacks made from those that it has."""
    if not isinstance(cls, ClassValue):
        return cls
    given = next((name for name in ("lt", "gt", "le", "ge") if f"__{name}__" in cls.contents), None)
    if given is None:
        return cls
    for name in ("lt", "gt", "le", "ge"):
        if name != given and f"__{name}__" not in cls.contents:
            cls.contents[f"__{name}__"] = derived_comparison(given, name)
    return cls


def derived_comparison(given: str, name: str) -> NativeFunction:
    """The comparison `name` by means of the one that is `given` and of equality."""

    def compare(machine: Machine, left: Value, right: Value) -> Value:
        holds = operators.truth(machine, calls.call(machine, attributes.attribute(machine, left, f"__{given}__"), [right], {}))
        same = operators.truth(machine, operators.compare_values(machine, "==", left, right))
        if not isinstance(holds, bool) or not isinstance(same, bool):
            return machine.unknown("a comparison of objects")
        is_beyond = holds and not same
        if name[0] == given[0]:
            return is_beyond or (name[1] == "e" and same)
        return not is_beyond and (name[1] == "e" or not (holds or same))

    return NativeFunction(f"__{name}__", compare)


DISPATCH = ClassValue("singledispatch", (OBJECT,), module="functools")
NAMES["singledispatch"] = DISPATCH


def start_dispatch(machine: Machine, owner: Instance, func: Value) -> Value:
    owner.contents.update(registry=DictValue({OBJECT: func}), __wrapped__=func)


def register(machine: Machine, owner: Instance, cls: Value, func: Value = None) -> Value:
    """`@f.register(cls)`; one that goes by an annotation makes every call unknown."""
    registry: DictValue = owner.contents["registry"]
    if func is None and isinstance(cls, ClassValue):
        return native("register", lambda machine, func: register(machine, owner, cls, func), takes_unknown=True)
    machine.store.touch(registry)
    if isinstance(registry.contents, dict) and isinstance(cls, ClassValue):
        registry.contents[cls] = func
        return func
    registry.contents = machine.unknown("a function registered by its annotation")
    return cls if func is None else func


def dispatched(machine: Machine, owner: Instance, first: Value, *positional: Value, **keywords: Value) -> Value:
    """The call of the function for the class of the first argument."""
    registry = owner.contents["registry"].contents
    found = type_of(machine, first)
    if isinstance(registry, Unknown) or found is None or has_unknown_base(found):
        return registry if isinstance(registry, Unknown) else machine.unknown("which function is chosen by the type of an argument")
    chosen = next(registry[cls] for cls in (*found.mro, OBJECT) if cls in registry)
    return calls.call(machine, chosen, [first, *positional], keywords)


for _name, _method in (("__init__", start_dispatch), ("register", register), ("__call__", dispatched)):
    DISPATCH.contents[_name] = NativeFunction(_name, _method, takes_unknown=True)
