"""`abc`: abstract classes, without the check that forbids to make instances of them."""

from __future__ import annotations

from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import OBJECT, TYPE, type_of
from cnnlint.values import ClassMethod, ClassValue, NativeFunction, PropertyValue, StaticMethod, Value

ABC_META = ClassValue("ABCMeta", (TYPE,), module="abc")
ABC = ClassValue("ABC", (OBJECT,), module="abc")
ABC.metaclass = ABC_META

NAMES = Table({"ABC": ABC, "ABCMeta": ABC_META})

NAMES.define("abstractmethod", "update_abstractmethods", takes_unknown=True)(lambda machine, function: function)
NAMES.define("abstractproperty", takes_unknown=True)(lambda machine, function: PropertyValue(function))
NAMES.define("abstractclassmethod", takes_unknown=True)(lambda machine, function: ClassMethod(function))
NAMES.define("abstractstaticmethod", takes_unknown=True)(lambda machine, function: StaticMethod(function))


def register(machine: Machine, cls: ClassValue, subclass: Value) -> Value:
    """Makes another class count as a subclass, so that of values of other classes nothing is certain any more."""

    def check(machine: Machine, value: Value) -> Value:
        found = type_of(machine, value)
        if found is not None and found.is_subclass(cls):
            return True
        return machine.unknown(f"which classes are registered with `{cls.name}`")

    machine.store.touch(cls)
    cls.contents["__instancecheck__"] = NativeFunction("__instancecheck__", check)
    return subclass


ABC_META.contents["register"] = NativeFunction("register", register, takes_unknown=True)
