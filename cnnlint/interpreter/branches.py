"""Paths that part and meet: choices of values, joins of states, and the journals in between."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from cnnlint.dims import Condition, Expression, Shape, equal, every, negate, some, where
from cnnlint.interpreter.machine import NORMAL, Frame, Machine, Outcome, Raised, Split
from cnnlint.interpreter.store import Delta
from cnnlint.values import (
    ELSEWHERE,
    MISSING,
    MOST_ALTERNATIVES,
    Alternative,
    Assumption,
    Choice,
    Mutable,
    Tensor,
    Unknown,
    Value,
    contradicts,
)

Path = frozenset[Assumption]


@dataclass(slots=True)
class Arm:
    """One way that was evaluated: its assumptions, how it ended, and what it wrote."""

    path: Path
    outcome: Outcome
    delta: Delta


def run_arm(machine: Machine, path: Path, body: Callable[[], Outcome]) -> Arm:
    """Evaluate one way and take its writes off again."""
    machine.store.open()
    try:
        with machine.assuming(path):
            outcome = body()
    except Raised as raised:
        outcome = Outcome("raise", raised)
    return Arm(path, outcome, machine.store.take())


def run_arms(frame: Frame, path: Path, body: Callable[[], Outcome]) -> list[Arm]:
    """Execute one way that may itself part: all its ways, relative to the state before."""
    machine = frame.machine
    mark = len(frame.splits)
    machine.store.open()
    with machine.assuming(path):
        try:
            outcome = body()
        except Raised as raised:
            outcome = Outcome("raise", raised)
    arms = collapse(frame, mark, outcome)
    base = machine.store.take()
    return [Arm(path | arm.path, arm.outcome, {**base, **arm.delta}) for arm in arms]


def distribute(machine: Machine, values: Sequence[Value], body: Callable[[list[Value]], Value]) -> Value:
    """`body` applied to every consistent combination of the alternatives among `values`; the results are one value again."""
    combinations: list[tuple[Path, list[Value]]] = [(frozenset(machine.assumed.items()), [])]
    for value in values:
        options = value.alternatives if isinstance(value, Choice) else (Alternative(frozenset(), value),)
        combinations = [
            (path | option.path, [*chosen, option.value])
            for path, chosen in combinations
            for option in options
            if not contradicts(path, option.path)
        ]
    given = frozenset(machine.assumed.items())
    if len(combinations) > MOST_ALTERNATIVES:
        return machine.unknown(f"more than {MOST_ALTERNATIVES} alternatives")
    if not combinations:
        return machine.unknown("a way that no run takes")
    if len(combinations) == 1:
        return body(combinations[0][1])
    arms = [
        run_arm(machine, path - given, lambda chosen=chosen: Outcome("return", body(chosen)))  # type: ignore[misc]
        for path, chosen in combinations
    ]
    return settle_arms(machine, arms)


def either(machine: Machine, condition: Hashable, then: Callable[[], Value], orelse: Callable[[], Value]) -> Value:
    """The value of `then` if the undecided condition holds, else that of `orelse`."""
    key, way = signed(condition)
    arms = [
        run_arm(machine, frozenset({(key, way)}), lambda: Outcome("return", then())),
        run_arm(machine, frozenset({(key, not way)}), lambda: Outcome("return", orelse())),
    ]
    return settle_arms(machine, arms)


def signed(condition: Hashable) -> Assumption:
    """A condition as the one it denies, or itself, and which way."""
    if isinstance(condition, Unknown) and condition.denies is not None:
        return condition.denies, False
    return condition, True


def settle_arms(machine: Machine, arms: list[Arm]) -> Value:
    """Join the arms' states and values. Where all raise, so does this: the first that is not proven to, else the first."""
    living = [arm for arm in arms if arm.outcome.kind != "raise"]
    if not living:
        first = next((arm for arm in arms if arm.outcome.value.failure is None), arms[0])
        machine.store.apply(first.delta)
        raise first.outcome.value
    for arm in arms:
        if arm.outcome.kind == "raise":
            machine.recorder.refused(arm.path, arm.outcome.value)
    join_states(machine, living)
    return join_values(machine, [(arm.path, arm.outcome.value) for arm in living])


