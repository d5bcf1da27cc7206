"""Lengths and contents of containers, as far as they are known."""

from __future__ import annotations

from cnnlint.dims import Expression, differ
from cnnlint.interpreter import attributes, calls
from cnnlint.interpreter.builtins.natives import may_be_missing
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.iteration import check_hashable, iterate
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import is_open, type_of
from cnnlint.values import (
    MISSING,
    Choice,
    ClassValue,
    DictValue,
    Instance,
    ListValue,
    SetValue,
    Tensor,
    Unknown,
    Value,
)


def length(machine: Machine, value: Value) -> Value:
    """`len(value)`; raises Raised with TypeError for what has no length."""
    if isinstance(value, ListValue):
        return value.contents if isinstance(value.contents, Unknown) else len(value.contents)
    if isinstance(value, (DictValue, SetValue)):
        if isinstance(value, DictValue):
            machine.importer.registries.complete(value)
        entries = certain_entries(machine, value)
        return entries if isinstance(entries, Unknown) else len(entries)
    if isinstance(value, (tuple, str, bytes, range)):
        return len(value)
    if isinstance(value, (Instance, Tensor)):
        return length_of_object(machine, value)
    if isinstance(value, ClassValue) and value.metaclass is not None and (found := value.metaclass.find("__len__")) is not MISSING:
        return calls.call(machine, found, [value], {})
    if is_open(value) or type_of(machine, value) is None:
        return machine.unknown(f"the length of {described(value)}")
    return fail(machine, "TypeError", f"{described(value)} has no length")


def length_of_object(machine: Machine, value: Instance | Tensor) -> Value:
    cls = type_of(machine, value)
    found = cls.find("__len__") if cls is not None else MISSING
    if found is not MISSING:
        return calls.call(machine, found, [value], {})
    if isinstance(value, Tensor):
        shape = value.shape
        if shape.leading or not len(shape):
            return machine.unknown(f"the length of a tensor of shape {shape}")
        return shape.dims[0]
    if value.payload is not MISSING:
        return length(machine, value.payload)
    if attributes.find_attribute(machine, value, "__len__") is not MISSING:
        return machine.unknown(f"the length of {described(value)}")
    return fail(machine, "TypeError", f"{described(value)} has no length")


def certain_entries(machine: Machine, value: DictValue | SetValue) -> dict[Value, Value] | Unknown:
    """The contents of a dict or set, unless some entry is there on some ways only."""
    contents = value.contents
    if isinstance(contents, dict) and any(may_be_missing(entry) for entry in contents.values()):
        return machine.unknown("the entries of a dict that was changed under a condition that is not known")
    return contents


def distinct(machine: Machine, items: list[Value] | Unknown) -> list[Value] | Unknown:
    """The members of a set made of `items`, each once; Unknown where it is not known which of them are equal.

    Raises Raised with TypeError for an item that cannot be hashed.
    """
    if isinstance(items, Unknown):
        return items
    numbers: list[Value] = []
    for item in items:
        if isinstance(item, (Unknown, Choice)):
            return item if isinstance(item, Unknown) else machine.unknown("a set with a member that is not known")
        check_hashable(machine, item)
        if isinstance(item, tuple) and any(isinstance(part, (Unknown, Choice, Expression)) for part in item):
            if any(other is not item and other != item for other in items):
                return machine.unknown("which members of a set are equal")
        elif isinstance(item, (int, float, Expression)):
            numbers.append(item)
    members = list(dict.fromkeys(items))
    symbolic = [item for item in numbers if isinstance(item, Expression)]
    for size in dict.fromkeys(symbolic):
        if any(other != size and not differ(size, other) for other in numbers):
            return machine.unknown(f"whether `{size}` equals another member of a set")
    return members


def pairs(machine: Machine, value: Value) -> list[tuple[Value, Value]] | Unknown:
    """The key and value of each item of an iterable of pairs."""
    items = iterate(machine, value)
    if isinstance(items, Unknown):
        return items
    found: list[tuple[Value, Value]] = []
    for item in items:
        parts = iterate(machine, item)
        if isinstance(parts, Unknown):
            return parts
        if len(parts) != 2:
            fail(machine, "ValueError", f"an entry for a dict has {len(parts)} parts; 2 are needed")
        if isinstance(parts[0], (Unknown, Choice)):
            return parts[0] if isinstance(parts[0], Unknown) else machine.unknown("a key that is not known")
        check_hashable(machine, parts[0])
        found.append((parts[0], parts[1]))
    return found
