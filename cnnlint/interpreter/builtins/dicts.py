"""The methods of dicts, and their live views."""

from __future__ import annotations

from typing import Any

from cnnlint.interpreter import iteration
from cnnlint.interpreter.assignment import without_missing
from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.builtins.measures import certain_entries, pairs
from cnnlint.interpreter.builtins.natives import Table, may_be_missing, unwrapped, with_default
from cnnlint.interpreter.iteration import check_hashable, iterate, may_be_among, shown
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import OBJECT, declare_native
from cnnlint.values import MISSING, Choice, ClassValue, DictValue, Instance, ListValue, SetValue, Unknown, Value

METHODS = Table()


class OrderedDict(DictValue):
    """`collections.OrderedDict`."""

    __slots__ = ()


class DefaultDict(DictValue):
    """`collections.defaultdict`."""

    __slots__ = ()


class KeysView(SetValue):
    """`dict.keys()`: a set of the keys that the dict has now."""

    __slots__ = ("machine", "owner")

    def __init__(self, machine: Machine, owner: DictValue) -> None:
        self.machine = machine
        self.owner = owner
        self.is_frozen = False
        self.born = owner.born

    @property
    def contents(self) -> Any:
        return certain_entries(self.machine, self.owner)

    @contents.setter
    def contents(self, contents: Any) -> None:
        """A view is never written to."""


class EntriesView(ListValue):
    """`dict.values()` or `dict.items()`: what the dict has now."""

    __slots__ = ("has_keys", "machine", "owner")

    def __init__(self, machine: Machine, owner: DictValue, has_keys: bool) -> None:
        self.machine = machine
        self.owner = owner
        self.has_keys = has_keys
        self.born = owner.born

    @property
    def contents(self) -> Any:
        entries = certain_entries(self.machine, self.owner)
        if isinstance(entries, Unknown):
            return entries
        return list(entries.items() if self.has_keys else entries.values())

    @contents.setter
    def contents(self, contents: Any) -> None:
        """A view is never written to."""


KEYS_VIEW = ClassValue("dict_keys", (OBJECT,))
ENTRIES_VIEW = ClassValue("dict_items", (OBJECT,))
declare_native(KeysView, KEYS_VIEW)
declare_native(EntriesView, ENTRIES_VIEW)


@METHODS.define()
def keys(machine: Machine, owner: DictValue) -> Value:
    machine.importer.registries.complete(owner)
    return KeysView(machine, owner)


@METHODS.define()
def values(machine: Machine, owner: DictValue) -> Value:
    machine.importer.registries.complete(owner)
    return EntriesView(machine, owner, has_keys=False)


@METHODS.define()
def items(machine: Machine, owner: DictValue) -> Value:
    machine.importer.registries.complete(owner)
    return EntriesView(machine, owner, has_keys=True)


@METHODS.define(takes_unknown=True)
def get(machine: Machine, owner: DictValue, key: Value, default: Value = None) -> Value:
    return distribute(machine, [key], lambda chosen: with_default(machine, entry(machine, owner, chosen[0]), default))


def entry(machine: Machine, owner: DictValue, key: Value) -> Value:
    """The value under a key, perhaps missing on some ways; MISSING where there is none on all."""
    if isinstance(owner.contents, Unknown):
        return owner.contents
    if isinstance(key, Unknown):
        return key if owner.contents else MISSING
    check_hashable(machine, key)
    found = owner.contents.get(key, MISSING)
    if found is MISSING and machine.importer.registries.complete(owner, key):
        found = owner.contents.get(key, MISSING)
    if found is MISSING and may_be_among(key, owner.contents):
        return machine.unknown(f"which entry of a dict `{key}` is")
    return found


@METHODS.define("pop", takes_unknown=True)
def pop(machine: Machine, owner: DictValue, key: Value, default: Value = MISSING) -> Value:
    return distribute(machine, [key], lambda chosen: pop_entry(machine, owner, chosen[0], default))


