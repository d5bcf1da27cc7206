"""`isinstance` and `issubclass`: True or False where it is proven, else the reason why it is not known."""

from __future__ import annotations

from cnnlint.dims import Expression
from cnnlint.dims.atoms import Operation
from cnnlint.interpreter import calls
from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.operators import truth
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import BOOL, FLOAT, INT, NONE, OBJECT, TYPE, has_unknown_base, is_open, type_of
from cnnlint.values import (
    MISSING,
    Choice,
    ClassMethod,
    ClassValue,
    FrameworkNamespace,
    FunctionValue,
    Instance,
    NativeFunction,
    Unknown,
    Value,
)

FUNCTIONS = Table()

UNION = ClassValue("UnionType", (OBJECT,), module="types")
"""The class of `X | Y` and `Optional[X]`, whose parts are under `__args__`."""


def union(parts: tuple[Value, ...]) -> Instance:
    """`X | Y`, `Union[X, Y]` or `Optional[X]`."""
    made = Instance(UNION)
    made.contents["__args__"] = tuple(part for given in parts for part in flattened(given))
    return made


UNION.contents["__or__"] = NativeFunction("__or__", lambda machine, left, right: union((left, right)))
UNION.contents["__ror__"] = NativeFunction("__ror__", lambda machine, right, left: union((left, right)))


@FUNCTIONS.define("isinstance", takes_unknown=True)
def isinstance_(machine: Machine, value: Value, classes: Value) -> Value:
    """Of what the user or the machine chooses the value is free, but not the class."""
    for given in (value, classes):
        if isinstance(given, Unknown):
            return Unknown(given.reason, given.place, is_harmless=given.is_harmless)
    if isinstance(value, Choice) or isinstance(classes, Choice):
        return distribute(machine, [value, classes], lambda chosen: isinstance_(machine, *chosen))
    return any_of_classes(machine, classes, lambda cls: is_instance(machine, value, cls))


@FUNCTIONS.define("issubclass")
def issubclass_(machine: Machine, cls: Value, classes: Value) -> Value:
    if isinstance(cls, (FrameworkNamespace, Instance, FunctionValue)) or is_open(cls) or type_of(machine, cls) is None:
        return machine.unknown(f"the class of {described(cls)}")
    if not isinstance(cls, ClassValue):
        return fail(machine, "TypeError", f"issubclass() of {described(cls)}, which is no class")
    return any_of_classes(machine, classes, lambda other: is_subclass(machine, cls, other))


def any_of_classes(machine: Machine, classes: Value, test: object) -> Value:
    """Whether the test holds for a class, or for any of a (nested) tuple or union of them."""
    assert callable(test)
    undecided: Value = False
    for cls in flattened(classes):
        if isinstance(cls, Choice):
            result: Value = machine.unknown("a class that is not known")
        else:
            result = cls if isinstance(cls, Unknown) else test(NONE if cls is None else cls)
        if result is True:
            return True
        if result is not False and undecided is False:
            undecided = result
    return undecided


def flattened(classes: Value) -> list[Value]:
    if isinstance(classes, tuple):
        return [cls for part in classes for cls in flattened(part)]
    if isinstance(classes, Instance) and classes.cls is UNION:
        return flattened(classes.contents.get("__args__", ()))
    return [classes]


def is_instance(machine: Machine, value: Value, cls: Value) -> bool | Unknown:
    """Whether a value is an instance of one class."""
    if not isinstance(cls, ClassValue):
        return by_stand_in(machine, cls)
    if cls is OBJECT:
        return True
    if is_open(value):
        return machine.unknown(f"the type of `{value}`, which nothing gives a value")
    checked = own_check(machine, cls, "__instancecheck__", value)
    if checked is not MISSING:
        return decided(machine, checked)
    if isinstance(value, Expression):
        return is_number(machine, value, cls)
    if cls is TYPE and isinstance(value, ClassValue):
        return True
    found = type_of(machine, value)
    if found is None:
        return machine.unknown(f"the type of {described(value)}")
    return by_bases(machine, found, cls)


def by_bases(machine: Machine, cls: ClassValue, other: ClassValue) -> bool | Unknown:
    if cls.is_subclass(other):
        return True
    return machine.unknown(f"`{cls.name}` has a base class that is not known") if has_unknown_base(cls) else False


def by_stand_in(machine: Machine, cls: Value) -> Unknown:
    if isinstance(cls, (FunctionValue, NativeFunction)) or type_of(machine, cls) is None or isinstance(cls, FrameworkNamespace):
        return machine.unknown(f"{described(cls)} as a class")
    if isinstance(cls, Instance):
        return machine.unknown(f"{described(cls)} as a class")
    return fail(machine, "TypeError", f"{described(cls)} is no class")


def is_number(machine: Machine, value: Expression, cls: ClassValue) -> bool | Unknown:
    """Whether a symbolic number is an int, or a float."""
    if value.is_integer:
        return cls is INT
    if cls not in (INT, FLOAT, BOOL):
        return False
    if is_float(value):
        return cls is FLOAT
    return machine.unknown(f"whether `{value}` is an int or a float")


def is_float(value: Expression | int | float) -> bool:
    """Whether a symbolic number is proven to be a float."""
    if isinstance(value, (int, float)):
        return isinstance(value, float)
    atom = value.atom
    if not isinstance(atom, Operation) or value.is_integer:
        return False
    if atom.name in ("/", "float") or atom.name.startswith("math."):
        return True
    return atom.name in ("+", "-", "*", "//", "%", "negative", "abs") and any(map(is_float, atom.operands))


def is_subclass(machine: Machine, cls: ClassValue, other: Value) -> bool | Unknown:
    """Whether a class derives from one other."""
    if not isinstance(other, ClassValue):
        return by_stand_in(machine, other)
    checked = own_check(machine, other, "__subclasscheck__", cls)
    if checked is not MISSING:
        return decided(machine, checked)
    return by_bases(machine, cls, other)


def own_check(machine: Machine, cls: ClassValue, name: str, value: Value) -> Value:
    """What a class (modelled ones such as `Iterable`) or its metaclass says itself; MISSING where neither does."""
    found = cls.contents.get(name, MISSING)
    if isinstance(found, NativeFunction):
        return found.function(machine, value)
    if cls.metaclass is not None:
        found = cls.metaclass.find(name)
        if isinstance(found, (FunctionValue, ClassMethod)):
            return calls.call(machine, found, [cls, value], {})
    return MISSING


def decided(machine: Machine, result: Value) -> bool | Unknown:
    way = truth(machine, result)
    return way if isinstance(way, (bool, Unknown)) else machine.unknown("a check of a class")
