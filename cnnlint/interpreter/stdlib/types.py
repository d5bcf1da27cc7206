"""`types`: the classes of functions, methods and modules, and `SimpleNamespace`."""

from __future__ import annotations

from cnnlint.interpreter import operators
from cnnlint.interpreter.builtins.instances import UNION
from cnnlint.interpreter.builtins.natives import Table, first_unknown, not_modelled
from cnnlint.interpreter.builtins.text import text_of
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import (
    ELLIPSIS,
    FUNCTION,
    GENERATOR,
    METHOD,
    MODULE,
    NATIVE,
    NONE,
    OBJECT,
    PROPERTY,
)
from cnnlint.values import BoundMethod, ClassValue, DictValue, Instance, ModuleValue, NativeFunction, Unknown, Value

NAMESPACE = ClassValue("SimpleNamespace", (OBJECT,), module="types")
MAPPING_PROXY = ClassValue("mappingproxy", (OBJECT,), module="types")

NAMES = Table(
    {
        "FunctionType": FUNCTION,
        "LambdaType": FUNCTION,
        "MethodType": METHOD,
        "BuiltinFunctionType": NATIVE,
        "BuiltinMethodType": NATIVE,
        "ModuleType": MODULE,
        "GeneratorType": GENERATOR,
        "NoneType": NONE,
        "EllipsisType": ELLIPSIS,
        "UnionType": UNION,
        "DynamicClassAttribute": PROPERTY,
        "SimpleNamespace": NAMESPACE,
        "MappingProxyType": MAPPING_PROXY,
        "new_class": not_modelled("types.new_class"),
    }
)


def fill_namespace(machine: Machine, owner: Instance, *given: Value, **keywords: Value) -> Value:
    for mapping in given:
        if isinstance(mapping, DictValue) and isinstance(mapping.contents, dict):
            owner.contents.update(mapping.contents)
    owner.contents.update(keywords)


def shown(machine: Machine, owner: Instance) -> Value:
    parts = {name: text_of(machine, value, is_repr=True) for name, value in owner.contents.items()}
    unknown = first_unknown(list(parts.values()))
    name = "namespace" if owner.cls is NAMESPACE else owner.cls.name
    return unknown or f"{name}({', '.join(f'{key}={part}' for key, part in parts.items())})"


def are_equal(machine: Machine, left: Instance, right: Value) -> Value:
    if not isinstance(right, Instance) or not right.cls.is_subclass(NAMESPACE):
        return operators.NOT_IMPLEMENTED
    return operators.compare_values(machine, "==", DictValue(dict(left.contents)), DictValue(dict(right.contents)))


NAMESPACE.contents["__init__"] = NativeFunction("__init__", fill_namespace, takes_unknown=True)
NAMESPACE.contents["__repr__"] = NativeFunction("__repr__", shown)
NAMESPACE.contents["__eq__"] = NativeFunction("__eq__", are_equal)


def make_method(machine: Machine, cls: Value, function: Value, instance: Value) -> Value:
    return instance if isinstance(instance, Unknown) else BoundMethod(function, instance)


def make_proxy(machine: Machine, cls: Value, mapping: Value) -> Value:
    return mapping


def make_module(machine: Machine, cls: Value, name: Value, doc: Value = None) -> Value:
    return ModuleValue(name) if isinstance(name, str) else machine.unknown("a module made by the program")


METHOD.contents["__new__"] = NativeFunction("__new__", make_method, takes_unknown=True, is_method=False)
MAPPING_PROXY.contents["__new__"] = NativeFunction("__new__", make_proxy, takes_unknown=True, is_method=False)
MODULE.contents["__new__"] = NativeFunction("__new__", make_module, is_method=False)
