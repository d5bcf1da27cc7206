"""On which positions of an axis the elements of a tensor depend: intervals that repeat, and what windows and branches make of them.

Element i of an axis depends on the positions from `low(i)` to `high(i)`, which go on by `step` every so many elements (the phases; one
where nothing was enlarged). A window takes the least of the lows and the greatest of the highs under it, and where branches meet so does
each element. Padding counts as positions: the first low may be negative, the last high beyond the end.
Source: Araujo, Norris & Sim, Computing receptive fields of convolutional neural networks, doi:10.23915/distill.00021.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from cnnlint.dims import Shape, equal
from cnnlint.record import value

MOST_PHASES: Final = 64


@value
class Whole:
    """Each element depends on all positions."""


@value
class Open:
    """It is not known on which positions an element depends."""


@value
class Reach:
    """Element i of axis `axis` depends on positions lows[i % n] + step (i // n) to highs[...], n being their number.

    None where an element depends on none. Of a tensor that `is_part` not all elements are there.
    """

    axis: int
    lows: tuple[int | None, ...]
    highs: tuple[int | None, ...]
    step: int
    is_part: bool = False

    def low(self, i: int) -> int | None:
        n = len(self.lows)
        low = self.lows[i % n]
        return None if low is None else low + self.step * (i // n)

    def high(self, i: int) -> int | None:
        n = len(self.highs)
        high = self.highs[i % n]
        return None if high is None else high + self.step * (i // n)

    @property
    def size(self) -> int:
        """The most positions that one element depends on."""
        return max(
            (high - low + 1 for low, high in zip(self.lows, self.highs, strict=True) if low is not None and high is not None), default=0
        )


@value
class Scattered:
    """Each element depends on at most `size` positions in a row, which lie somewhere along `axes`, all taken together.

    `by_each`: along any one of the axes all are met. None where the size is not known.
    """

    size: int | None
    axes: frozenset[int]
    is_part: bool = False
    by_each: bool = False


Field: TypeAlias = Whole | Open | Reach | Scattered

WHOLE, OPEN = Whole(), Open()


def loose(field: Reach) -> Scattered:
    return Scattered(field.size, frozenset((field.axis,)), field.is_part)


def joined(one: Field, other: Field) -> Field:
    """What an element depends on that comes from both."""
    if one == other:
        return one
    if isinstance(one, Whole) or isinstance(other, Whole):
        return WHOLE
    if not isinstance(one, Reach) or not isinstance(other, Reach) or one.axis != other.axis:
        return OPEN
    count = math.lcm(len(one.lows), len(other.lows))
    if one.step * (count // len(one.lows)) != other.step * (count // len(other.lows)) or count > MOST_PHASES:
        return OPEN
    return _reach(
        one.axis,
        [_least(one.low(i), other.low(i)) for i in range(count)],
        [_most(one.high(i), other.high(i)) for i in range(count)],
        one.step * (count // len(one.lows)),
        one.is_part or other.is_part,
    )


def _least(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)


def _most(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def _reach(axis: int, lows: Sequence[int | None], highs: Sequence[int | None], step: int, is_part: bool) -> Field:
    """A reach with the fewest phases that say the same."""
    count = len(lows)
    for fewer in range(1, count):
        if count % fewer or step % (count // fewer):
            continue
        less = step // (count // fewer)
        if all(_further(side[i - fewer], less) == side[i] for side in (lows, highs) for i in range(fewer, count)):
            return Reach(axis, tuple(lows[:fewer]), tuple(highs[:fewer]), less, is_part)
    return Reach(axis, tuple(lows), tuple(highs), step, is_part) if count <= MOST_PHASES else OPEN


def _further(position: int | None, by: int) -> int | None:
    return None if position is None else position + by


def moved(field: Field, places: Mapping[int, int]) -> Field:
    """The field where axes are at other places; one that is gone held a single position, or was mixed."""
    match field:
        case Reach():
            if field.axis not in places:
                return Scattered(field.size, frozenset(), field.is_part)
            return Reach(places[field.axis], field.lows, field.highs, field.step, field.is_part)
        case Scattered():
            return Scattered(field.size, frozenset(places[axis] for axis in field.axes if axis in places), field.is_part, field.by_each)
    return field


def mixed(field: Field, axes: frozenset[int], shape: Shape) -> Field:
    """The field of what comes from all along some axes."""
    match field:
        case Reach():
            if field.axis not in axes or (field.axis < len(shape.dims) and equal(shape.dims[field.axis], 1)):
                return field
            return OPEN if field.is_part else WHOLE
        case Scattered():
            if not field.axes & axes:
                return field
            return WHOLE if not field.is_part and (field.by_each or field.axes <= axes) else OPEN
    return field


def slid(field: Reach, kernel: int, stride: int, padding: int, dilation: int) -> Field:
    """Output o reads the elements o S - P + k D."""
    count = len(field.lows)
    phases = count // math.gcd(count, stride)
    lows: list[int | None] = []
    highs: list[int | None] = []
    for output in range(phases):
        low: int | None = None
        high: int | None = None
        taps = range(kernel) if count > 1 else {0, kernel - 1}
        for tap in taps:
            element = output * stride - padding + tap * dilation
            low, high = _least(low, field.low(element)), _most(high, field.high(element))
        lows.append(low)
        highs.append(high)
    return _reach(field.axis, lows, highs, field.step * stride * phases // count, field.is_part)


def spread(field: Reach, kernel: int, stride: int, padding: int, dilation: int) -> Field:
    """Output i reads the elements m with m S - P + k D = i."""
    count = len(field.lows) * stride
    if count > MOST_PHASES * 4:
        return OPEN
    lows: list[int | None] = []
    highs: list[int | None] = []
    for output in range(count):
        low: int | None = None
        high: int | None = None
        for tap in range(kernel):
            element, rest = divmod(output + padding - tap * dilation, stride)
            if rest == 0:
                low, high = _least(low, field.low(element)), _most(high, field.high(element))
        lows.append(low)
        highs.append(high)
    return _reach(field.axis, lows, highs, field.step, field.is_part)


def enlarged(field: Reach, taps: Sequence[tuple[int, int]]) -> Field:
    """Output i reads the elements i // n + first to last, n being the number of taps."""
    count = len(field.lows) * len(taps)
    if count > MOST_PHASES * 4:
        return OPEN
    lows: list[int | None] = []
    highs: list[int | None] = []
    for output in range(count):
        base, phase = divmod(output, len(taps))
        first, last = taps[phase]
        low: int | None = None
        high: int | None = None
        for element in range(base + first, base + last + 1):
            low, high = _least(low, field.low(element)), _most(high, field.high(element))
        lows.append(low)
        highs.append(high)
    return _reach(field.axis, lows, highs, field.step, field.is_part)
