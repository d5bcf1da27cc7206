"""The double-underscore attributes that Python itself gives to classes, functions, methods and instances."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import type_of
from cnnlint.source import ir
from cnnlint.values import (
    MISSING,
    BoundMethod,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    Mutable,
    NativeFunction,
    PartialValue,
    PropertyValue,
    SliceValue,
    Unknown,
    Value,
)


def special_attribute(machine: Machine, value: Value, name: str) -> Value:
    """`__name__`, `__class__` and their like, and the few named attributes of native objects; or MISSING."""
    match value:
        case ClassValue():
            return of_class(machine, value, name)
        case FunctionValue():
            return of_function(machine, value, name)
        case NativeFunction() if name in ("__name__", "__qualname__"):
            return value.name
        case BoundMethod():
            if name == "__self__":
                return value.instance
            if name == "__func__":
                return value.function
            if name in ("__name__", "__qualname__", "__doc__", "__module__", "__wrapped__", "__dict__"):
                return special_attribute(machine, value.function, name)
        case PartialValue():
            if name in ("func", "args", "keywords"):
                return {"func": value.function, "args": value.positional, "keywords": DictValue(dict(value.keywords))}[name]
        case PropertyValue():
            return of_property(value, name)
        case SliceValue():
            if name in ("start", "stop", "step"):
                return {"start": value.lower, "stop": value.upper, "step": value.step}[name]
        case Instance():
            if name == "__dict__":
                return InstanceDictionary(value, lambda cause: machine.recorder.escaped(value, cause))
            if name in ("__doc__", "__module__"):
                return of_class(machine, value.cls, name)
    if name == "__class__":
        cls = type_of(machine, value)
        return MISSING if cls is None else cls
    return MISSING


class InstanceDictionary(DictValue):
    """`instance.__dict__`: a dict whose entries are the attributes of its owner; `lost` is told why they are not known any more."""

    __slots__ = ("lost", "owner")

    def __init__(self, owner: Mutable, lost: Callable[[Unknown], None] = lambda cause: None) -> None:
        self.owner = owner
        self.lost = lost
        super().__init__(owner.contents)
        self.born = owner.born

    @property
    def contents(self) -> Any:
        return self.owner.contents

    @contents.setter
    def contents(self, contents: Any) -> None:
        """What is not known of the dict leaves the names that the owner had as they are."""
        if isinstance(contents, Unknown):
            self.lost(contents)
        else:
            self.owner.contents = contents


def of_class(machine: Machine, cls: ClassValue, name: str) -> Value:
    match name:
        case "__name__":
            return cls.name
        case "__qualname__":
            return cls.name
        case "__module__":
            return cls.module
        case "__bases__":
            return cls.bases
        case "__mro__":
            return cls.mro
        case "__base__":
            return cls.bases[0] if cls.bases else None
        case "__dict__":
            return DictValue(dict(cls.contents))
        case "__class__":
            return type_of(machine, cls)
        case "__doc__":
            return cls.definition.doc if cls.definition is not None else None
        case "mro":
            return NativeFunction("mro", lambda machine: ListValue(cls.mro), is_method=False)
        case "__subclasses__":
            return NativeFunction("__subclasses__", lambda machine: machine.unknown("the subclasses of a class"), is_method=False)
        case "__annotations__":
            return cls.contents.get("__annotations__", DictValue())
    return MISSING


def of_function(machine: Machine, function: FunctionValue, name: str) -> Value:
    match name:
        case "__name__" | "__qualname__":
            return function.name
        case "__module__":
            return function.module.name
        case "__doc__":
            return function.definition.doc if isinstance(function.definition, ir.FunctionDefinition) else None
        case "__defaults__":
            return tuple(function.defaults.values()) or None
        case "__dict__":
            return InstanceDictionary(function)
        case "__globals__":
            return InstanceDictionary(function.module)
        case "__annotations__" | "__closure__" | "__code__" | "__kwdefaults__" | "__signature__":
            return machine.unknown(f"`{name}` of a function")
        case "__get__":
            return NativeFunction("__get__", lambda machine, instance, owner=None: BoundMethod(function, instance), is_method=False)
        case "__call__":
            return function
    return MISSING


def of_property(value: PropertyValue, name: str) -> Value:
    match name:
        case "setter":
            return NativeFunction("setter", lambda machine, function: PropertyValue(value.getter, function, value.deleter), is_method=False)
        case "getter":
            return NativeFunction("getter", lambda machine, function: PropertyValue(function, value.setter, value.deleter), is_method=False)
        case "deleter":
            return NativeFunction("deleter", lambda machine, function: PropertyValue(value.getter, value.setter, function), is_method=False)
        case "fget":
            return value.getter
    return MISSING
