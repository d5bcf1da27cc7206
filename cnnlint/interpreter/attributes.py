"""Attributes: looked up through instances, classes, modules and frameworks; set and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from cnnlint.dims import Expression
from cnnlint.failures import MissingAttribute
from cnnlint.interpreter import calls
from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.machine import Machine, Raised
from cnnlint.interpreter.raising import fail, fail_with
from cnnlint.interpreter.special import special_attribute
from cnnlint.interpreter.types import OBJECT, UNKNOWN_BASE, has_unknown_base, is_open, type_of
from cnnlint.plugin.framework import LayerDeclaration
from cnnlint.values import (
    MISSING,
    BoundMethod,
    Choice,
    ClassMethod,
    ClassValue,
    DictValue,
    FrameworkNamespace,
    FunctionValue,
    Instance,
    ModuleValue,
    Mutable,
    NativeFunction,
    PropertyValue,
    StaticMethod,
    SuperValue,
    Tensor,
    Unknown,
    Value,
)

CHANGING = frozenset(
    ["add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "sort", "update"]
)
"""The methods that change a list, dict or set."""


def attribute(machine: Machine, value: Value, name: str) -> Value:
    """`value.name`.

    Raises Raised with AttributeError where there is no such attribute.
    """
    found = instance_attribute(machine, value, name) if type(value) is Instance else find_attribute(machine, value, name)
    if found is MISSING:
        missing(machine, value, name)
    if isinstance(found, Choice):
        from cnnlint.interpreter.assignment import without_missing  # assignment uses this module

        found = without_missing(found)
    return found


def missing(machine: Machine, value: Value, name: str) -> NoReturn:
    """The program raises here; a finding only where all is known that may have set the attribute: an instance of the program's class.

    Raises Raised with AttributeError.
    """
    if isinstance(value, Instance) and not name.startswith("_") and machine.recorder.holds_all(value):
        known = tuple(dict.fromkeys((*held_names(value), *(own for cls in value.cls.mro for own in cls.contents))))
        fail_with(machine, MissingAttribute(value.cls.name, name, known, exception="AttributeError"))
    fail(machine, "AttributeError", f"{described(value)} has no attribute `{name}`", is_finding=False)


def held_names(instance: Instance) -> Iterator[str]:
    """The names of an instance's attributes, with those that its class keeps in dictionaries of its own."""
    for name, held in instance.contents.items():
        if not name.startswith("_"):
            yield name
        elif isinstance(held, DictValue) and isinstance(held.contents, dict):
            yield from (key for key in held.contents if isinstance(key, str))


def find_attribute(machine: Machine, value: Value, name: str) -> Value:
    """`value.name`, or MISSING."""
    match value:
        case Instance():
            return instance_attribute(machine, value, name)
        case FrameworkNamespace():
            return machine.importer.framework_attribute(value, name)
        case Unknown():
            if name in CHANGING and value in machine.parts:
                for part in machine.parts[value]:
                    machine.store.touch(part)
                    part.contents = value
            return machine.derived(value, name)
        case Choice():
            return distribute(machine, [value], lambda chosen: find_attribute(machine, chosen[0], name))
        case ModuleValue():
            return machine.importer.module_attribute(value, name)
        case ClassValue():
            return class_attribute(machine, value, name)
        case SuperValue():
            return super_attribute(machine, value, name)
        case FunctionValue() if name in value.contents:
            return value.contents[name]
        case Expression() if is_open(value):
            return machine.unknown(f"attribute `{name}` of parameter `{value}`, which nothing gives a value")
    special = special_attribute(machine, value, name)
    if special is not MISSING:
        return special
    cls = type_of(machine, value)
    if cls is None:
        return machine.unknown(f"attribute `{name}` of {described(value)}")
    found = cls.find(name)
    if found is not MISSING:
        return bound(machine, found, value, cls)
    if isinstance(value, Tensor):
        return machine.unknown(f"attribute `{name}` of {described(value)}")
    return machine.builtins.method(value, name)


def instance_attribute(machine: Machine, instance: Instance, name: str) -> Value:
    cls = instance.cls
    found = cls.find(name)
    if isinstance(found, PropertyValue) and not found.is_cached:
        try:
            return calls.call(machine, found.getter, [instance], {})
        except Raised as raised:
            fallback = cls.find("__getattr__")
            if fallback is MISSING or raised.exception.cls.name != "AttributeError":
                raise
            return calls.call(machine, fallback, [instance, name], {})
    own = instance.contents.get(name, MISSING)
    if own is not MISSING:
        return machine.called_back[instance].get(name, own) if instance in machine.called_back else own
    if isinstance(found, PropertyValue):
        computed = calls.call(machine, found.getter, [instance], {})
        machine.store.touch(instance)
        instance.contents[name] = computed
        return computed
    if found is not MISSING:
        return bound(machine, found, instance, cls)
    special = special_attribute(machine, instance, name) if name.startswith("__") else MISSING
    if special is not MISSING:
        return special
    if instance.payload is not MISSING:
        inherited = find_attribute(machine, instance.payload, name)
        if inherited is not MISSING:
            return inherited
    fallback = cls.find("__getattr__")
    if fallback is not MISSING:
        try:
            return calls.call(machine, fallback, [instance, name], {})
        except Raised as raised:
            if raised.exception.cls.name != "AttributeError":
                raise
    if is_internal(cls, name):
        return machine.unknown(f"`{name}` of a `{cls.name}`, which is the framework's own business")
    return machine.unknown(f"`{cls.name}` has a base class that is not known") if has_unknown_base(cls) else MISSING


