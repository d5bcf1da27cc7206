"""Loops: unrolled when the items are known, widened when their number is not."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from cnnlint.dims import unknown_size
from cnnlint.interpreter import hot_loops, iteration, operators
from cnnlint.interpreter.assignment import assign
from cnnlint.interpreter.branches import Arm, collapse, common_storage, is_size, resume, run_arms, same
from cnnlint.interpreter.dispatch import evaluate, executes
from cnnlint.interpreter.functions import execute_block
from cnnlint.interpreter.machine import BREAK, CONTINUE, NORMAL, Frame, Machine, Outcome
from cnnlint.source import ir
from cnnlint.values import MISSING, ListValue, Mutable, Tensor, Unknown, Value

MOST_OPEN_ENDS = 16
"""After so many iterations that perhaps were the last, a loop counts as one of unknown length."""
MOST_YIELDS = 4096
"""A generator that yields more while a condition holds counts as one that never ends, as that of a loader is written."""
MOST_ADDED = 10_000
"""After so many items that it added itself to the list that it goes through, a loop counts as one of unknown length."""
MOST_TURNS_WITH_RUNS = 16
TURNS_LOOKED_AT = 3
"""A loop of more turns that runs a model in each is taken for training: after a few turns it counts as one of unknown length."""


@executes(ir.For)
def for_loop(frame: Frame, node: ir.For) -> Outcome:
    machine = frame.machine
    iterable = evaluate(frame, node.iterable)
    with machine.standing(frame, node.iterable):
        items = iteration.iterate(machine, iterable)
    if isinstance(items, Unknown) or node.is_async:
        element = iteration.element_of(machine, iterable, items)
        return widened(frame, lambda: assign(frame, node.target, element), node.body)
    before = machine.assumed
    mark = len(frame.splits)
    outcome = NORMAL
    runs, known = len(machine.recorder.runs), len(items)
    for turn, item in enumerate(items):
        is_training = len(items) > MOST_TURNS_WITH_RUNS and turn > TURNS_LOOKED_AT and len(machine.recorder.runs) - runs >= turn
        if is_training or len(frame.splits) - mark > MOST_OPEN_ENDS or turn > known + MOST_ADDED:
            element = machine.unknown("the loop variable of many turns", frame.here(node.target))
            outcome = widened(frame, lambda element=element: assign(frame, node.target, element), node.body)  # type: ignore[misc]
            break
        if turn == hot_loops.TURNS_UNTIL_HOT and hot_loops.finish(frame, node, iterable, items[turn:]):
            break
        assign(frame, node.target, item)
        outcome = iterate_once(frame, node.body)
        if outcome is not NORMAL:
            break
        if turn + 1 == len(items) and isinstance(iterable, ListValue) and isinstance(iterable.contents, list):
            items += iterable.contents[turn + 1 :]  # what the loop has added to its own list
    return leave_loop(frame, mark, before, outcome, node.orelse)


@executes(ir.While)
def while_loop(frame: Frame, node: ir.While) -> Outcome:
    machine = frame.machine
    before = machine.assumed
    mark = len(frame.splits)
    outcome = NORMAL
    for turn in itertools.count():
        if turn == hot_loops.TURNS_UNTIL_HOT and hot_loops.finish(frame, node, None, []):
            break
        truth = operators.truth(machine, evaluate(frame, node.test))
        if truth is False:
            break
        if isinstance(frame.yields, list) and len(frame.yields) > MOST_YIELDS:
            frame.yields = machine.unknown("a generator without an end", frame.here(node))
            break
        if truth is not True or len(frame.splits) - mark > MOST_OPEN_ENDS:
            outcome = widened(frame, lambda: evaluate(frame, node.test), node.body)
            break
        outcome = iterate_once(frame, node.body)
        if outcome is not NORMAL:
            break
    return leave_loop(frame, mark, before, outcome, node.orelse)


def iterate_once(frame: Frame, body: tuple[ir.Statement, ...]) -> Outcome:
    """Run the body once. The ways that continue meet at its end; those that break or return stay splits."""
    machine = frame.machine
    before = machine.assumed
    mark = len(frame.splits)
    outcome = execute_block(frame, body)
    if len(frame.splits) > mark:
        machine.assumed = before
        return resume(frame, collapse(frame, mark, outcome), (CONTINUE,))
    return NORMAL if outcome is CONTINUE else outcome


def leave_loop(frame: Frame, mark: int, assumed: dict[object, bool], outcome: Outcome, orelse: tuple[ir.Statement, ...]) -> Outcome:
    """Go on behind the loop: the ways that broke out join the one that came to the end."""
    machine = frame.machine
    if outcome is NORMAL and orelse:
        outcome = execute_block(frame, orelse)
    if len(frame.splits) > mark:
        arms = collapse(frame, mark, outcome)
        machine.assumed = assumed
        return resume(frame, arms, (BREAK,))
    return NORMAL if outcome is BREAK else outcome


def widened(frame: Frame, start: Callable[[], object], body: tuple[ir.Statement, ...]) -> Outcome:
    """A loop that runs an unknown number of times, at least once.

    The body runs once to learn what changes; that is made unknown as far as it changes; then the body runs again, and what it
    finds counts.
    """
    widen_changes(frame, lambda: run_once(frame, start, body))
    arms = run_once(frame, start, body)
    return resume(frame, arms, (BREAK, CONTINUE))


def widen_changes(frame: Frame, run: Callable[[], list[Arm]]) -> None:
    """Make what a run changes, which is made an unknown number of times, unknown as far as it changes."""
    machine = frame.machine
    machine.muted += 1
    try:
        learned = run()
    finally:
        machine.muted -= 1
    for arm in learned:
        for value, after in arm.delta.items():
            machine.store.touch(value)
            value.restore(widen(machine, value, value.contents, after))


def run_once(frame: Frame, start: Callable[[], object], body: tuple[ir.Statement, ...]) -> list[Arm]:
    def run() -> Outcome:
        start()
        return execute_block(frame, body)

    return run_arms(frame, frozenset(), run)


def widen(machine: Machine, value: Mutable, before: Value, after: Value) -> Value:
    """The contents of a value that a loop changes, at the start of any of its iterations."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {key: widen_value(machine, before.get(key, MISSING), after.get(key, MISSING)) for key in {**before, **after}}
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [widen_value(machine, a, b) for a, b in zip(before, after, strict=True)]
    if isinstance(value, Tensor):
        return before if before == after else before.widened(after)
    if isinstance(before, int) and isinstance(after, int):
        return after
    return machine.unknown("changes in a loop of unknown length")


def widen_value(machine: Machine, before: Value, after: Value) -> Value:
    """A value before and after one iteration, as one that stands for it in every iteration."""
    if after is MISSING or same(before, after):
        return before
    if before is MISSING:
        return after
    if isinstance(before, Tensor) and isinstance(after, Tensor) and before.kind == after.kind and before.origin is after.origin is None:
        dtype, device = common_storage(before, after)
        return Tensor(before.shape.widened(after.shape), before.framework, before.kind, dtype, device=device)
    if is_size(before) and is_size(after):
        return unknown_size("changes in a loop")
    return machine.unknown("changes in a loop of unknown length")
