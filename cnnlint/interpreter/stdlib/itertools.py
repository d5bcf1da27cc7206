"""`itertools`."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

from cnnlint.interpreter import calls, operators
from cnnlint.interpreter.builtins.natives import Table, native
from cnnlint.interpreter.builtins.sequences import columns, kept
from cnnlint.interpreter.iteration import advance, iterate
from cnnlint.interpreter.machine import MOST_ELEMENTS, Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import OBJECT
from cnnlint.values import MISSING, ClassValue, IteratorValue, NativeFunction, Unknown, Value

NAMES = Table()
CHAIN = ClassValue("chain", (OBJECT,), module="itertools")
NAMES["chain"] = CHAIN


def chained(machine: Machine, iterables: list[Value]) -> Value:
    made: list[Value] = []
    for i, iterable in enumerate(iterables):
        if isinstance(iterable, IteratorValue) and iterable.is_endless and i == len(iterables) - 1:
            return IteratorValue(lambda n: made[n] if n < len(made) else advance(machine, iterables[-1]))
        items = iterate(machine, iterable)
        if isinstance(items, Unknown):
            return items
        made.extend(items)
    return IteratorValue(made)


def chain(machine: Machine, cls: Value, *iterables: Value) -> Value:
    return chained(machine, list(iterables))


def chain_from_iterable(machine: Machine, iterable: Value) -> Value:
    items = iterate(machine, iterable)
    return items if isinstance(items, Unknown) else chained(machine, items)


CHAIN.contents["__new__"] = NativeFunction("__new__", chain, is_method=False)
CHAIN.contents["from_iterable"] = native("from_iterable", chain_from_iterable)


@NAMES.define("count")
def count(machine: Machine, start: Value = 0, step: Value = 1) -> Value:
    return IteratorValue(lambda i: operators.binary(machine, "+", start, operators.binary(machine, "*", i, step)))


@NAMES.define("cycle")
def cycle(machine: Machine, iterable: Value) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    return IteratorValue(lambda i: items[i % len(items)]) if items else IteratorValue([])


@NAMES.define("repeat", takes_unknown=True)
def repeat(machine: Machine, item: Value, times: Value = MISSING) -> Value:
    if times is MISSING:
        return IteratorValue(lambda i: item)
    if not isinstance(times, int) or times > MOST_ELEMENTS:
        return times if isinstance(times, Unknown) else machine.unknown("how often a value is repeated")
    return IteratorValue([item] * times)


def arranged(name: str, function: Callable[..., Value], size: Callable[[int, int], int]) -> None:
    """Declare a function that picks `r` of the items in every way."""

    def pick(machine: Machine, iterable: Value, r: Value = None) -> Value:
        items = iterate(machine, iterable)
        if isinstance(items, Unknown):
            return items
        chosen = len(items) if r is None else r
        if not isinstance(chosen, int) or chosen < 0 or size(len(items), chosen) * max(chosen, 1) > MOST_ELEMENTS:
            return machine.unknown(f"the results of `{name}`")
        return IteratorValue(list(function(items, chosen)))

    NAMES.define(name)(pick)


arranged("permutations", itertools.permutations, math.perm)
arranged("combinations", itertools.combinations, math.comb)
arranged("combinations_with_replacement", itertools.combinations_with_replacement, lambda n, r: math.comb(n + r - 1, r) if n else 0)


@NAMES.define("product")
def product(machine: Machine, *iterables: Value, repeat: Value = 1) -> Value:
    found: list[list[Value]] = []
    for iterable in iterables:
        items = iterate(machine, iterable)
        if isinstance(items, Unknown):
            return items
        found.append(items)
    if not isinstance(repeat, int) or math.prod(map(len, found)) ** max(repeat, 0) > MOST_ELEMENTS // 10 or repeat > 20:
        return machine.unknown("a product of many sequences")
    return IteratorValue(list(itertools.product(*found, repeat=repeat)))


@NAMES.define("accumulate")
def accumulate(machine: Machine, iterable: Value, func: Value = None, *, initial: Value = None) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    if initial is not None:
        items = [initial, *items]
    made: list[Value] = []
    for item in items:
        if not made:
            made.append(item)
        elif func is None:
            made.append(operators.binary(machine, "+", made[-1], item))
        else:
            made.append(calls.call(machine, func, [made[-1], item], {}))
    return IteratorValue(made)


@NAMES.define("islice")
def islice(machine: Machine, iterable: Value, *bounds: Value) -> Value:
    if not bounds or not all(bound is None or isinstance(bound, int) for bound in bounds):
        return machine.unknown("a slice of an iterator")
    if any(bound is not None and bound < 0 for bound in bounds):
        return fail(machine, "ValueError", "a negative bound of islice()")
    cut = slice(*bounds)
    if isinstance(iterable, IteratorValue) and cut.stop is not None:
        made: list[Value] = []
        while len(made) < cut.stop and (item := advance(machine, iterable)) is not MISSING:
            made.append(item)
            if len(made) > MOST_ELEMENTS:
                return machine.unknown("a long slice of an iterator")
        return IteratorValue(made[cut])
    items = iterate(machine, iterable)
    return items if isinstance(items, Unknown) else IteratorValue(items[cut])


@NAMES.define("zip_longest")
def zip_longest(machine: Machine, *iterables: Value, fillvalue: Value = None) -> Value:
    found = []
    for iterable in iterables:
        items = iterate(machine, iterable)
        if isinstance(items, Unknown):
            return items
        found.append(items)
    return IteratorValue(list(itertools.zip_longest(*found, fillvalue=fillvalue)))


@NAMES.define("starmap")
def starmap(machine: Machine, function: Value, iterable: Value) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    made: list[Value] = []
    for item in items:
        given = iterate(machine, item)
        made.append(given if isinstance(given, Unknown) else calls.call(machine, function, given, {}))
    return IteratorValue(made)


def holds(machine: Machine, predicate: Value, item: Value) -> bool | None:
    way = operators.truth(machine, calls.call(machine, predicate, [item], {}))
    return way if isinstance(way, bool) else None


@NAMES.define("takewhile")
def takewhile(machine: Machine, predicate: Value, iterable: Value) -> Value:
    found = columns(machine, (iterable,))
    if isinstance(found, Unknown):
        return found
    made: list[Value] = []
    while (item := found[0]()) is not MISSING and len(made) < MOST_ELEMENTS // 10:
        way = holds(machine, predicate, item)
        if way is None:
            return machine.unknown("which items takewhile() takes")
        if not way:
            break
        made.append(item)
    return IteratorValue(made)


@NAMES.define("dropwhile")
def dropwhile(machine: Machine, predicate: Value, iterable: Value) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    for i, item in enumerate(items):
        way = holds(machine, predicate, item)
        if way is None:
            return machine.unknown("which items dropwhile() drops")
        if not way:
            return IteratorValue(items[i:])
    return IteratorValue([])


@NAMES.define("filterfalse")
def filterfalse(machine: Machine, function: Value, iterable: Value) -> Value:
    return kept(machine, function, iterable, False)


@NAMES.define("compress")
def compress(machine: Machine, data: Value, selectors: Value) -> Value:
    items, chosen = iterate(machine, data), iterate(machine, selectors)
    if isinstance(items, Unknown) or isinstance(chosen, Unknown):
        return items if isinstance(items, Unknown) else chosen
    ways = [operators.truth(machine, way) for way in chosen]
    if not all(isinstance(way, bool) for way in ways):
        return machine.unknown("which items compress() keeps")
    return IteratorValue(list(itertools.compress(items, ways)))


@NAMES.define("groupby")
def groupby(machine: Machine, iterable: Value, key: Value = None) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown):
        return items
    groups: list[tuple[Value, list[Value]]] = []
    for item in items:
        found = item if key is None else calls.call(machine, key, [item], {})
        same = bool(groups) and operators.truth(machine, operators.compare_values(machine, "==", groups[-1][0], found))
        if not isinstance(same, bool):
            return machine.unknown("which items groupby() puts together")
        if same:
            groups[-1][1].append(item)
        else:
            groups.append((found, [item]))
    return IteratorValue([(found, IteratorValue(members)) for found, members in groups])


@NAMES.define("tee")
def tee(machine: Machine, iterable: Value, n: Value = 2) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown) or not isinstance(n, int):
        return items if isinstance(items, Unknown) else machine.unknown("a number of iterators")
    return tuple(IteratorValue(list(items)) for _ in range(n))


@NAMES.define("pairwise")
def pairwise(machine: Machine, iterable: Value) -> Value:
    items = iterate(machine, iterable)
    return items if isinstance(items, Unknown) else IteratorValue(list(itertools.pairwise(items)))


@NAMES.define("batched")
def batched(machine: Machine, iterable: Value, n: Value, *, strict: Value = False) -> Value:
    items = iterate(machine, iterable)
    if isinstance(items, Unknown) or not isinstance(n, int) or n < 1:
        return items if isinstance(items, Unknown) else machine.unknown("the size of batches")
    return IteratorValue([tuple(items[i : i + n]) for i in range(0, len(items), n)])
