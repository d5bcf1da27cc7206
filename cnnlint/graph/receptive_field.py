"""Which pixels of its input each layer of a model sees, computed along the data flow of a run.

For each axis of the input and each tensor it is known on which positions its elements depend, and on which of its own axes those lie; an
operation says by its flow what becomes of that. What isn't said leaves it open, and open it stays, but where all is mixed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from cnnlint.dims import Dim, Shape, equal
from cnnlint.flows import (
    Concatenated,
    Elementwise,
    Enlarged,
    Flow,
    Mixing,
    Product,
    Reduced,
    Regrouped,
    Reordered,
    Shuffled,
    Sliced,
    Sliding,
    Spreading,
)
from cnnlint.graph.reach import OPEN, WHOLE, Field, Reach, Scattered, Whole, enlarged, joined, loose, mixed, moved, slid, spread
from cnnlint.graph.trace import Step, Trace
from cnnlint.record import value

Fields: TypeAlias = Mapping[int, Field]
"""By axis of the input; an axis is missing where a tensor depends on nothing of it."""


@value
class ReceptiveField:
    """On how many positions of one axis of the input an element depends, how far apart neighbours are, and where the first begins.

    `size` None: on all. `padding` is how far the first reaches beyond the edge. `stride` and `padding` are None where positions were mixed.
    """

    size: int | None
    stride: Fraction | None
    padding: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class ReceptiveFields:
    """The receptive fields of the outputs of a model's calls, per spatial axis of its input; None where one is not known.

    `axes` are those of the input over which windows slide; `model` is the field of the model's first output.
    """

    axes: tuple[int, ...]
    calls: tuple[tuple[ReceptiveField | None, ...], ...]
    model: tuple[ReceptiveField | None, ...]


def receptive_fields(trace: Trace | None, calls: int) -> ReceptiveFields:
    """The receptive fields of so many calls: what each gave at last, at that time."""
    if trace is None or not trace.inputs:
        return ReceptiveFields((), ((),) * calls, ())
    followed = follow(trace)
    axes = tuple(sorted(followed.under_windows))
    found = []
    for call in range(calls):
        own = followed.given[call] if call in followed.given else followed.fields.get((*trace.given[call], -1)[0], {})
        found.append(tuple(_shown(own.get(axis)) for axis in axes))
    output = followed.fields.get((*trace.outputs, -1)[0], {})
    return ReceptiveFields(axes, tuple(found), tuple(_shown(output.get(axis)) for axis in axes))


@dataclasses.dataclass(slots=True)
class Followed:
    """The fields of all tensors of a run at its end, those that each call gave at last, and the input axes that windows slid over."""

    fields: dict[int, Fields]
    given: dict[int, Fields] = dataclasses.field(default_factory=dict)
    under_windows: set[int] = dataclasses.field(default_factory=set)


def follow(trace: Trace) -> Followed:
    """Go along a run, from its input of the most axes, each of which is followed for itself."""
    image = max(trace.inputs, key=lambda number: len(trace.tensors[number].shape.dims))
    rank = len(trace.tensors[image].shape.dims)
    followed = Followed({image: {axis: Reach(axis, (0,), (0,), 1) for axis in range(rank)}})
    for step in trace.steps:
        _follow(trace, step, followed.fields, followed.under_windows)
        if step.call is not None:
            followed.given[step.call] = followed.fields.get((*step.makes, *step.gives, *step.writes, -1)[0], {})
    return followed


def _shown(field: Field | None) -> ReceptiveField | None:
    match field:
        case Whole():
            return ReceptiveField(None, None, None)
        case Reach() if field.lows[0] is not None:
            return ReceptiveField(field.size, Fraction(field.step, len(field.lows)), -field.lows[0])
        case Scattered(size=int(size)):
            return ReceptiveField(size, None, None)
    return None


def _follow(trace: Trace, step: Step, fields: dict[int, Fields], under: set[int]) -> None:
    """Enter what a step makes, and what it changes."""
    operands = [(trace.tensors[number].shape, fields.get(number, {})) for number in step.reads]
    for number in step.makes:
        made = trace.tensors[number]
        if any(of for _, of in operands):
            fields[number] = _through(made.flow, operands, made.shape, under)
    for number in step.writes:
        is_whole = bool(step.gives or step.makes)  # else a part is assigned to
        written = _elementwise(operands, trace.tensors[number].shape) if is_whole else _all_open(operands)
        if written != fields.get(number, {}):
            storage = trace.tensors[number].storage
            for other in fields:
                if trace.tensors[other].storage == storage:
                    fields[other] = dict.fromkeys(written, OPEN)
            fields[number] = written


_Operands: TypeAlias = Sequence[tuple[Shape, Fields]]


def _through(flow: Flow | None, operands: _Operands, result: Shape, under: set[int]) -> Fields:
    """The fields of a result."""
    if flow is None or result.leading or any(shape.leading for shape, _ in operands):
        return _all_open(operands)
    rank = len(result.dims)
    first, before = next((shape, fields) for shape, fields in operands if fields)
    match flow:
        case Elementwise():
            return _elementwise(operands, result)
        case Regrouped():
            return _each(before, lambda field: _regrouped(field, first, result))
        case Reordered(order=order):
            places = {old: new for new, old in enumerate(order)}
            return _each(before, lambda field: moved(field, places))
        case Mixing(axes=axes):
            met = _elementwise(operands, result, ignored=frozenset(axis % rank for axis in axes)) if len(operands) > 1 else before
            whole = first if len(first.dims) == rank else result
            return _each(met, lambda field: mixed(field, _counted(axes, rank), whole))
        case Reduced(axes=axes, keeps_axes=keeps):
            gone = _counted(axes, len(first.dims))
            kept = [axis for axis in range(len(first.dims)) if axis not in gone or keeps]
            places = {old: new for new, old in enumerate(kept)}
            return _each(before, lambda field: moved(mixed(field, gone, first), places))
        case Sliding() | Spreading() | Enlarged():
            return {axis: _windowed(axis, field, flow, first, under) for axis, field in before.items()}
        case Concatenated(axis=axis, is_new=is_new):
            return _concatenated(operands, result, axis % rank, is_new)
        case Sliced(axes=parts):
            return _each(before, lambda field: _sliced(field, parts, first, result))
        case Shuffled(axes=axes):
            shuffled = _counted(axes, rank)
            return _each(before, lambda field: loose(field) if isinstance(field, Reach) and field.axis in shuffled else field)
        case Product():
            return _product(operands, rank)


def _each(fields: Fields, change: Callable[[Field], Field]) -> Fields:
    return {axis: change(field) for axis, field in fields.items()}


def _counted(axes: Iterable[int], rank: int) -> frozenset[int]:
    return frozenset(axis % rank for axis in axes) if rank else frozenset()


def _all_open(operands: _Operands) -> Fields:
    """Of something that isn't understood; what depends on all positions already goes on to do so."""
    found: dict[int, Field] = {}
    for _, fields in operands:
        for axis, field in fields.items():
            found[axis] = WHOLE if isinstance(field, Whole) or found.get(axis) == WHOLE else OPEN
    return found


