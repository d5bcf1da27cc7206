"""`collections.abc`: the abstract classes, told by the methods that a value has, and what they add to a subclass."""

from __future__ import annotations

from collections.abc import Callable

from cnnlint.interpreter import attributes, iteration
from cnnlint.interpreter.builtins.dicts import ENTRIES_VIEW, KEYS_VIEW
from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.builtins.reflection import attribute_or_missing, is_callable
from cnnlint.interpreter.machine import Machine, Raised
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import (
    BYTES,
    DICT,
    FROZENSET,
    GENERATOR,
    LIST,
    OBJECT,
    RANGE,
    SET,
    STR,
    TUPLE,
    has_unknown_base,
    is_open,
    type_of,
)
from cnnlint.values import MISSING, ClassValue, Instance, IteratorValue, NativeFunction, Unknown, Value

NAMES = Table()

Check = Callable[[Machine, Value], Value]


def abstract(name: str, *bases: ClassValue, is_of: Check, kinds: tuple[ClassValue, ...] = ()) -> ClassValue:
    """Declare an abstract class; `is_of` tells whether a value is one, `kinds` which built-in classes are."""
    cls = ClassValue(name, bases or (OBJECT,), module="collections.abc")

    def check_instance(machine: Machine, value: Value) -> Value:
        found = type_of(machine, value)
        if found is not None and (found.is_subclass(cls) or any(found.is_subclass(kind) for kind in kinds)):
            return True
        return is_of(machine, value)

    def check_subclass(machine: Machine, other: Value) -> Value:
        if isinstance(other, ClassValue) and (other.is_subclass(cls) or any(other.is_subclass(kind) for kind in kinds)):
            return True
        return machine.unknown(f"whether a class is a `{name}`")

    cls.contents["__instancecheck__"] = NativeFunction("__instancecheck__", check_instance)
    cls.contents["__subclasscheck__"] = NativeFunction("__subclasscheck__", check_subclass)
    NAMES[name] = cls
    return cls


def having(*methods: str) -> Check:
    """Told by the methods of the class of a value."""

    def check(machine: Machine, value: Value) -> Value:
        cls = type_of(machine, value)
        if is_open(value) or cls is None:
            return machine.unknown("the type of a value")
        if isinstance(value, Instance):
            if all(cls.find(method) is not MISSING for method in methods):
                return True
            if has_unknown_base(cls):
                return machine.unknown(f"`{cls.name}` has a base class that is not known")
            if value.payload is not MISSING:
                return check(machine, value.payload)
            return False
        return all(attribute_or_missing(machine, value, method) is not MISSING for method in methods)

    return check


def of_kind(machine: Machine, value: Value) -> Value:
    """Told by the class alone."""
    cls = type_of(machine, value)
    if cls is None:
        return machine.unknown("the type of a value")
    return machine.unknown(f"`{cls.name}` has a base class that is not known") if has_unknown_base(cls) else False


def is_iterator(machine: Machine, value: Value) -> Value:
    return True if isinstance(value, IteratorValue) else having("__iter__", "__next__")(machine, value)


hashable = abstract("Hashable", is_of=having("__hash__"))
callables = abstract("Callable", is_of=is_callable)
iterable = abstract("Iterable", is_of=having("__iter__"))
sized = abstract("Sized", is_of=having("__len__"))
container = abstract("Container", is_of=having("__contains__"))
collection = abstract("Collection", sized, iterable, container, is_of=having("__len__", "__iter__", "__contains__"))
reversible = abstract("Reversible", iterable, is_of=having("__reversed__"))
iterator = abstract("Iterator", iterable, is_of=is_iterator)
generator = abstract("Generator", iterator, is_of=of_kind, kinds=(GENERATOR,))
sequence = abstract("Sequence", reversible, collection, is_of=of_kind, kinds=(LIST, TUPLE, STR, BYTES, RANGE))
mutable_sequence = abstract("MutableSequence", sequence, is_of=of_kind, kinds=(LIST,))
sets = abstract("Set", collection, is_of=of_kind, kinds=(SET, FROZENSET))
mutable_set = abstract("MutableSet", sets, is_of=of_kind, kinds=(SET,))
mapping = abstract("Mapping", collection, is_of=of_kind, kinds=(DICT,))
mutable_mapping = abstract("MutableMapping", mapping, is_of=of_kind, kinds=(DICT,))
keys_view = abstract("KeysView", sets, is_of=of_kind, kinds=(KEYS_VIEW,))
values_view = abstract("ValuesView", collection, is_of=of_kind, kinds=(ENTRIES_VIEW,))
items_view = abstract("ItemsView", sets, is_of=of_kind, kinds=(ENTRIES_VIEW,))
mapping_view = abstract("MappingView", sized, is_of=of_kind)
byte_string = abstract("ByteString", sequence, is_of=of_kind, kinds=(BYTES,))
buffer = abstract("Buffer", is_of=of_kind, kinds=(BYTES,))
for _name in ("Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator"):
    abstract(_name, is_of=of_kind)


