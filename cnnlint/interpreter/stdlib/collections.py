"""`collections`."""

from __future__ import annotations

from cnnlint.interpreter import calls, iteration, operators
from cnnlint.interpreter.builtins import dicts, lists
from cnnlint.interpreter.builtins.measures import certain_entries
from cnnlint.interpreter.builtins.natives import Table, not_modelled, unwrapped
from cnnlint.interpreter.iteration import iterate
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.stdlib import collections_abc
from cnnlint.interpreter.stdlib.named_tuples import namedtuple
from cnnlint.interpreter.types import DICT, LIST, OBJECT, STR, declare_native
from cnnlint.values import MISSING, ClassValue, DictValue, Instance, IteratorValue, ListValue, NativeFunction, Unknown, Value

NAMES = Table({"namedtuple": NativeFunction("namedtuple", namedtuple, takes_unknown=True, is_method=False)})

ORDERED_DICT = ClassValue("OrderedDict", (DICT,), module="collections")
DEFAULT_DICT = ClassValue("defaultdict", (DICT,), module="collections")
COUNTER = ClassValue("Counter", (DICT,), module="collections")
DEQUE = ClassValue("deque", (OBJECT,), module="collections")
CHAIN_MAP = ClassValue("ChainMap", (OBJECT,), module="collections")
USER_DICT = ClassValue("UserDict", (DICT,), module="collections")
USER_LIST = ClassValue("UserList", (LIST,), module="collections")
USER_STRING = ClassValue("UserString", (STR,), module="collections")

declare_native(dicts.OrderedDict, ORDERED_DICT)
declare_native(dicts.DefaultDict, DEFAULT_DICT)
declare_native(lists.Deque, DEQUE)
NAMES |= {
    "OrderedDict": ORDERED_DICT,
    "defaultdict": DEFAULT_DICT,
    "Counter": COUNTER,
    "deque": DEQUE,
    "ChainMap": CHAIN_MAP,
    "UserDict": USER_DICT,
    "UserList": USER_LIST,
    "UserString": USER_STRING,
}


def unknown_name(machine: Machine, name: str) -> Value:
    """The abstract classes moved to `collections.abc`; nothing else is left out."""
    return machine.importer.find("collections.abc") if name == "abc" else MISSING


NAMES["__getattr__"] = NativeFunction("__getattr__", unknown_name, is_method=False)


def make_ordered(machine: Machine, cls: ClassValue, *given: Value, **keywords: Value) -> Value:
    made = dicts.OrderedDict()
    if cls is ORDERED_DICT:
        dicts.update(machine, made, *given, **keywords)
        return made
    return Instance(cls, machine.site, made)


def make_default(machine: Machine, cls: ClassValue, default_factory: Value = None, *given: Value, **keywords: Value) -> Value:
    made = dicts.DefaultDict(default_factory=default_factory)
    if cls is DEFAULT_DICT:
        dicts.update(machine, made, *given, **keywords)
        return made
    return Instance(cls, machine.site, made)


def fill_default(machine: Machine, owner: Value, default_factory: Value = None, *given: Value, **keywords: Value) -> Value:
    inner = unwrapped(owner)
    if isinstance(inner, DictValue):
        inner.default_factory = default_factory
        dicts.update(machine, inner, *given, **keywords)


def make_deque(machine: Machine, cls: ClassValue, iterable: Value = (), maxlen: Value = None) -> Value:
    made = lists.Deque([], maxlen)
    if cls is DEQUE:
        lists.extend(machine, made, iterable)
        return made
    return Instance(cls, machine.site, made)


def fill_deque(machine: Machine, owner: Value, iterable: Value = (), maxlen: Value = None) -> Value:
    inner = unwrapped(owner)
    if isinstance(inner, lists.Deque):
        inner.maximum = maxlen
        lists.extend(machine, inner, iterable)


for _cls, _maker in ((ORDERED_DICT, make_ordered), (DEFAULT_DICT, make_default), (DEQUE, make_deque)):
    _cls.contents["__new__"] = NativeFunction("__new__", _maker, takes_unknown=True, is_method=False)
DEFAULT_DICT.contents["__init__"] = NativeFunction("__init__", fill_default, takes_unknown=True)
DEQUE.contents["__init__"] = NativeFunction("__init__", fill_deque, takes_unknown=True)

COUNTS = Table()


@COUNTS.define("__init__", "update", takes_unknown=True, is_method=True)
def add_counts(machine: Machine, owner: Instance, iterable: Value = MISSING, /, **keywords: Value) -> Value:
    change_counts(machine, owner, "+", iterable, keywords)


