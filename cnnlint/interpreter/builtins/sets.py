"""The methods of sets and frozen sets."""

from __future__ import annotations

from cnnlint.dims import Expression
from cnnlint.interpreter import operators
from cnnlint.interpreter.builtins.measures import certain_entries, distinct
from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.iteration import iterate, shown
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.values import Choice, SetValue, Unknown, Value

METHODS = Table()


def set_of(machine: Machine, items: list[Value] | Unknown, is_frozen: bool = False) -> SetValue:
    """A set of the items, of unknown contents where it is not known which are equal."""
    return SetValue(distinct(machine, items), is_frozen)


def replace(machine: Machine, owner: SetValue, other: SetValue) -> None:
    machine.store.touch(owner)
    owner.contents = other.contents


@METHODS.define(takes_unknown=True)
def add(machine: Machine, owner: SetValue, item: Value) -> Value:
    entries = certain_entries(machine, owner)
    replace(machine, owner, set_of(machine, entries if isinstance(entries, Unknown) else [*entries, item]))


@METHODS.define(takes_unknown=True)
def discard(machine: Machine, owner: SetValue, item: Value) -> Value:
    machine.store.touch(owner)
    if isinstance(owner.contents, Unknown):
        return
    if isinstance(item, (Unknown, Choice)) or (isinstance(item, Expression) and item not in owner.contents):
        owner.contents = item if isinstance(item, Unknown) else machine.unknown("a member that is not known was removed")
    else:
        owner.contents.pop(item, None)


@METHODS.define(takes_unknown=True)
def remove(machine: Machine, owner: SetValue, item: Value) -> Value:
    if isinstance(owner.contents, dict) and not isinstance(item, (Unknown, Choice, Expression)) and item not in owner.contents:
        fail(machine, "KeyError", f"{shown(item)} is not in the set")
    discard(machine, owner, item)


@METHODS.define()
def pop(machine: Machine, owner: SetValue) -> Value:
    entries = certain_entries(machine, owner)
    machine.store.touch(owner)
    if isinstance(entries, Unknown):
        owner.contents = entries
        return entries
    if not entries:
        return fail(machine, "KeyError", "pop from an empty set")
    if len(entries) == 1:
        owner.contents = {}
        return next(iter(entries))
    owner.contents = machine.unknown("which member of a set `pop` takes")
    return owner.contents


@METHODS.define()
def clear(machine: Machine, owner: SetValue) -> Value:
    machine.store.touch(owner)
    owner.contents = {}


@METHODS.define("copy", "__copy__")
def copy(machine: Machine, owner: SetValue) -> Value:
    contents = owner.contents
    return SetValue(contents if isinstance(contents, Unknown) else list(contents), owner.is_frozen)


def combined(machine: Machine, op: str, owner: SetValue, others: tuple[Value, ...]) -> SetValue:
    """The members of `owner op other op ...`."""
    result = SetValue(owner.contents if isinstance(owner.contents, Unknown) else list(owner.contents), owner.is_frozen)
    for other in others:
        found = operators.binary(machine, op, result, set_of(machine, iterate(machine, other)))
        contents = found if isinstance(found, Unknown) else found.contents
        result = set_of(machine, contents if isinstance(contents, Unknown) else list(contents), owner.is_frozen)
    return result


@METHODS.define(takes_unknown=True)
def union(machine: Machine, owner: SetValue, *others: Value) -> Value:
    return combined(machine, "|", owner, others)


@METHODS.define(takes_unknown=True)
def intersection(machine: Machine, owner: SetValue, *others: Value) -> Value:
    return combined(machine, "&", owner, others)


@METHODS.define(takes_unknown=True)
def difference(machine: Machine, owner: SetValue, *others: Value) -> Value:
    return combined(machine, "-", owner, others)


@METHODS.define(takes_unknown=True)
def symmetric_difference(machine: Machine, owner: SetValue, other: Value) -> Value:
    return combined(machine, "^", owner, (other,))


@METHODS.define("update", takes_unknown=True)
def update(machine: Machine, owner: SetValue, *others: Value) -> Value:
    replace(machine, owner, combined(machine, "|", owner, others))


@METHODS.define("intersection_update", takes_unknown=True)
def keep_common(machine: Machine, owner: SetValue, *others: Value) -> Value:
    replace(machine, owner, combined(machine, "&", owner, others))


@METHODS.define("difference_update", takes_unknown=True)
def take_away(machine: Machine, owner: SetValue, *others: Value) -> Value:
    replace(machine, owner, combined(machine, "-", owner, others))


@METHODS.define("symmetric_difference_update", takes_unknown=True)
def keep_different(machine: Machine, owner: SetValue, other: Value) -> Value:
    replace(machine, owner, combined(machine, "^", owner, (other,)))


def members_of(machine: Machine, *values: Value) -> list[set[Value]] | Unknown:
    """The known members of several iterables, as Python sets."""
    result: list[set[Value]] = []
    for value in values:
        items = distinct(machine, iterate(machine, value))
        if isinstance(items, Unknown):
            return items
        if any(isinstance(item, Expression) for item in items):
            return machine.unknown("a comparison of sets of sizes")
        result.append(set(items))
    return result


@METHODS.define()
def issubset(machine: Machine, owner: SetValue, other: Value) -> Value:
    members = members_of(machine, owner, other)
    return members if isinstance(members, Unknown) else members[0] <= members[1]


@METHODS.define()
def issuperset(machine: Machine, owner: SetValue, other: Value) -> Value:
    members = members_of(machine, owner, other)
    return members if isinstance(members, Unknown) else members[0] >= members[1]


@METHODS.define()
def isdisjoint(machine: Machine, owner: SetValue, other: Value) -> Value:
    members = members_of(machine, owner, other)
    return members if isinstance(members, Unknown) else members[0].isdisjoint(members[1])


CHANGING = frozenset(
    {
        "add",
        "discard",
        "remove",
        "pop",
        "clear",
        "update",
        "intersection_update",
        "difference_update",
        "symmetric_difference_update",
    }
)
"""The methods that a frozen set does not have."""