def join_states(machine: Machine, arms: list[Arm]) -> None:
    """Apply what the arms wrote: equal stays, the rest becomes a choice place by place."""
    if len(arms) == 1:
        machine.store.apply(arms[0].delta)
        return
    touched: dict[Mutable, None] = {}
    for arm in arms:
        touched.update(dict.fromkeys(arm.delta))
    for value in touched:
        machine.store.touch(value)
        value.restore(join_contents(machine, [(arm.path, arm.delta.get(value, value.contents)) for arm in arms]))


def join_contents(machine: Machine, ways: list[tuple[Path, Value]]) -> Value:
    """The contents of one mutable value after several ways; of a tensor that is its shape."""
    first = ways[0][1]
    if all(contents is first for _, contents in ways):
        return first
    if all(isinstance(contents, dict) for _, contents in ways):
        keys: dict[Value, None] = {}
        for _, contents in ways:
            keys.update(dict.fromkeys(contents))
        return {key: join_values(machine, [(path, contents.get(key, MISSING)) for path, contents in ways]) for key in keys}
    if all(isinstance(contents, list) and len(contents) == len(first) for _, contents in ways):
        return [join_values(machine, [(path, contents[i]) for path, contents in ways]) for i in range(len(first))]
    if all(isinstance(contents, int) for _, contents in ways):
        return max(contents for _, contents in ways)
    unknown = next((contents for _, contents in ways if isinstance(contents, Unknown)), None)
    if unknown is not None:
        return unknown
    if all(isinstance(contents, Shape) for _, contents in ways):
        return first if all(contents == first for _, contents in ways) else Shape((), leading=True)
    return machine.unknown("changed in different ways under a condition that is not known")


def join_values(machine: Machine, ways: list[tuple[Path, Value]]) -> Value:
    """One value that stands for several, each under its assumptions."""
    alternatives: list[Alternative] = []
    for path, value in ways:
        options = value.alternatives if isinstance(value, Choice) else (Alternative(frozenset(), value),)
        for option in options:
            if contradicts(path, option.path):
                continue
            add_alternative(alternatives, Alternative(path | option.path, option.value))
    if not alternatives:
        return machine.unknown("paths that exclude each other")
    if len(alternatives) == 1:
        return alternatives[0].value
    unknown = next((option.value for option in alternatives if isinstance(option.value, Unknown)), None)
    if unknown is not None:
        return unknown
    if len(alternatives) > MOST_ALTERNATIVES:
        return machine.unknown(f"more than {MOST_ALTERNATIVES} alternatives")
    if len(alternatives) == 2:
        merged = merge_sizes(*alternatives)
        if merged is not None:
            return merged
    if all(isinstance(option.value, tuple) and len(option.value) == len(alternatives[0].value) for option in alternatives):
        return tuple(
            join_values(machine, [(option.path, option.value[i]) for option in alternatives]) for i in range(len(alternatives[0].value))
        )
    return Choice(tuple(alternatives))


def add_alternative(alternatives: list[Alternative], new: Alternative) -> None:
    """Append, or widen the assumptions of an alternative with the same value."""
    for i, old in enumerate(alternatives):
        if same(old.value, new.value):
            alternatives[i] = Alternative(old.path & new.path, old.value)
            return
    alternatives.append(new)


def same(left: Value, right: Value) -> bool:
    """Whether two values may stand for each other from here on."""
    if left is right:
        return True
    if type(left) is not type(right):
        return False
    if isinstance(left, (bool, int, float, str, bytes)):
        return bool(left == right)
    if isinstance(left, tuple):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, Expression):
        return equal(left, right)
    if isinstance(left, Tensor):
        return bool(
            left.kind == right.kind == "Tensor"
            and left.origin is right.origin
            and left.shape == right.shape
            and (left.dtype, left.device) == (right.dtype, right.device)
            and left.values == right.values
        )
    return False


