"""The methods of iterators and generators."""

from __future__ import annotations

from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.builtins.sequences import iterator_of, next_item
from cnnlint.interpreter.machine import Machine
from cnnlint.values import IteratorValue, Value

METHODS = Table()

METHODS.define("__iter__")(iterator_of)
METHODS.define("__next__")(next_item)


@METHODS.define("send", takes_unknown=True)
def send(machine: Machine, owner: IteratorValue, value: Value) -> Value:
    return next_item(machine, owner) if value is None else machine.unknown("a generator that is sent a value")


@METHODS.define("close")
def close(machine: Machine, owner: IteratorValue) -> Value:
    machine.store.touch(owner)
    if isinstance(owner.items, list):
        owner.contents = len(owner.items)
