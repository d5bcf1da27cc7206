"""Findings that follow from the sizes that a model takes: there are none, or a call has others; and what restricts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cnnlint.dims import Comparison, Condition, Expression, Or, Symbol
from cnnlint.failures import (
    ConcatenationMismatch,
    InputSizeRejected,
    LayerFailure,
    NoValidInputSize,
    OperationFails,
    Unbroadcastable,
)
from cnnlint.graph import Note, Occurrence, Place
from cnnlint.interpreter import placing
from cnnlint.interpreter.counts import no_valid_size
from cnnlint.interpreter.machine import Machine, Raised
from cnnlint.interpreter.recorder import failure_of
from cnnlint.interpreter.runs import Run
from cnnlint.oddities import BranchesDiffer, Oddity, RestrictedInputSize
from cnnlint.solver import Axis, Demand, Ranges, SizeSet, repeating, solve

MOST_ASKED = 12
"""So many demands are looked at for what restricts the sizes."""
MOST_SMALL = 8
"""Sizes up to here may agree because one of the two is 1."""
MOST_PARTS = 4
"""A set of more ranges than these repeats."""


def explain_failure(machine: Machine, run: Run, found: SizeSet, given: Mapping[Symbol, int], place: Place) -> None:
    """Say of a call that raises, and of no other, that its sizes are none that the model takes, and which are."""
    raised, called = run.failure, tuple(given.get(axis.symbol, 0) for axis in found.spatial)
    if raised is None or not raised.is_uncaught or not all(called):
        return
    if found.is_empty or found.accepts({axis.symbol: 1 for axis in found.axes} | dict(given)):
        return
    nearest = nearest_sizes(found, called)
    if nearest is None:
        return
    name, recorder = run.instance.cls.name, machine.recorder
    key = next((key for key, known in recorder.occurrences.items() if known.failure is raised.failure), None)
    if raised.failure is None or (isinstance(raised.failure, OperationFails) and raised.failure.is_language):
        reason = getattr(failure_of(raised), "reason", "")
        known = recorder.occurrences.pop(key) if key is not None else occurrence_of(machine, raised)
        if known is not None:
            failure = InputSizeRejected(found.text, called, nearest, reason, exception=raised.exception.cls.name)
            recorder.occurrences[known.place, InputSizeRejected] = Occurrence(failure, name, known.place, known.notes, known.written)
            raised.failure, raised.is_reported = failure, True
    elif key is not None:
        known = recorder.occurrences[key]
        note = Note(place, f"`{name}` takes input sizes {found.text}; the nearest is {' x '.join(map(str, nearest))}")
        recorder.occurrences[key] = Occurrence(known.failure, known.subject, known.place, (*known.notes, note), known.written)


def occurrence_of(machine: Machine, raised: Raised) -> Occurrence | None:
    """An exception that the program itself raises, in a file of the project."""
    at = placing.visible(machine, raised.site)
    if at is None:
        return None
    notes = tuple(placing.path_notes(machine, raised.site, at.place, "called here"))
    return Occurrence(failure_of(raised), placing.expression_text(at.node), at.place, notes)


def nearest_sizes(found: SizeSet, called: tuple[int, ...]) -> tuple[int, ...] | None:
    """Sizes that the model takes, as near to others as they are found; None if none are."""
    axes = found.spatial
    apart = {axis.symbol: nearest_member(found.sizes[axis.symbol], size) for axis, size in zip(axes, called, strict=True)}
    equal = nearest_member(found.equal_members(), max(called))
    together = {axis.symbol: found.one(axis, equal) for axis in axes}
    for sizes in (apart, together, found.pair or {}):
        if sizes and found.accepts({axis.symbol: found.batch for axis in found.axes} | dict(sizes)):
            return tuple(sizes[axis.symbol] for axis in axes)
    return None


def nearest_member(sizes: Ranges, wanted: int) -> int:
    """The member of a set that is nearest to a number, the smaller of two; 0 of an empty set."""
    members = [max(low, wanted if high is None else min(wanted, high)) for low, high in sizes.ranges]
    return min(members, key=lambda member: (abs(member - wanted), member), default=0)


def report_emptiness(machine: Machine, symbolic: Run, found: SizeSet) -> None:
    """Make a finding of the demand with which nothing is left of the set, where that is proven."""
    if not (found.is_empty and found.is_proven):
        return
    demands, low, high = found.demands, 0, len(found.demands)
    while high - low > 1:  # nothing is left after `high` of them, something after `low`
        middle = (low + high) // 2
        if solve(demands[:middle], found.axes, with_pairs=False).is_empty:
            high = middle
        else:
            low = middle
    demand = demands[high - 1]
    failure = no_valid_size(demand.cause, str(demand.condition))
    occurrence = occurrence_at(machine, symbolic, demand, failure)
    if occurrence is not None:
        machine.recorder.occurrences.setdefault((occurrence.place, NoValidInputSize), occurrence)


def occurrence_at(machine: Machine, symbolic: Run, demand: Demand, failure: LayerFailure) -> Occurrence | None:
    """A failure at the place where something is asked of the sizes."""
    recorder = machine.recorder
    site, record = symbolic.demands[demand]
    before, recorder.active = recorder.active, symbolic
    try:
        return placing.occurrence(machine, failure, site, record)
    finally:
        recorder.active = before


def remark_on_restrictions(machine: Machine, symbolic: Run, found: SizeSet) -> None:
    """Remark on what lets a model take one range of sizes only, or multiples of something."""
    free = [axis for axis in found.spatial if axis.stand_in is None]
    if found.is_empty or found.pair or not any(is_bounded(found, axis) or is_repeating(found, axis) for axis in free):
        return
    for demand, oddity in restrictions(found, free):
        occurrence = occurrence_at(machine, symbolic, demand, oddity)
        if occurrence is not None:
            machine.recorder.oddities.setdefault((occurrence.place, type(oddity)), occurrence)


def restrictions(found: SizeSet, free: Sequence[Axis]) -> Iterator[tuple[Demand, Oddity]]:
    """The demands that restrict a set, those where branches meet before one of any other kind."""
    asked = [demand for demand in found.demands if isinstance(demand.cause, LayerFailure)]
    meeting = [demand for demand in asked if isinstance(demand.cause, (ConcatenationMismatch, Unbroadcastable))]
    differs = False
    for demand in meeting[:MOST_ASKED]:
        alone = solve([demand], [axis for axis in found.axes if axis.symbol in demand.symbols], with_pairs=False)
        axis = next((axis for axis in alone.spatial if is_repeating(alone, axis)), None)
        sides = meeting_sides(demand.condition)
        if axis is not None and sides is not None:
            differs = True
            yield demand, BranchesDiffer(str(sides.left), str(sides.right), differing(alone, axis))
    if differs:
        return
    for demand in [demand for demand in asked if demand not in meeting][-MOST_ASKED:]:
        alone = solve([demand], [axis for axis in found.axes if axis.symbol in demand.symbols], with_pairs=False)
        if any(is_bounded(alone, axis) or is_repeating(alone, axis) for axis in alone.spatial if axis in free):
            is_multiple = not any(is_bounded(alone, axis) for axis in alone.spatial)
            yield demand, RestrictedInputSize(found.text, is_multiple, argument=getattr(demand.cause, "argument", None))
            return


def meeting_sides(condition: bool | Condition) -> Comparison | None:
    """The two sizes that are asked to agree, also where one of them may be 1 instead."""
    for part in condition.conditions if isinstance(condition, Or) else (condition,):
        if isinstance(part, Comparison) and part.op == "==" and isinstance(part.left, Expression) and isinstance(part.right, Expression):
            return part
    return None


def differing(found: SizeSet, axis: Axis) -> str:
    """Where two sizes differ that agree for the sizes found."""
    sizes = found.sizes[axis.symbol]
    cycle = repeating(Ranges(tuple(part for part in sizes.ranges if part[0] > MOST_SMALL), sizes.limit))
    if cycle is not None:
        steps, agreeing = cycle
        others = [rest for rest in range(steps) if rest not in agreeing]
        if len(others) == 1:
            return f"where {axis.name} % {steps} == {others[0]}"
        if len(agreeing) == 1:
            return f"where {axis.name} % {steps} != {agreeing[0]}"
    return f"unless {found.text}"


def is_bounded(found: SizeSet, axis: Axis) -> bool:
    """Whether an axis has a largest size, well below where the search ended."""
    sizes = found.sizes[axis.symbol]
    last = sizes.ranges[-1][1] if sizes else None
    return last is not None and (sizes.limit is None or last < sizes.limit // 2)


def is_repeating(found: SizeSet, axis: Axis) -> bool:
    """Whether only some of the sizes of an axis are taken, however large."""
    sizes = found.sizes[axis.symbol]
    return len(sizes.ranges) > MOST_PARTS and not is_bounded(found, axis)
