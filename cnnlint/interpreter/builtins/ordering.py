"""Sorting, and the least and greatest of several values."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from cnnlint.dims import Expression, maximum, minimum
from cnnlint.interpreter import calls
from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.builtins.natives import first_unknown, is_number, is_plain
from cnnlint.interpreter.iteration import iterate
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.operators import compare_values, truth
from cnnlint.interpreter.raising import fail
from cnnlint.values import MOST_ALTERNATIVES, Choice, Unknown, Value


class _Undecided(Exception):
    """Which of two values is the smaller is not known."""


def keys_of(machine: Machine, items: Sequence[Value], key: Value) -> list[Value]:
    """What the items are compared by."""
    return list(items) if key is None else [calls.call(machine, key, [item], {}) for item in items]


def in_order(machine: Machine, items: list[Value], key: Value, reverse: Value) -> list[Value] | Unknown:
    """The items sorted as `sorted` does, or the reason why their order is not known."""
    backwards = truth(machine, reverse)
    keys = keys_of(machine, items, key)
    if len(items) < 2:
        return list(items)
    unknown = first_unknown(keys)
    if unknown is not None or not isinstance(backwards, bool):
        return unknown or machine.unknown("the order of a sorted list")
    try:
        if all(map(is_plain, keys)):
            order = sorted(range(len(items)), key=keys.__getitem__, reverse=backwards)
        else:
            order = sorted(range(len(items)), key=functools.cmp_to_key(_comparison(machine, keys)), reverse=backwards)
    except TypeError as error:
        fail(machine, "TypeError", str(error))
    except _Undecided:
        return machine.unknown("the order of values that are not known")
    return [items[i] for i in order]


def _comparison(machine: Machine, keys: list[Value]) -> Callable[[int, int], int]:
    def compare(i: int, j: int) -> int:
        if is_less(machine, keys[i], keys[j]):
            return -1
        return 1 if is_less(machine, keys[j], keys[i]) else 0

    return compare


def is_less(machine: Machine, left: Value, right: Value) -> bool:
    """Whether left < right; raises _Undecided where that is not proven either way."""
    way = truth(machine, compare_values(machine, "<", left, right))
    if not isinstance(way, bool):
        raise _Undecided
    return way


def extremum(machine: Machine, name: str, given: tuple[Value, ...], key: Value, default: Value, has_default: bool) -> Value:
    """`min` or `max` of the arguments, or of the items of the only one."""
    if not given:
        return fail(machine, "TypeError", f"{name}() without arguments")
    items: list[Value] | Unknown = list(given) if len(given) > 1 else iterate(machine, given[0])
    if isinstance(items, Unknown):
        return items
    if not items:
        return default if has_default else fail(machine, "ValueError", f"{name} of nothing")
    unknown = first_unknown(items)
    if unknown is not None:
        return unknown
    if any(isinstance(item, Choice) for item in items):
        if len(items) > MOST_ALTERNATIVES:
            return machine.unknown(f"`{name}` of values that are not known")
        return distribute(machine, items, lambda chosen: chosen_extremum(machine, name, chosen, key))
    return chosen_extremum(machine, name, items, key)


def chosen_extremum(machine: Machine, name: str, items: list[Value], key: Value) -> Value:
    keys = keys_of(machine, items, key)
    unknown = first_unknown(keys)
    if unknown is not None:
        return unknown
    if key is None and all(map(is_number, items)) and any(isinstance(item, Expression) for item in items):
        return (minimum if name == "min" else maximum)(*items)
    best = 0
    try:
        for i in range(1, len(items)):
            better = is_less(machine, keys[i], keys[best]) if name == "min" else is_less(machine, keys[best], keys[i])
            if better:
                best = i
    except _Undecided:
        return machine.unknown(f"`{name}` of values that are not known")
    return items[best]
