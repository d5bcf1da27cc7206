"""Built-in functions of iterables: `len`, `enumerate`, `zip`, `map`, `sorted` and their like."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cnnlint.interpreter import attributes, calls
from cnnlint.interpreter.builtins.measures import length
from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.builtins.ordering import in_order
from cnnlint.interpreter.iteration import advance, iterate
from cnnlint.interpreter.machine import MOST_ELEMENTS, Machine
from cnnlint.interpreter.operators import truth
from cnnlint.interpreter.raising import fail
from cnnlint.values import MISSING, Choice, Instance, IteratorValue, ListValue, Unknown, Value

FUNCTIONS = Table()

FUNCTIONS.define("len")(length)


@FUNCTIONS.define("enumerate")
def enumerated(machine: Machine, iterable: Value, start: Value = 0) -> Value:
    if isinstance(iterable, IteratorValue) and iterable.is_endless and isinstance(start, int):
        return IteratorValue(lambda i: (start + i, advance(machine, iterable)), "enumerate")
    items = iterate(machine, iterable)
    if isinstance(items, Unknown) and items.item is not None:
        return machine.unknown(items.reason, item=(machine.derived(items), items.item))
    if isinstance(items, Unknown) or not isinstance(start, int):
        return items if isinstance(items, Unknown) else machine.unknown("numbers from a start that is not known")
    return IteratorValue(list(enumerate(items, start)), "enumerate")


def columns(machine: Machine, iterables: tuple[Value, ...]) -> list[Callable[[], Value]] | Unknown:
    """For each iterable a function that gives its next item, or MISSING at its end."""
    found: list[Callable[[], Value]] = []
    for iterable in iterables:
        if isinstance(iterable, IteratorValue):
            found.append(partial(advance, machine, iterable))
            continue
        items = iterate(machine, iterable)
        if isinstance(items, Unknown):
            return items
        found.append(partial(next, iter(items), MISSING))
    return found


def rows(machine: Machine, iterables: tuple[Value, ...], strict: bool = False) -> list[Value] | Unknown:
    """The tuples that `zip` gives; raises Raised with ValueError where `strict` and the lengths differ."""
    found = columns(machine, iterables)
    if isinstance(found, Unknown):
        return found
    made: list[Value] = []
    while found and len(made) <= MOST_ELEMENTS:
        row: list[Value] = []
        for take in found:
            item = take()
            if item is MISSING:
                break
            row.append(item)
        if len(row) < len(found):
            if strict and (row or any(take() is not MISSING for take in found[1:])):
                fail(machine, "ValueError", "the arguments of zip have different lengths")
            return made
        made.append(tuple(row))
    return machine.unknown("a zip without an end") if found else made


def is_endless(value: Value) -> bool:
    return isinstance(value, IteratorValue) and value.is_endless


@FUNCTIONS.define("zip")
def zipped(machine: Machine, *iterables: Value, strict: Value = False) -> Value:
    if iterables and all(map(is_endless, iterables)):
        return IteratorValue(lambda i: tuple(advance(machine, iterator) for iterator in iterables), "zip")
    made = rows(machine, iterables, truth(machine, strict) is True)
    return made if isinstance(made, Unknown) else IteratorValue(made, "zip")


@FUNCTIONS.define("map")
def mapped(machine: Machine, function: Value, *iterables: Value) -> Value:
    if iterables and all(map(is_endless, iterables)):
        return IteratorValue(lambda i: calls.call(machine, function, [advance(machine, iterator) for iterator in iterables], {}), "map")
    made = rows(machine, iterables)
    if isinstance(made, Unknown):
        return made
    return IteratorValue([calls.call(machine, function, list(row), {}) for row in made], "map")


@FUNCTIONS.define("filter")
def filtered(machine: Machine, function: Value, iterable: Value) -> Value:
    return kept(machine, function, iterable, True)


def kept(machine: Machine, function: Value, iterable: Value, wanted: bool) -> Value:
    """The items for which the function (or the item itself) is true, or false."""
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    made: list[Value] = []
    for item in items:
        way = truth(machine, item if function is None else calls.call(machine, function, [item], {}))
        if not isinstance(way, bool):
            return way if isinstance(way, Unknown) else machine.unknown("which items pass a filter")
        if way is wanted:
            made.append(item)
    return IteratorValue(made, "filter")


@FUNCTIONS.define("sorted")
def in_sorted_order(machine: Machine, iterable: Value, /, *, key: Value = None, reverse: Value = False) -> Value:
    items = iterate(machine, iterable)
    return ListValue(items if isinstance(items, Unknown) else in_order(machine, items, key, reverse))


@FUNCTIONS.define("reversed")
def in_reverse(machine: Machine, sequence: Value) -> Value:
    if isinstance(sequence, IteratorValue):
        return fail(machine, "TypeError", "an iterator cannot be reversed")
    if isinstance(sequence, Instance) and (found := sequence.cls.find("__reversed__")) is not MISSING:
        return calls.call(machine, found, [sequence], {})
    items = iterate(machine, sequence)
    return items if isinstance(items, Unknown) else IteratorValue(items[::-1], "reversed")


@FUNCTIONS.define("iter")
def iterator_of(machine: Machine, value: Value, sentinel: Value = MISSING) -> Value:
    if sentinel is not MISSING:
        return machine.unknown("an iterator up to a sentinel")
    if isinstance(value, IteratorValue):
        return value
    if isinstance(value, Instance):
        found = value.cls.find("__iter__")
        if found is not MISSING:
            iterator = calls.call(machine, found, [value], {})
            if isinstance(iterator, (IteratorValue, Instance, Unknown, Choice)):
                return iterator
            value = iterator
    items = iterate(machine, value)
    return items if isinstance(items, Unknown) else IteratorValue(items)


@FUNCTIONS.define("next", takes_unknown=True)
def next_item(machine: Machine, iterator: Value, default: Value = MISSING) -> Value:
    if isinstance(iterator, Choice):
        return machine.unknown("the next item of one of several iterators")
    if isinstance(iterator, Instance) and attributes.find_attribute(machine, iterator, "__next__") is MISSING:
        return fail(machine, "TypeError", f"a `{iterator.cls.name}` is no iterator")
    if isinstance(iterator, (ListValue, tuple, str, range)):
        if isinstance(iterator, range):
            return machine.unknown("the next item of a range")
        return fail(machine, "TypeError", "next() of what is no iterator")
    if isinstance(iterator, Unknown) and iterator.item is not None:
        return iterator.item
    item = advance(machine, iterator)
    if item is not MISSING:
        return item
    return default if default is not MISSING else fail(machine, "StopIteration", "next() of an iterator at its end")