def _elementwise(operands: _Operands, result: Shape, ignored: frozenset[int] = frozenset()) -> Fields:
    """The fields of what is broadcast; sizes of `ignored` axes don't matter."""
    found: dict[int, Field] = {}
    for shape, fields in operands:
        ahead = len(result.dims) - len(shape.dims)
        for axis, field in fields.items():
            placed = _broadcast(field, shape, result, ahead, ignored)
            found[axis] = placed if axis not in found else joined(found[axis], placed)
    return found


def _broadcast(field: Field, shape: Shape, result: Shape, ahead: int, ignored: frozenset[int]) -> Field:
    if ahead < 0:
        return WHOLE if isinstance(field, Whole) else OPEN
    axes = (field.axis,) if isinstance(field, Reach) else field.axes if isinstance(field, Scattered) else ()
    if any(
        axis + ahead not in ignored
        and shape.dims[axis] is not result.dims[axis + ahead]
        and not equal(shape.dims[axis], result.dims[axis + ahead])
        for axis in axes
    ):
        return OPEN  # one position for all
    return moved(field, {axis: axis + ahead for axis in range(len(shape.dims))}) if ahead else field


def _regrouped(field: Field, old: Shape, new: Shape) -> Field:
    """The field under another shape: runs of axes with equal products hold the same elements."""
    if not isinstance(field, (Reach, Scattered)):
        return field
    groups = _groups(old.dims, new.dims)
    if groups is None:
        return OPEN
    axes = {field.axis} if isinstance(field, Reach) else field.axes
    into: set[int] = set()
    for before, after in groups:
        if not axes & set(before):
            continue
        if isinstance(field, Reach) and len(before) == len(after) == 1:
            return moved(field, {before[0]: after[0]})
        into.update(after)
    is_by_each = isinstance(field, Scattered) and field.by_each
    if is_by_each and any(len(before) > 1 and axes & set(before) for before, _ in groups):
        return OPEN
    return Scattered(field.size, frozenset(into), field.is_part, is_by_each)


def _groups(old: Sequence[Dim], new: Sequence[Dim]) -> list[tuple[tuple[int, ...], tuple[int, ...]]] | None:
    """The axes, those of size 1 left out, in the smallest runs that have as many elements before and after; None if that isn't known."""
    before = [axis for axis, size in enumerate(old) if not (isinstance(size, int) and size == 1)]
    after = [axis for axis, size in enumerate(new) if not (isinstance(size, int) and size == 1)]
    found = []
    i = j = 0
    while i < len(before) and j < len(after):
        first, second = i, j
        left, right = old[before[i]], new[after[j]]
        i, j = i + 1, j + 1
        while not equal(left, right):
            smaller = isinstance(left, int) and isinstance(right, int) and left < right
            if i < len(before) and (smaller or ((not isinstance(left, int) or not isinstance(right, int)) and j >= len(after))):
                left, i = left * old[before[i]], i + 1
            elif j < len(after) and not smaller:
                right, j = right * new[after[j]], j + 1
            else:
                return None
        found.append((tuple(before[first:i]), tuple(after[second:j])))
    return found if i == len(before) and j == len(after) else None


