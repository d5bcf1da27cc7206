"""The built-in functions, the methods of built-in values, and what calling a built-in class makes."""

from __future__ import annotations

from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.builtins import (
    instances,
    method_tables,
    natives,
    numbers,
    object_methods,
    reflection,
    sequences,
    text,
)
from cnnlint.interpreter.builtins.constructing import construct
from cnnlint.interpreter.builtins.measures import distinct
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.operators import NOT_IMPLEMENTED
from cnnlint.interpreter.types import BASE_EXCEPTION, BUILTIN_CLASSES, EXCEPTIONS
from cnnlint.values import MISSING, BoundMethod, Choice, ClassValue, NativeFunction, Unknown, Value

__all__ = ["Builtins", "natives"]

object_methods.furnish()

NAMES: dict[str, Value] = {
    **BUILTIN_CLASSES,
    "EnvironmentError": EXCEPTIONS["OSError"],
    "IOError": EXCEPTIONS["OSError"],
    **numbers.FUNCTIONS,
    **sequences.FUNCTIONS,
    **instances.FUNCTIONS,
    **reflection.FUNCTIONS,
    "NotImplemented": NOT_IMPLEMENTED,
    "Ellipsis": Ellipsis,
    "__debug__": True,
}


class Builtins:
    """The namespace `builtins` of one analysis."""

    base_exception: ClassValue = BASE_EXCEPTION

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.names = dict(NAMES)

    def method(self, value: Value, name: str) -> Value:
        """A method of a built-in value, bound; MISSING where Python has none of this name."""
        found = method_tables.method_of(value, name)
        if found is MISSING or not isinstance(found, NativeFunction):
            return found
        return BoundMethod(found, value)

    def class_method(self, cls: ClassValue, name: str) -> Value:
        """A method of a built-in class, or of a class that derives from one, not bound: `str.join`, `dict.fromkeys`."""
        return method_tables.class_method_of(cls, name)

    def construct(self, cls: ClassValue, positional: list[Value], keywords: dict[str, Value]) -> Value:
        """`cls(*positional, **keywords)` for a built-in class."""
        return construct(self.machine, cls, positional, keywords)

    def formatted(self, value: Value, conversion: str, form: Value) -> Value:
        """A part of an f-string, `{value!conversion:form}`: a string, one of several, or Unknown."""
        if isinstance(value, Choice) or isinstance(form, Choice):
            return distribute(self.machine, [value, form], lambda chosen: text.formatted(self.machine, chosen[0], conversion, chosen[1]))
        return text.formatted(self.machine, value, conversion, form)

    def members(self, items: list[Value]) -> list[Value] | Unknown:
        """The members of a set of these items, each once; Unknown where it is not known which are equal."""
        return distinct(self.machine, items)

    def union(self, left: Value, right: Value) -> Value:
        """`left | right` for classes."""
        return instances.union((left, right))
