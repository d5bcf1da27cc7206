"""Sets of positive integers as disjoint ranges."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from cnnlint.record import value

Range = tuple[int, int | None]
TABLE: Final = 4096
"""Sets that are not solved are tabulated up to here."""


@value
class Ranges:
    """A set of integers of at least 1: `ranges` are its maximal ranges, ends included, in order; None for an end without limit.

    Beyond `limit` nothing is known; it is None where everything is.
    """

    ranges: tuple[Range, ...]
    limit: int | None = None

    def __contains__(self, n: int) -> bool:
        place = bisect_right(self.ranges, n, key=lambda part: part[0]) - 1
        if place < 0:
            return False
        end = self.ranges[place][1]
        return end is None or n <= end

    def __bool__(self) -> bool:
        return bool(self.ranges)

    @property
    def least(self) -> int:
        return self.ranges[0][0]

    def members(self, most: int) -> Iterator[int]:
        """The members up to `most`, in order."""
        for low, high in self.ranges:
            yield from range(low, (most if high is None else min(high, most)) + 1)

    def complement(self) -> Ranges:
        parts: list[Range] = []
        start = 1
        for low, high in self.ranges:
            if low > start:
                parts.append((start, low - 1))
            if high is None:
                break
            start = high + 1
        else:
            if self.limit is None:
                parts.append((start, None))
            elif start <= self.limit:
                parts.append((start, self.limit))
        return Ranges(tuple(parts), self.limit)

    def intersection(self, other: Ranges) -> Ranges:
        parts: list[Range] = []
        ours, theirs = list(self.ranges), list(other.ranges)
        while ours and theirs:
            (a, b), (c, d) = ours[0], theirs[0]
            low = max(a, c)
            high = b if d is None else d if b is None else min(b, d)
            if high is None or low <= high:
                parts.append((low, high))
            if b is None or (d is not None and d < b):
                theirs.pop(0)
            else:
                ours.pop(0)
        limits = [each for each in (self.limit, other.limit) if each is not None]
        if not limits:
            return Ranges(tuple(parts))
        limit = min(limits)
        cut = tuple((low, limit if high is None else min(high, limit)) for low, high in parts if low <= limit)
        is_settled = bool(not parts or parts[-1][1] is not None) and self.is_below(limit, other)
        return Ranges(tuple(parts), None) if is_settled else Ranges(cut, limit)

    def is_below(self, limit: int, other: Ranges) -> bool:
        """Whether one of the two sets is wholly known and ends before `limit`: then nothing beyond matters."""
        return any(each.limit is None and (not each.ranges or (each.ranges[-1][1] or limit + 1) <= limit) for each in (self, other))

    def union(self, other: Ranges) -> Ranges:
        return self.complement().intersection(other.complement()).complement()


EVERYTHING: Final = Ranges(((1, None),))
NOTHING: Final = Ranges(())


def tabulated(among: Ranges, holds: Callable[[int], bool]) -> Ranges:
    """The members of a set, up to the table's end, for which something holds."""
    return from_members(n for n in among.members(TABLE) if holds(n))


def from_members(members: Iterable[int]) -> Ranges:
    """The set of these numbers, which come in order and are all that there are up to the table's end."""
    parts: list[Range] = []
    for n in members:
        if parts and parts[-1][1] == n - 1:
            parts[-1] = (parts[-1][0], n)
        else:
            parts.append((n, n))
    return Ranges(tuple(parts), TABLE)
