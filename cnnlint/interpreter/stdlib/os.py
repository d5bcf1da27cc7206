"""`os`: the environment. A variable that the program can do without counts as not set; all else is unknown."""

from __future__ import annotations

from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import EXCEPTIONS, OBJECT
from cnnlint.values import MISSING, ClassValue, Instance, NativeFunction, Value

NAMES = Table({"error": EXCEPTIONS["OSError"]})


@NAMES.define("getenv")
def variable(machine: Machine, key: Value, default: Value = MISSING) -> Value:
    """The default that the program states, which is what most runs see; unknown where it states none."""
    return machine.unknown("an environment variable", is_free=True) if default is MISSING else default


def lookup(machine: Machine, environment: Value, key: Value, default: Value = MISSING) -> Value:
    return variable(machine, key, default)


def anything(machine: Machine, environment: Value, *given: Value) -> Value:
    return machine.unknown("the environment variables", is_free=True, is_harmless=True)


ENVIRON = ClassValue("_Environ", (OBJECT,), module="os")
for _name in ("get", "setdefault", "pop"):
    ENVIRON.contents[_name] = NativeFunction(_name, lookup)
for _name in ("__getitem__", "__iter__", "__len__", "keys", "values", "items", "copy"):
    ENVIRON.contents[_name] = NativeFunction(_name, anything, takes_unknown=True)
ENVIRON.contents["__contains__"] = NativeFunction("__contains__", lambda machine, environment, key: False)
for _name in ("__setitem__", "__delitem__", "update"):
    ENVIRON.contents[_name] = NativeFunction(_name, lambda machine, environment, *given, **named: None, takes_unknown=True)


def names_of(machine: Machine) -> dict[str, Value]:
    """What depends on the analysis."""
    return {"environ": Instance(ENVIRON)}
