"""`numbers`."""

from __future__ import annotations

from cnnlint.interpreter.builtins.instances import is_instance
from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import COMPLEX, FLOAT, INT, OBJECT, type_of
from cnnlint.values import ClassValue, NativeFunction, Value

NAMES = Table()


def declare(name: str, kinds: tuple[ClassValue, ...]) -> None:
    """A class of numbers, of which the built-in ones among `kinds` are."""
    cls = ClassValue(name, (OBJECT,), module="numbers")

    def check(machine: Machine, value: Value) -> Value:
        if name in ("Number", "Complex", "Real") and type_of(machine, value) in (INT, FLOAT):
            return True
        answers = [is_instance(machine, value, kind) for kind in kinds]
        return True if True in answers else next((answer for answer in answers if answer is not False), False)

    def check_class(machine: Machine, other: Value) -> Value:
        return any(isinstance(other, ClassValue) and other.is_subclass(kind) for kind in kinds)

    cls.contents["__instancecheck__"] = NativeFunction("__instancecheck__", check)
    cls.contents["__subclasscheck__"] = NativeFunction("__subclasscheck__", check_class)
    NAMES[name] = cls


declare("Number", (INT, FLOAT, COMPLEX))
declare("Complex", (INT, FLOAT, COMPLEX))
declare("Real", (INT, FLOAT))
declare("Rational", (INT,))
declare("Integral", (INT,))
