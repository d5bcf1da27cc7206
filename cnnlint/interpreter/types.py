"""The built-in classes, and which one a value is an instance of."""

from __future__ import annotations

import builtins
from typing import Any

from cnnlint.dims import Condition, Expression, symbols
from cnnlint.values import (
    BoundMethod,
    ClassMethod,
    ClassValue,
    DictValue,
    FrameworkNamespace,
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
    StaticMethod,
    SuperValue,
    Value,
)

OBJECT = ClassValue("object")


def _declare(name: str, *bases: ClassValue, module: str = "builtins") -> ClassValue:
    return ClassValue(name, bases or (OBJECT,), module=module)


TYPE = _declare("type")
INT = _declare("int")
BOOL = _declare("bool", INT)
FLOAT = _declare("float")
COMPLEX = _declare("complex")
STR = _declare("str")
BYTES = _declare("bytes")
TUPLE = _declare("tuple")
LIST = _declare("list")
DICT = _declare("dict")
SET = _declare("set")
FROZENSET = _declare("frozenset")
RANGE = _declare("range")
SLICE = _declare("slice")
NONE = _declare("NoneType")
ELLIPSIS = _declare("ellipsis")
FUNCTION = _declare("function", module="types")
METHOD = _declare("method", module="types")
NATIVE = _declare("builtin_function_or_method", module="types")
MODULE = _declare("module", module="types")
PARTIAL = _declare("partial", module="functools")
PROPERTY = _declare("property")
STATICMETHOD = _declare("staticmethod")
CLASSMETHOD = _declare("classmethod")
SUPER = _declare("super")
ITERATOR = _declare("iterator")
GENERATOR = _declare("generator", ITERATOR, module="types")

_NATIVE_CLASSES: dict[type, ClassValue] = {
    bool: BOOL,
    int: INT,
    float: FLOAT,
    complex: COMPLEX,
    str: STR,
    bytes: BYTES,
    tuple: TUPLE,
    range: RANGE,
    type(None): NONE,
    type(Ellipsis): ELLIPSIS,
    ListValue: LIST,
    DictValue: DICT,
    SliceValue: SLICE,
    FunctionValue: FUNCTION,
    BoundMethod: METHOD,
    NativeFunction: NATIVE,
    ModuleValue: MODULE,
    FrameworkNamespace: MODULE,
    PartialValue: PARTIAL,
    PropertyValue: PROPERTY,
    StaticMethod: STATICMETHOD,
    ClassMethod: CLASSMETHOD,
    SuperValue: SUPER,
}


def declare_native(kind: type, cls: ClassValue) -> None:
    """Say which class the values of one more Python type are instances of; while modules are imported only."""
    _NATIVE_CLASSES[kind] = cls


def _exceptions() -> dict[str, ClassValue]:
    made: dict[type, ClassValue] = {object: OBJECT}

    def make(cls: type) -> ClassValue:
        if cls not in made:
            made[cls] = ClassValue(cls.__name__, tuple(make(base) for base in cls.__bases__))
        return made[cls]

    found = [value for value in vars(builtins).values() if isinstance(value, type) and issubclass(value, BaseException)]
    return {cls.__name__: make(cls) for cls in found}


EXCEPTIONS = _exceptions()
BASE_EXCEPTION = EXCEPTIONS["BaseException"]

BUILTIN_CLASSES = {
    cls.name: cls
    for cls in (
        OBJECT,
        TYPE,
        INT,
        BOOL,
        FLOAT,
        COMPLEX,
        STR,
        BYTES,
        TUPLE,
        LIST,
        DICT,
        SET,
        FROZENSET,
        RANGE,
        SLICE,
        PROPERTY,
        STATICMETHOD,
        CLASSMETHOD,
        SUPER,
    )
} | EXCEPTIONS

PAYLOADS = frozenset((INT, FLOAT, STR, BYTES, TUPLE, LIST, DICT, SET, FROZENSET))
"""Built-in classes whose subclasses' instances carry a built-in value inside."""


UNKNOWN_BASE = object()
"""Marks a class that stands for a base class that is not known: its instances may have any attribute."""


def has_unknown_base(cls: ClassValue) -> bool:
    return UNKNOWN_BASE in [base.declared for base in cls.mro]


def type_of(machine: Any, value: Value) -> ClassValue | None:
    """The class of a value; None for an Unknown or a Choice, and for a size symbol that could be anything."""
    if isinstance(value, Instance):
        return value.cls
    native = _NATIVE_CLASSES.get(type(value))
    if native is not None:
        return native
    if isinstance(value, ClassValue):
        return value.metaclass or TYPE
    if isinstance(value, Expression):
        if is_open(value):
            return None
        return INT if value.is_integer else FLOAT
    if isinstance(value, DictValue):
        return DICT
    if isinstance(value, SetValue):
        return FROZENSET if value.is_frozen else SET
    if isinstance(value, IteratorValue):
        return GENERATOR if value.kind == "generator" else ITERATOR
    if isinstance(value, Condition):
        return BOOL
    tensor_class = machine.importer.tensor_class(value)
    if isinstance(tensor_class, ClassValue):
        return tensor_class
    return TUPLE if isinstance(value, tuple) else None


def is_open(value: Value) -> bool:
    """Whether a value comes from a parameter that nobody gave: a number if it is used as one, but maybe something else."""
    return isinstance(value, Expression) and any(symbol.kind == "parameter" for symbol in symbols(value))
