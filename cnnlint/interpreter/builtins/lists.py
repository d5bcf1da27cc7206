"""The methods of lists and double-ended queues."""

from __future__ import annotations

from cnnlint.dims import Expression
from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.builtins.ordering import in_order
from cnnlint.interpreter.iteration import index_number, iterate
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.operators import compare_values, truth
from cnnlint.interpreter.raising import fail
from cnnlint.values import Choice, ListValue, Unknown, Value

METHODS = Table()


class Deque(ListValue):
    """`collections.deque`: keeps the newest `maximum` items."""

    __slots__ = ("maximum",)

    def __init__(self, items: list[Value] | Unknown, maximum: Value = None) -> None:
        super().__init__(items)
        self.maximum = maximum

    def shorten(self, machine: Machine, *, from_left: bool) -> None:
        """Drop items from one end until there are no more than allowed."""
        if self.maximum is None or isinstance(self.contents, Unknown):
            return
        if not isinstance(self.maximum, int):
            self.contents = machine.unknown("a queue whose greatest length is not known")
        elif len(self.contents) > self.maximum:
            del self.contents[slice(self.maximum, None) if not from_left else slice(len(self.contents) - self.maximum)]


@METHODS.define(takes_unknown=True)
def append(machine: Machine, owner: ListValue, item: Value) -> Value:
    machine.store.touch(owner)
    if isinstance(owner.contents, list):
        owner.contents.append(item)
        if isinstance(owner, Deque):
            owner.shorten(machine, from_left=True)


@METHODS.define("extend", takes_unknown=True)
def extend(machine: Machine, owner: ListValue, items: Value) -> Value:
    found = iterate(machine, items)
    machine.store.touch(owner)
    if isinstance(owner.contents, Unknown):
        return
    if isinstance(found, Unknown):
        owner.contents = found
        return
    owner.contents.extend(found)
    if isinstance(owner, Deque):
        owner.shorten(machine, from_left=True)


@METHODS.define(takes_unknown=True)
def insert(machine: Machine, owner: ListValue, index: Value, item: Value) -> Value:
    number = index_number(machine, index)
    machine.store.touch(owner)
    if isinstance(owner.contents, list):
        if isinstance(number, int):
            owner.contents.insert(number, item)
        else:
            owner.contents = number if isinstance(number, Unknown) else machine.unknown("an item was put in at an unknown index")


@METHODS.define(takes_unknown=True)
def pop(machine: Machine, owner: ListValue, index: Value = -1) -> Value:
    number = index_number(machine, index)
    machine.store.touch(owner)
    if isinstance(owner.contents, Unknown):
        return owner.contents
    if not isinstance(number, int):
        owner.contents = number if isinstance(number, Unknown) else machine.unknown("an item was taken out at an unknown index")
        return owner.contents
    try:
        return owner.contents.pop(number)
    except IndexError:
        return fail(machine, "IndexError", f"pop of index {number} from a list of {len(owner.contents)} items")


@METHODS.define(takes_unknown=True)
def remove(machine: Machine, owner: ListValue, item: Value) -> Value:
    position = position_of(machine, owner, item)
    machine.store.touch(owner)
    if isinstance(position, Unknown):
        owner.contents = position
    elif position is None:
        fail(machine, "ValueError", "the item to remove is not in the list")
    elif isinstance(owner.contents, list):
        del owner.contents[position]


@METHODS.define()
def clear(machine: Machine, owner: ListValue) -> Value:
    machine.store.touch(owner)
    owner.contents = []


@METHODS.define(takes_unknown=True)
def index(machine: Machine, owner: Value, item: Value, start: Value = 0, stop: Value = None) -> Value:
    if start != 0 or stop is not None:
        return machine.unknown("`index` with bounds")
    position = position_of(machine, owner, item)
    return fail(machine, "ValueError", "the item is not in the sequence") if position is None else position


@METHODS.define(takes_unknown=True)
def count(machine: Machine, owner: Value, item: Value) -> Value:
    items = iterate(machine, owner)
    if isinstance(items, Unknown):
        return items
    found = 0
    for element in items:
        same = truth(machine, compare_values(machine, "==", element, item))
        if not isinstance(same, bool):
            return machine.unknown("how often an item occurs")
        found += same
    return found


@METHODS.define()
def reverse(machine: Machine, owner: ListValue) -> Value:
    machine.store.touch(owner)
    if isinstance(owner.contents, list):
        owner.contents.reverse()


@METHODS.define(takes_unknown=True)
def sort(machine: Machine, owner: ListValue, *, key: Value = None, reverse: Value = False) -> Value:
    ordered = owner.contents if isinstance(owner.contents, Unknown) else in_order(machine, owner.contents, key, reverse)
    machine.store.touch(owner)
    owner.contents = ordered


@METHODS.define("copy", "__copy__")
def copy(machine: Machine, owner: ListValue) -> Value:
    contents = owner.contents if isinstance(owner.contents, Unknown) else list(owner.contents)
    return Deque(contents, owner.maximum) if isinstance(owner, Deque) else ListValue(contents)


DEQUE_METHODS = Table(METHODS)
for _name in ("sort", "__add__"):
    DEQUE_METHODS.pop(_name, None)


@DEQUE_METHODS.define("appendleft", takes_unknown=True)
def append_left(machine: Machine, owner: Deque, item: Value) -> Value:
    machine.store.touch(owner)
    if isinstance(owner.contents, list):
        owner.contents.insert(0, item)
        owner.shorten(machine, from_left=False)


@DEQUE_METHODS.define("extendleft", takes_unknown=True)
def extend_left(machine: Machine, owner: Deque, items: Value) -> Value:
    found = iterate(machine, items)
    machine.store.touch(owner)
    if isinstance(owner.contents, list):
        owner.contents = found if isinstance(found, Unknown) else found[::-1] + owner.contents
        owner.shorten(machine, from_left=False)


@DEQUE_METHODS.define("popleft")
def pop_left(machine: Machine, owner: Deque) -> Value:
    return pop(machine, owner, 0)


@DEQUE_METHODS.define()
def rotate(machine: Machine, owner: Deque, n: Value = 1) -> Value:
    machine.store.touch(owner)
    if isinstance(owner.contents, list) and owner.contents:
        if not isinstance(n, int):
            owner.contents = machine.unknown("a queue rotated by what is not known")
        else:
            by = n % len(owner.contents)
            owner.contents = owner.contents[len(owner.contents) - by :] + owner.contents[: len(owner.contents) - by]


def position_of(machine: Machine, owner: Value, item: Value) -> int | Unknown | None:
    """Where the first equal item stands; None where there is none."""
    if isinstance(item, (Unknown, Choice)):
        return item if isinstance(item, Unknown) else machine.unknown("which item is meant")
    items = iterate(machine, owner)
    if isinstance(items, Unknown):
        return items
    for i, element in enumerate(items):
        same = truth(machine, compare_values(machine, "==", element, item))
        if same is True:
            return i
        if same is not False:
            size = f" `{item}`" if isinstance(item, Expression) else ""
            return machine.unknown(f"where an item{size} stands in a sequence")
    return None