def items_by_index(machine: Machine, owner: Value) -> list[Value] | Unknown:
    """What a subclass of `Sequence` holds, asked one by one until IndexError."""
    items: list[Value] = []
    while True:
        machine.steps -= 1
        try:
            item = iteration.get_item(machine, owner, len(items))
        except Raised as raised:
            if raised.exception.cls.name == "IndexError":
                return items
            raise
        if isinstance(item, Unknown):
            return item
        items.append(item)


def adds(cls: ClassValue, name: str) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Declare a method that an abstract class gives to its subclasses."""

    def declare(function: Callable[..., Value]) -> Callable[..., Value]:
        cls.contents[name] = NativeFunction(name, function, takes_unknown=True)
        return function

    return declare


@adds(sequence, "__iter__")
def iterate_sequence(machine: Machine, owner: Value) -> Value:
    items = items_by_index(machine, owner)
    return items if isinstance(items, Unknown) else IteratorValue(items)


@adds(sequence, "__reversed__")
def reverse_sequence(machine: Machine, owner: Value) -> Value:
    items = items_by_index(machine, owner)
    return items if isinstance(items, Unknown) else IteratorValue(items[::-1])


@adds(sequence, "__contains__")
def sequence_contains(machine: Machine, owner: Value, item: Value) -> Value:
    items = items_by_index(machine, owner)
    return items if isinstance(items, Unknown) else iteration.contains(machine, tuple(items), item)


@adds(mapping, "get")
def get(machine: Machine, owner: Value, key: Value, default: Value = None) -> Value:
    try:
        return iteration.get_item(machine, owner, key)
    except Raised as raised:
        if raised.exception.cls.name == "KeyError":
            return default
        raise


@adds(mapping, "keys")
def keys(machine: Machine, owner: Value) -> Value:
    items = iteration.iterate(machine, owner)
    return items if isinstance(items, Unknown) else IteratorValue(items)


@adds(mapping, "values")
def values(machine: Machine, owner: Value) -> Value:
    items = iteration.iterate(machine, owner)
    return items if isinstance(items, Unknown) else IteratorValue([iteration.get_item(machine, owner, key) for key in items])


@adds(mapping, "items")
def entries(machine: Machine, owner: Value) -> Value:
    items = iteration.iterate(machine, owner)
    return items if isinstance(items, Unknown) else IteratorValue([(key, iteration.get_item(machine, owner, key)) for key in items])


@adds(mapping, "__contains__")
def mapping_contains(machine: Machine, owner: Value, key: Value) -> Value:
    try:
        found = iteration.get_item(machine, owner, key)
    except Raised as raised:
        if raised.exception.cls.name == "KeyError":
            return False
        raise
    return found if isinstance(found, Unknown) else True


@adds(mutable_mapping, "pop")
def pop(machine: Machine, owner: Value, key: Value, default: Value = MISSING) -> Value:
    found = get(machine, owner, key, MISSING)
    if found is MISSING:
        return default if default is not MISSING else fail(machine, "KeyError", "the key is not in the mapping")
    iteration.delete_item(machine, owner, key)
    return found


@adds(mutable_mapping, "setdefault")
def set_default(machine: Machine, owner: Value, key: Value, default: Value = None) -> Value:
    found = get(machine, owner, key, MISSING)
    if found is MISSING:
        iteration.set_item(machine, owner, key, default)
        return default
    return found


@adds(mutable_mapping, "update")
def update(machine: Machine, owner: Value, other: Value = MISSING, **keywords: Value) -> Value:
    more = {} if other is MISSING else iteration.entries(machine, other, strings_only=False)
    if isinstance(more, Unknown):
        return
    for key, value in {**more, **keywords}.items():
        iteration.set_item(machine, owner, key, value)


@adds(mutable_sequence, "append")
def append(machine: Machine, owner: Value, item: Value) -> Value:
    insert = attributes.attribute(machine, owner, "insert")
    machine.door.call(insert, machine.door.call(attributes.attribute(machine, owner, "__len__")), item)


@adds(mutable_sequence, "extend")
def extend(machine: Machine, owner: Value, items: Value) -> Value:
    found = iteration.iterate(machine, items)
    for item in [] if isinstance(found, Unknown) else found:
        machine.door.call(attributes.attribute(machine, owner, "append"), item)


@adds(mutable_sequence, "__iadd__")
def extend_in_place(machine: Machine, owner: Value, items: Value) -> Value:
    extend(machine, owner, items)
    return owner