def is_internal(cls: ClassValue, name: str) -> bool:
    """Whether a private attribute may be one that a framework's layer keeps for itself."""
    return name.startswith("_") and not name.startswith("__") and any(isinstance(base.declared, LayerDeclaration) for base in cls.mro)


def bound(machine: Machine, found: Value, instance: Value, cls: ClassValue) -> Value:
    """A class attribute as seen through an instance (or, with instance None, through the class)."""
    match found:
        case FunctionValue():
            return found if instance is None else BoundMethod(found, instance)
        case NativeFunction():
            return found if instance is None or not found.is_method else BoundMethod(found, instance)
        case PropertyValue():
            return found if instance is None else calls.call(machine, found.getter, [instance], {})
        case ClassMethod():
            return BoundMethod(found.function, cls)
        case StaticMethod():
            return found.function
        case Instance() if found.cls.find("__get__") is not MISSING:
            return calls.call(machine, found.cls.find("__get__"), [found, instance, cls], {})
    return found


def class_attribute(machine: Machine, cls: ClassValue, name: str) -> Value:
    if name not in cls.contents:
        special = special_attribute(machine, cls, name)
        if special is not MISSING:
            return special
    found = cls.find(name)
    if found is not MISSING:
        return bound(machine, found, None, cls)
    if cls.metaclass is not None:
        inherited = cls.metaclass.find(name)
        if inherited is not MISSING:
            return bound(machine, inherited, cls, cls.metaclass)
    if cls.declared is not None:
        return machine.unknown(f"`{cls.qualified}.{name}` is not known")
    native = machine.builtins.class_method(cls, name)
    if native is MISSING and has_unknown_base(cls):
        return machine.unknown(f"`{cls.name}` has a base class that is not known")
    return native


def super_attribute(machine: Machine, value: SuperValue, name: str) -> Value:
    instance = value.instance
    is_class = isinstance(instance, ClassValue) and value.cls in instance.mro
    cls = instance if is_class else type_of(machine, instance)
    if cls is None or value.cls not in cls.mro:
        return machine.unknown("super() of an object whose class is not known")
    for base in cls.mro[cls.mro.index(value.cls) + 1 :]:
        found = base.contents.get(name, MISSING)
        if found is not MISSING:
            return bound(machine, found, None if is_class and not isinstance(found, ClassMethod) else instance, cls)
        if base.declared is UNKNOWN_BASE:
            return machine.unknown(f"`{cls.name}` has a base class that is not known")
    if isinstance(instance, Instance) and instance.payload is not MISSING:
        return find_attribute(machine, instance.payload, name)
    return MISSING


def set_attribute(machine: Machine, owner: Value, name: str, value: Value) -> None:
    """`owner.name = value`; on what is not known, nothing happens."""
    match owner:
        case Instance():
            found = owner.cls.find(name)
            if isinstance(found, PropertyValue) and found.setter is not None:
                calls.call(machine, found.setter, [owner, value], {})
                return
            setter = owner.cls.find("__setattr__")
            if setter is not MISSING and setter is not OBJECT.contents.get("__setattr__"):
                calls.call(machine, setter, [owner, name, value], {})
                return
            put(machine, owner, name, value)
        case ClassValue() | FunctionValue() | ModuleValue():
            put(machine, owner, name, value)
        case Tensor():
            cls = type_of(machine, owner)
            setter = cls.find("__setattr__") if cls is not None else MISSING
            if setter is not MISSING:
                calls.call(machine, setter, [owner, name, value], {})
        case FrameworkNamespace():
            machine.importer.patch(owner, name, value)
        case Choice():
            distribute(machine, [owner], lambda chosen: set_attribute(machine, chosen[0], name, value))


def put(machine: Machine, owner: Mutable, name: str, value: Value) -> None:
    """Write an attribute past every `__setattr__`."""
    if name == "__dict__" and isinstance(value, DictValue) and isinstance(value.contents, dict):
        machine.store.touch(owner)
        owner.contents.update(value.contents)
        return
    if name == "__class__" and isinstance(owner, Instance) and isinstance(value, ClassValue):
        owner.cls = value
        return
    machine.store.touch(owner)
    owner.contents[name] = value


def delete_attribute(machine: Machine, owner: Value, name: str) -> None:
    """`del owner.name`; of an object whose base class is not known it may well have been there."""
    if isinstance(owner, Instance):
        deleter = owner.cls.find("__delattr__")
        if deleter is not MISSING and deleter is not OBJECT.contents.get("__delattr__"):
            calls.call(machine, deleter, [owner, name], {})
            return
    if isinstance(owner, (Instance, ClassValue, FunctionValue, ModuleValue)):
        machine.store.touch(owner)
        may_be_there = isinstance(owner, Instance) and has_unknown_base(owner.cls)
        if owner.contents.pop(name, MISSING) is MISSING and not may_be_there:
            fail(machine, "AttributeError", f"{described(owner)} has no attribute `{name}`", is_finding=False)
