"""A loop that has turned many times and only reckons with plain known values goes on as closures, and once for the same values.

Position tables of attention are written as loops over all pairs of points, a million turns for each of many equal blocks.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable
from typing import TypeVar

from cnnlint.interpreter.assignment import owner_of
from cnnlint.interpreter.closures import PLAIN, STEPS, Compiler, Doer, Environment, NotPlain, OutOfSteps
from cnnlint.interpreter.machine import Frame, OutOfBudget
from cnnlint.record import record
from cnnlint.source import ir
from cnnlint.values import MISSING, DictValue, ListValue, ModuleValue, Scope, Value

TURNS_UNTIL_HOT = 32
STEPS_WORTH_KEEPING = 10_000
MOST_KEPT = 4
WRONG_HERE = (NotPlain, TypeError, ValueError, LookupError, ArithmeticError, AttributeError)
"""What closures raise that they are not for, or that the program raises: the interpreter finds out which, and says where."""


REST = "*"
"""The name under which the environment holds the items that are left; no variable is called so."""


@record
class HotLoop:
    """A loop as closures, and the names that it reads, binds, and takes for built-in."""

    node: ir.For | ir.While
    run: Doer
    read: frozenset[str]
    bound: frozenset[str]
    built_in: frozenset[str]


@record
class Finished:
    """What a loop left behind: the variables, and the lists and dicts that it began with, as they are now."""

    environment: Environment
    containers: dict[str, list[Value] | dict[Value, Value]]


class HotLoops:
    """The loops of one analysis that were compiled, and how the last long ones ended."""

    def __init__(self) -> None:
        self.compiled: dict[int, HotLoop | None] = {}
        self.kept: dict[bytes, Finished] = {}

    def loop(self, node: ir.For | ir.While) -> HotLoop | None:
        """The closures of a loop; None where it is not plain."""
        if id(node) not in self.compiled:
            self.compiled[id(node)] = compiled(node)
        return self.compiled[id(node)]

    def keep(self, key: bytes, finished: Finished) -> None:
        if len(self.kept) == MOST_KEPT:
            del self.kept[next(iter(self.kept))]
        self.kept[key] = finished


def compiled(node: ir.For | ir.While) -> HotLoop | None:
    """The rest of a loop; a `for` goes through the items that are left."""
    compiler = Compiler()
    try:
        if isinstance(node, ir.For):
            run = compiler.statement(ir.For(node.span, node.target, ir.Name(node.span, REST), node.body, node.orelse, node.is_async))
        else:
            run = compiler.statement(node)
    except NotPlain:
        return None
    return HotLoop(node, run, frozenset(compiler.read - {REST}), frozenset(compiler.bound), frozenset(compiler.built_in))


def finish(frame: Frame, node: ir.For | ir.While, iterable: Value, items: list[Value]) -> bool:
    """Run the turns that are left of a loop and bind what it binds; False where the interpreter has to do it.

    `items` are what a `for` has yet to go through of its `iterable`. Raises OutOfBudget.
    """
    loop = frame.machine.hot_loops.loop(node)
    if loop is None or frame.splits:
        return False
    try:
        environment, owners = enter(frame, loop)
        finished = run(frame, loop, {**environment, REST: items}, list(owners))
        if any(owner is iterable and finished.containers[name] != owner.contents for name, owner in owners.items()):
            return False  # it goes through a list that it changes
        leave(frame, loop, finished, owners)
    except WRONG_HERE:
        return False
    return True


def run(frame: Frame, loop: HotLoop, environment: Environment, containers: list[str]) -> Finished:
    """How the loop ends in this environment, found again where it ended before.

    Raises OutOfBudget, and what `WRONG_HERE` names.
    """
    machine = frame.machine
    key = key_of(loop, environment, containers)
    if key in machine.hot_loops.kept:
        return machine.hot_loops.kept[key]
    finished = Finished(environment, {name: environment[name] for name in containers})
    before = machine.steps
    environment[STEPS] = left = [float(before)]
    try:
        loop.run(environment)
    except OutOfSteps:
        raise OutOfBudget("the analysis takes too many steps", frame.here(loop.node.body[0])) from None
    finally:
        machine.steps = int(left[0])
    if key and before - left[0] > STEPS_WORTH_KEEPING:
        machine.hot_loops.keep(key, finished)
    return finished


def key_of(loop: HotLoop, environment: Environment, containers: list[str]) -> bytes:
    """What tells two runs of a loop apart: everything that it starts with, types included, and which names share a list."""
    shared = [next(other for other in containers if environment[other] is environment[name]) for name in containers]
    try:
        text = marshal.dumps((id(loop.node), shared, sorted(environment.items())), 2)
    except ValueError:  # a range
        return b""
    return hashlib.blake2b(text, digest_size=16).digest()


def enter(frame: Frame, loop: HotLoop) -> tuple[Environment, dict[str, ListValue | DictValue]]:
    """The variables that a loop starts with, lists and dicts as copies; and to which of the program's they belong.

    Raises NotPlain where one is not plain, or not a variable of this frame.
    """
    if any(owner_of(frame, name) is not frame.scope for name in loop.bound):
        raise NotPlain
    for name in loop.built_in:
        if found(frame, name) is not MISSING or name not in frame.machine.builtins.names:
            raise NotPlain
    environment: Environment = {}
    owners: dict[str, ListValue | DictValue] = {}
    copies: dict[int, object] = {}
    for name in sorted(loop.read | loop.bound):
        value = found(frame, name)
        if isinstance(value, (ListValue, DictValue)):
            if id(value) not in copies:
                copies[id(value)] = copied(value)
            environment[name], owners[name] = copies[id(value)], value
        elif value is not MISSING:
            environment[name] = plain(value)
    return environment, owners


def found(frame: Frame, name: str) -> Value:
    """What a variable holds in this frame or around it; MISSING where there is none, whatever is built in."""
    if name in frame.locals:
        return frame.scope.contents.get(name, MISSING)
    scope: Scope | ModuleValue | None = frame.scope
    while scope is not None:
        if name in scope.contents:
            return scope.contents[name]
        scope = scope.parent
    return frame.module.contents.get(name, MISSING)


def copied(value: ListValue | DictValue) -> list[Value] | dict[Value, Value]:
    """The contents of a list or dict, all of them plain; raises NotPlain otherwise."""
    contents = value.contents
    if isinstance(contents, list):
        return all_plain(contents).copy()
    if isinstance(contents, dict) and type(value) is DictValue and value.default_factory is None:
        all_plain(contents)
        all_plain(contents.values())
        return contents.copy()
    raise NotPlain


def leave(frame: Frame, loop: HotLoop, finished: Finished, owners: dict[str, ListValue | DictValue]) -> None:
    """Let the program's variables, lists and dicts be what the loop made of them; raises NotPlain before anything is changed."""
    store = frame.machine.store
    made = {id(container): owners[name] for name, container in finished.containers.items()}
    for container in finished.containers.values():
        all_plain(container)
        if isinstance(container, dict):
            all_plain(container.values())
    bound = {name: value for name in loop.bound if (value := finished.environment.get(name, MISSING)) is not MISSING}
    values = {name: made[id(value)] if id(value) in made else plain(value) for name, value in bound.items()}
    for name, container in finished.containers.items():
        store.touch(owners[name])
        owners[name].contents = container.copy()
    store.touch(frame.scope)
    frame.scope.contents.update(values)


Items = TypeVar("Items", bound=Iterable[Value])


def all_plain(items: Items) -> Items:
    """The items, which are all plain; raises NotPlain otherwise."""
    if not {type(item) for item in items} <= PLAIN:
        for item in items:
            plain(item)
    return items


def plain(value: Value) -> Value:
    """A number, a string, None, a range, or a tuple of these; raises NotPlain for anything else."""
    if type(value) is tuple:
        return all_plain(value)
    if type(value) not in PLAIN and type(value) is not range:
        raise NotPlain
    return value