def merge_sizes(first: Alternative, second: Alternative) -> Value | None:
    """Two sizes, conditions, or tensors of one rank, under one condition on sizes and its opposite: `where(condition, a, b)` per axis."""
    opposite = [
        (condition, way) for condition, way in first.path if (condition, not way) in second.path and isinstance(condition, Condition)
    ]
    if len(opposite) != 1:
        return None
    (condition, way) = opposite[0]
    if not isinstance(condition, Condition):
        return None
    left, right = (first.value, second.value) if way else (second.value, first.value)
    if is_size(left) and is_size(right):
        return where(condition, left, right)
    if isinstance(left, (bool, Condition)) and isinstance(right, (bool, Condition)):
        return some(every(condition, left), every(negate(condition), right))
    if isinstance(left, Tensor) and isinstance(right, Tensor) and left.kind == right.kind and left.origin is right.origin is None:
        if left.shape.rank is None or left.shape.rank != right.shape.rank:
            return None
        dims = tuple(a if same(a, b) else where(condition, a, b) for a, b in zip(left.shape, right.shape, strict=True))
        dtype, device = common_storage(left, right)
        return Tensor(Shape(dims), left.framework, left.kind, dtype, device=device)
    return None


def common_storage(left: Tensor, right: Tensor) -> tuple[str | None, str | None]:
    """The dtype and the device of what stands for two tensors: those that both have, else unknown."""
    return (left.dtype if left.dtype == right.dtype else None, left.device if left.device == right.device else ELSEWHERE)


def is_size(value: Value) -> bool:
    return isinstance(value, Expression) or (isinstance(value, int) and not isinstance(value, bool))


# Paths that leave a block early


def part(frame: Frame, arms: list[Arm]) -> Outcome:
    """Go on after a branch: the ways that end normally are joined; each way that leaves is kept as a split.

    A split holds a journal open until `collapse`, so that the state in which it left can be found again.
    """
    machine = frame.machine
    going = [arm for arm in arms if arm.outcome.kind == "normal"]
    leaving = [arm for arm in arms if arm.outcome.kind != "normal"]
    if not going:
        kinds = {arm.outcome.kind for arm in leaving}
        if len(kinds) == 1:
            return merge_leaving(machine, leaving)
        preferred = next(arm for arm in leaving if arm.outcome.kind != "raise")
        going, leaving = [preferred], [arm for arm in leaving if arm is not preferred]
        outcome = preferred.outcome
    else:
        outcome = NORMAL
    for arm in leaving:
        frame.splits.append(Split(arm.path, arm.outcome, arm.delta))
        machine.store.open()
    join_states(machine, going)
    if len(going) == 1 and leaving:
        machine.assumed = {**machine.assumed, **dict(going[0].path)}
    return outcome


def merge_leaving(machine: Machine, arms: list[Arm]) -> Outcome:
    """Several ways that all leave in the same manner are one."""
    kind = arms[0].outcome.kind
    if kind == "raise":
        machine.store.apply(arms[0].delta)
        return arms[0].outcome
    join_states(machine, arms)
    if kind == "return":
        return Outcome("return", join_values(machine, [(arm.path, arm.outcome.value) for arm in arms]))
    return arms[0].outcome


def collapse(frame: Frame, mark: int, outcome: Outcome) -> list[Arm]:
    """End the splits above `mark`: the ways that left and the one that went on, all relative to the state before the first."""
    machine = frame.machine
    arms = [Arm(frozenset(), outcome, {})]
    while len(frame.splits) > mark:
        split = frame.splits.pop()
        since = machine.store.take()
        for arm in arms:
            arm.delta = {**since, **arm.delta} if arm.delta else dict(since)
            arm.path = arm.path | {(condition, not way) for condition, way in split.path}
        arms.append(Arm(split.path, split.outcome, split.delta))
    arms.reverse()
    return arms


def resume(frame: Frame, arms: list[Arm], ending: tuple[Outcome, ...]) -> Outcome:
    """Join the ways whose outcome ends here (in `ending`, or normal) and go on; the others stay splits."""
    settled = [Arm(arm.path, NORMAL if arm.outcome in ending else arm.outcome, arm.delta) for arm in arms]
    return part(frame, settled)