def pop_entry(machine: Machine, owner: DictValue, key: Value, default: Value) -> Value:
    found = entry(machine, owner, key)
    if found is MISSING:
        return default if default is not MISSING else fail(machine, "KeyError", f"key {shown(key)} is not in the dict")
    machine.store.touch(owner)
    if isinstance(owner.contents, dict):
        if isinstance(key, Unknown) or key not in owner.contents:
            owner.contents = found
        else:
            owner.contents.pop(key)
    if default is MISSING:
        return without_missing(found) if isinstance(found, Choice) else found
    return with_default(machine, found, default)


@METHODS.define("setdefault", takes_unknown=True)
def set_default(machine: Machine, owner: DictValue, key: Value, default: Value = None) -> Value:
    found = entry(machine, owner, key)
    if found is MISSING or may_be_missing(found):
        found = with_default(machine, found, default)
        iteration.set_item(machine, owner, key, found)
    return found


@METHODS.define("popitem")
def pop_item(machine: Machine, owner: DictValue, last: Value = True) -> Value:
    entries = certain_entries(machine, owner)
    if isinstance(entries, Unknown):
        machine.store.touch(owner)
        owner.contents = entries
        return entries
    if not entries:
        return fail(machine, "KeyError", "popitem of an empty dict")
    key = next(reversed(entries) if last is not False else iter(entries))
    machine.store.touch(owner)
    return key, owner.contents.pop(key)  # type: ignore[union-attr]


@METHODS.define("update", takes_unknown=True)
def update(machine: Machine, owner: DictValue, *given: Value, **keywords: Value) -> Value:
    for more in given:
        add_entries(machine, owner, more)
    if keywords:
        add_entries(machine, owner, DictValue(dict(keywords)))


def add_entries(machine: Machine, owner: DictValue, more: Value) -> None:
    """Put the entries of a mapping, or of an iterable of pairs, into a dict."""
    more = unwrapped(more)
    entries: dict[Value, Value] | Unknown
    if isinstance(more, DictValue) or (isinstance(more, Instance) and more.cls.find("keys") is not MISSING):
        entries = iteration.entries(machine, more, strings_only=False)
    else:
        found = pairs(machine, more)
        entries = found if isinstance(found, Unknown) else dict(found)
    machine.store.touch(owner)
    if isinstance(entries, Unknown):
        owner.contents = owner.contents if isinstance(owner.contents, Unknown) else entries
    elif isinstance(owner.contents, dict):
        for key, value in entries.items():
            owner.contents[key] = with_default(machine, value, owner.contents.get(key, MISSING)) if may_be_missing(value) else value


@METHODS.define()
def clear(machine: Machine, owner: DictValue) -> Value:
    machine.store.touch(owner)
    owner.contents = {}


@METHODS.define("copy", "__copy__")
def copy(machine: Machine, owner: DictValue) -> Value:
    contents = owner.contents if isinstance(owner.contents, Unknown) else dict(owner.contents)
    kind = type(owner) if isinstance(owner, (OrderedDict, DefaultDict)) else DictValue
    return kind(contents, owner.default_factory)


@METHODS.define("__missing__")
def missing(machine: Machine, owner: DictValue, key: Value) -> Value:
    return fail(machine, "KeyError", f"key {shown(key)} is not in the dict")


def from_keys(machine: Machine, iterable: Value, value: Value = None) -> Value:
    """`dict.fromkeys`."""
    found = iterate(machine, iterable)
    if isinstance(found, Unknown):
        return DictValue(found)
    made = DictValue()
    for key in found:
        iteration.set_item(machine, made, key, value)
    return made


ORDERED_METHODS = Table(METHODS)


@ORDERED_METHODS.define("move_to_end")
def move_to_end(machine: Machine, owner: DictValue, key: Value, last: Value = True) -> Value:
    machine.store.touch(owner)
    contents = owner.contents
    if isinstance(contents, Unknown):
        return
    if key not in contents:
        fail(machine, "KeyError", f"key {shown(key)} is not in the dict")
    value = contents.pop(key)
    if last is False:
        owner.contents = {key: value, **contents}
    else:
        contents[key] = value
