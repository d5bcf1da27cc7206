"""The fields of a dataclass, and the `__init__` that fills them."""

from __future__ import annotations

from typing import TypeAlias

from cnnlint.interpreter import attributes, calls
from cnnlint.interpreter.functions import wrong_call
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import OBJECT
from cnnlint.values import MISSING, ClassValue, Instance, Value

FIELD = ClassValue("Field", (OBJECT,), module="dataclasses")
MISSING_MARK = Instance(ClassValue("_MISSING_TYPE", (OBJECT,), module="dataclasses"))
"""`dataclasses.MISSING`."""

Fields: TypeAlias = dict[str, Instance]


def fill(
    machine: Machine, cls: ClassValue, fields: Fields, is_frozen: bool, owner: Value, given: tuple[Value, ...], named: dict[str, Value]
) -> None:
    """The `__init__` of a dataclass.

    Raises Raised with TypeError where the arguments do not fit the fields.
    """
    values = bound_values(machine, cls, fields, given, named)
    if not isinstance(owner, Instance):
        return
    write = attributes.put if is_frozen else attributes.set_attribute
    for name, made in fields.items():
        value = values.get(name, MISSING)
        if value is MISSING:
            value = default_of(machine, made)
        if value is not MISSING and not made.contents.get("is_init_only"):
            write(machine, owner, name, value)
    hook = owner.cls.find("__post_init__")
    if hook is not MISSING:
        extra = [values.get(name, default_of(machine, made)) for name, made in fields.items() if made.contents.get("is_init_only")]
        calls.call(machine, hook, [owner, *extra], {})


def bound_values(machine: Machine, cls: ClassValue, fields: Fields, given: tuple[Value, ...], named: dict[str, Value]) -> dict[str, Value]:
    """The values that a call gives to fields; those with a default may be absent."""
    taking = {name: made for name, made in fields.items() if made.contents["init"] is not False}
    ordered = [name for name, made in taking.items() if made.contents["kw_only"] is not True]
    if len(given) > len(ordered):
        wrong_call(machine, cls.name, "many", ordered, None)
    values = dict(zip(ordered, given, strict=False))
    for name, value in named.items():
        if name in values or name not in taking:
            wrong_call(machine, cls.name, "repeated" if name in values else "unknown", taking, name)
        values[name] = value
    for name, made in taking.items():
        if name not in values and not has_default(made):
            wrong_call(machine, cls.name, "missing", taking, name)
    return values


def has_default(made: Instance) -> bool:
    return made.contents["default"] is not MISSING_MARK or made.contents["default_factory"] is not MISSING_MARK


def default_of(machine: Machine, made: Instance) -> Value:
    """The default of a field, a fresh one from its factory; MISSING where it has none."""
    if made.contents["default_factory"] is not MISSING_MARK:
        return calls.call(machine, made.contents["default_factory"], [], {})
    return MISSING if made.contents["default"] is MISSING_MARK else made.contents["default"]
