"""`operator`."""

from __future__ import annotations

from cnnlint.interpreter import attributes, calls, operators
from cnnlint.interpreter.builtins import lists, numbers
from cnnlint.interpreter.builtins.natives import Table, native
from cnnlint.interpreter.iteration import contains, delete_item, get_item, set_item
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import BOOL
from cnnlint.values import Value

NAMES = Table()


def binary(name: str, op: str) -> None:
    NAMES.define(name, f"__{name.rstrip('_')}__")(lambda machine, a, b: operators.binary(machine, op, a, b))
    in_place = f"i{name.rstrip('_')}"
    NAMES.define(in_place, takes_unknown=True)(lambda machine, a, b: operators.in_place(machine, op, a, b))


def comparison(name: str, op: str) -> None:
    NAMES.define(name)(lambda machine, a, b: operators.compare_values(machine, op, a, b))


for _op, _name in operators.METHODS.items():
    binary({"and": "and_", "or": "or_"}.get(_name, _name), _op)
for _op, _name in operators.COMPARISONS.items():
    comparison(_name, _op)
for _name, _op in (("is_", "is"), ("is_not", "is not")):
    comparison(_name, _op)
for _name, _op in (("neg", "-"), ("pos", "+"), ("inv", "~"), ("invert", "~")):
    NAMES.define(_name)(lambda machine, a, op=_op: operators.unary(machine, op, a))
NAMES["concat"] = NAMES["add"]
NAMES["abs"] = numbers.FUNCTIONS["abs"]
NAMES["countOf"], NAMES["indexOf"] = lists.METHODS["count"], lists.METHODS["index"]
NAMES.define("getitem")(get_item)
NAMES.define("setitem", takes_unknown=True)(set_item)
NAMES.define("delitem")(delete_item)
NAMES.define("contains")(contains)
NAMES.define("truth")(lambda machine, a: machine.builtins.construct(BOOL, [a], {}))
NAMES.define("not_")(operators.denied)


@NAMES.define("index")
def index(machine: Machine, a: Value) -> Value:
    return a


@NAMES.define("itemgetter")
def itemgetter(machine: Machine, *items: Value) -> Value:
    def get(machine: Machine, obj: Value) -> Value:
        found = tuple(get_item(machine, obj, item) for item in items)
        return found[0] if len(found) == 1 else found

    return native("itemgetter", get)


@NAMES.define("attrgetter")
def attrgetter(machine: Machine, *names: Value) -> Value:
    def one(machine: Machine, obj: Value, name: Value) -> Value:
        for part in str(name).split("."):
            obj = attributes.attribute(machine, obj, part)
        return obj

    def get(machine: Machine, obj: Value) -> Value:
        found = tuple(one(machine, obj, name) for name in names)
        return found[0] if len(found) == 1 else found

    return native("attrgetter", get)


@NAMES.define("methodcaller", takes_unknown=True)
def methodcaller(machine: Machine, name: Value, /, *positional: Value, **keywords: Value) -> Value:
    def call(machine: Machine, obj: Value) -> Value:
        return calls.call(machine, attributes.attribute(machine, obj, str(name)), list(positional), keywords)

    return native("methodcaller", call)