@COUNTS.define("subtract", takes_unknown=True, is_method=True)
def take_counts(machine: Machine, owner: Instance, iterable: Value = MISSING, /, **keywords: Value) -> Value:
    change_counts(machine, owner, "-", iterable, keywords)


def change_counts(machine: Machine, owner: Instance, op: str, iterable: Value, keywords: dict[str, Value]) -> None:
    counts: DictValue = owner.payload
    given = unwrapped(iterable)
    changes: list[tuple[Value, Value]] = list(keywords.items())
    if isinstance(given, DictValue):
        entries = certain_entries(machine, given)
    elif given is MISSING:
        entries = {}
    else:
        items = iterate(machine, given)
        entries = items if isinstance(items, Unknown) else {}
        changes += [(item, 1) for item in ([] if isinstance(items, Unknown) else items)]
    machine.store.touch(counts)
    if isinstance(entries, Unknown):
        counts.contents = entries
        return
    for key, count in [*entries.items(), *changes]:
        before = counts.contents.get(key, 0) if isinstance(counts.contents, dict) else 0
        iteration.set_item(machine, counts, key, operators.binary(machine, op, before, count))


@COUNTS.define("__missing__", is_method=True)
def count_of_missing(machine: Machine, owner: Instance, key: Value) -> Value:
    return 0


@COUNTS.define("most_common", is_method=True)
def most_common(machine: Machine, owner: Instance, n: Value = None) -> Value:
    entries = certain_entries(machine, owner.payload)
    if isinstance(entries, Unknown) or not all(isinstance(count, int) for count in entries.values()):
        return ListValue(entries if isinstance(entries, Unknown) else machine.unknown("counts that are not known"))
    ordered = sorted(entries.items(), key=lambda entry: entry[1], reverse=True)
    return ListValue(ordered if n is None else ordered[:n])


@COUNTS.define("elements", is_method=True)
def elements(machine: Machine, owner: Instance) -> Value:
    entries = certain_entries(machine, owner.payload)
    if isinstance(entries, Unknown) or not all(isinstance(count, int) and count < 10_000 for count in entries.values()):
        return entries if isinstance(entries, Unknown) else machine.unknown("counts that are not known")
    return IteratorValue([key for key, count in entries.items() for _ in range(count)])


@COUNTS.define("total", is_method=True)
def total(machine: Machine, owner: Instance) -> Value:
    entries = certain_entries(machine, owner.payload)
    result: Value = entries if isinstance(entries, Unknown) else 0
    for count in [] if isinstance(entries, Unknown) else entries.values():
        result = operators.binary(machine, "+", result, count)
    return result


COUNTER.contents.update(COUNTS)
for _name in ("__add__", "__sub__", "__and__", "__or__"):
    COUNTER.contents[_name] = not_modelled(f"Counter.{_name}")

CHAINS = Table()


@CHAINS.define("__init__", takes_unknown=True, is_method=True)
def chain(machine: Machine, owner: Instance, *maps: Value) -> Value:
    owner.contents["maps"] = ListValue(maps or (DictValue(),))


@CHAINS.define("__getitem__", is_method=True)
def chained_item(machine: Machine, owner: Instance, key: Value) -> Value:
    maps = iterate(machine, owner.contents["maps"])
    if isinstance(maps, Unknown):
        return maps
    for mapping in maps:
        is_here = operators.truth(machine, iteration.contains(machine, mapping, key))
        if is_here is not False:
            return iteration.get_item(machine, mapping, key) if is_here is True else machine.unknown("an item of a chain of dicts")
    missing = owner.cls.find("__missing__")
    if missing is not MISSING:
        return calls.call(machine, missing, [owner, key], {})
    return iteration.get_item(machine, DictValue(), key)


@CHAINS.define("__setitem__", takes_unknown=True, is_method=True)
def set_chained_item(machine: Machine, owner: Instance, key: Value, value: Value) -> Value:
    iteration.set_item(machine, iteration.get_item(machine, owner.contents["maps"], 0), key, value)


@CHAINS.define("__iter__", is_method=True)
def chained_keys(machine: Machine, owner: Instance) -> Value:
    maps = iterate(machine, owner.contents["maps"])
    keys: dict[Value, None] = {}
    for mapping in [] if isinstance(maps, Unknown) else maps[::-1]:
        found = iterate(machine, mapping)
        if isinstance(found, Unknown):
            return found
        keys.update(dict.fromkeys(found))
    return maps if isinstance(maps, Unknown) else IteratorValue(list(keys))


CHAIN_MAP.contents.update(CHAINS)

for _name in ("get", "keys", "values", "items", "__contains__", "pop", "setdefault", "update"):
    CHAIN_MAP.contents[_name] = collections_abc.mutable_mapping.find(_name)