def _windowed(axis: int, field: Field, flow: Sliding | Spreading | Enlarged, shape: Shape, under: set[int]) -> Field:
    """The field below a window, or of what was enlarged."""
    rank = len(shape.dims)
    over = [each % rank for each in flow.axes]
    channels = _counted(flow.mixed, rank)
    if isinstance(field, Reach) and field.axis in over:
        under.add(axis)
        place = over.index(field.axis)
        if isinstance(flow, Enlarged):
            return enlarged(field, flow.taps[place])
        numbers = [sizes[place] for sizes in (flow.kernel, flow.stride, flow.padding, flow.dilation)]
        known = [number for number in numbers if isinstance(number, int)]
        if len(known) < len(numbers):
            return OPEN
        return (slid if isinstance(flow, Sliding) else spread)(field, *known)
    if isinstance(field, Scattered) and field.axes & set(over):
        return OPEN
    if isinstance(flow, (Sliding, Spreading)) and flow.is_grouped:
        axes = {field.axis} if isinstance(field, Reach) else field.axes if isinstance(field, Scattered) else frozenset()
        return OPEN if channels & axes else field
    return mixed(field, channels, shape)


def _concatenated(operands: _Operands, result: Shape, axis: int, is_new: bool) -> Fields:
    """The fields of tensors one after another; along the axis itself only sizes are known."""
    found: dict[int, Field] = {}
    for shape, fields in operands:
        places = {old: old + (is_new and old >= axis) for old in range(len(shape.dims))}
        for source, field in fields.items():
            placed = moved(field, places)
            if isinstance(placed, Reach) and placed.axis == axis:
                placed = loose(placed)
            before = found.get(source)
            if isinstance(before, Scattered) and isinstance(placed, Scattered) and before.axes == placed.axes:
                size = None if before.size is None or placed.size is None else max(before.size, placed.size)
                found[source] = Scattered(size, placed.axes, before.is_part or placed.is_part)
            else:
                found[source] = placed if before is None else joined(before, placed)
    return found


def _sliced(field: Field, parts: Sequence[tuple[int, Dim, Dim] | None], old: Shape, new: Shape) -> Field:
    """The field of parts of a tensor."""
    places = {part[0]: place for place, part in enumerate(parts) if part is not None}
    whole = {part[0] for place, part in enumerate(parts) if part is not None and equal(old.dims[part[0]], new.dims[place])}
    if isinstance(field, Scattered):
        return Scattered(
            field.size,
            frozenset(places[axis] for axis in field.axes & set(places)),
            field.is_part or not field.axes <= whole,
            field.by_each,
        )
    if not isinstance(field, Reach):
        return field
    if field.axis not in places:
        return Scattered(field.size, frozenset(), is_part=True)
    placed = Reach(places[field.axis], field.lows, field.highs, field.step, field.is_part or field.axis not in whole)
    part = parts[placed.axis]
    assert part is not None
    _, start, step = part
    if not isinstance(start, int) or not isinstance(step, int):
        return OPEN
    return slid(placed, 1, step, -start, 1)


def _product(operands: _Operands, rank: int) -> Fields:
    """The fields of a product: the last axis of the first operand goes, and the one before the last of the second."""
    if len(operands) != 2 or rank < 2 or any(len(shape.dims) < 2 for shape, _ in operands):
        return _all_open(operands)
    (left, of_left), (right, of_right) = operands
    found: dict[int, Field] = {}
    for axis in {**of_left, **of_right}:
        one = None if axis not in of_left else _factor(of_left[axis], left, rank, gone=-1)
        other = None if axis not in of_right else _factor(of_right[axis], right, rank, gone=-2)
        if one is None or other is None:
            field = one or other
            assert field is not None
            found[axis] = field
        elif isinstance(one, Whole) or isinstance(other, Whole):
            found[axis] = WHOLE
        else:
            found[axis] = _pairs(one, other)
    return found


def _factor(field: Field, shape: Shape, rank: int, gone: int) -> Field:
    own = len(shape.dims)
    without = mixed(field, frozenset((own + gone,)), shape)
    places = {axis: axis + rank - own for axis in range(own) if axis != own + gone}
    return moved(without, places)


def _pairs(one: Field, other: Field) -> Field:
    """Elements that depend on one position of the rows and one of the columns."""
    axes = [
        frozenset((field.axis,)) if isinstance(field, Reach) else field.axes
        for field in (one, other)
        if isinstance(field, (Reach, Scattered)) and not field.is_part
    ]
    if len(axes) == 2 and all(len(each) == 1 for each in axes) and axes[0] != axes[1]:
        return Scattered(None, axes[0] | axes[1], by_each=True)
    return OPEN
