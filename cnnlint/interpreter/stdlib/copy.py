"""`copy`: shallow and deep copies of abstract values. A copied layer keeps the place where the original was made."""

from __future__ import annotations

import copy
from typing import TypeVar

from cnnlint.interpreter import calls
from cnnlint.interpreter.branches import join_values
from cnnlint.interpreter.builtins.dicts import EntriesView, KeysView
from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.builtins.sets import set_of
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.special import InstanceDictionary
from cnnlint.interpreter.types import EXCEPTIONS
from cnnlint.values import (
    MISSING,
    BoundMethod,
    Choice,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    Mutable,
    PartialValue,
    SetValue,
    Tensor,
    Unknown,
    Value,
    birth,
)

MutableType = TypeVar("MutableType", bound=Mutable)

NAMES = Table({"Error": EXCEPTIONS["Exception"], "error": EXCEPTIONS["Exception"]})


@NAMES.define("copy", takes_unknown=True)
def shallow(machine: Machine, x: Value) -> Value:
    if isinstance(x, Instance):
        own = x.cls.find("__copy__")
        if isinstance(own, FunctionValue):
            return calls.call(machine, own, [x], {})
        made = twin(x)
        made.payload = x.payload if x.payload is MISSING else shallow(machine, x.payload)
        return made
    if isinstance(x, Choice):
        return join_values(machine, [(option.path, shallow(machine, option.value)) for option in x.alternatives])
    if isinstance(x, (InstanceDictionary, KeysView, EntriesView)):
        return without_owner(machine, x)
    return twin(x) if isinstance(x, (ListValue, DictValue, SetValue, Tensor)) else x


def twin(value: MutableType) -> MutableType:
    """A new value of the same kind with the same contents."""
    made = copy.copy(value)
    made.contents = value.snapshot()
    made.born = birth()
    return made


def without_owner(machine: Machine, value: Mutable) -> Value:
    """A live view as a container of its own."""
    contents = value.contents
    if isinstance(value, DictValue):
        return DictValue(contents if isinstance(contents, Unknown) else dict(contents))
    if isinstance(value, SetValue):
        return set_of(machine, contents if isinstance(contents, Unknown) else list(contents))
    return ListValue(contents)


@NAMES.define("deepcopy", takes_unknown=True)
def deep(machine: Machine, x: Value, memo: Value = None, _nil: Value = None) -> Value:
    made: dict[Mutable, Value] = {}
    result = copied(machine, x, made)
    machine.recorder.copied(made)
    return result


def copied(machine: Machine, value: Value, made: dict[Mutable, Value]) -> Value:
    """A deep copy; what is shared inside stays shared."""
    match value:
        case tuple():
            return tuple(copied(machine, item, made) for item in value)
        case Choice():
            return join_values(machine, [(option.path, copied(machine, option.value, made)) for option in value.alternatives])
        case BoundMethod():
            return BoundMethod(value.function, copied(machine, value.instance, made))
        case PartialValue():
            return PartialValue(
                copied(machine, value.function, made),
                tuple(copied(machine, item, made) for item in value.positional),
                {name: copied(machine, item, made) for name, item in value.keywords.items()},
            )
        case Instance() | ListValue() | DictValue() | SetValue() | Tensor():
            if value not in made:
                copied_mutable(machine, value, made)
            return made[value]
    return value


def copied_mutable(machine: Machine, value: Mutable, made: dict[Mutable, Value]) -> None:
    """Copy one value and what it contains, and note the copy in `made` before its contents are filled in."""
    if isinstance(value, Instance):
        own = value.cls.find("__deepcopy__")
        if isinstance(own, FunctionValue):
            made[value] = calls.call(machine, own, [value, DictValue()], {})
            return
    if isinstance(value, (InstanceDictionary, KeysView, EntriesView)):
        made[value] = copied(machine, without_owner(machine, value), made)
        return
    new = made[value] = twin(value)
    contents = new.contents
    if isinstance(contents, list):
        new.contents = [copied(machine, item, made) for item in contents]
    elif isinstance(contents, dict):
        new.contents = {
            copied(machine, key, made) if isinstance(key, (tuple, Instance)) else key: item
            if item is MISSING
            else copied(machine, item, made)
            for key, item in contents.items()
        }
    if isinstance(new, Instance) and isinstance(value, Instance):
        new.payload = value.payload if value.payload is MISSING else copied(machine, value.payload, made)
