"""Values that are not known: at all, or which of a few."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from cnnlint.graph import Place
from cnnlint.record import record
from cnnlint.values.base import Value

MOST_ALTERNATIVES = 8


@record
class Unknown:
    """Absorbs every operation. `reason` and `place` tell the first cause.

    `is_free` when every value really occurs (a command-line argument, a random number), so that both ways of a branch are
    taken by some run; otherwise it is unknown only to us. `is_harmless` when calling it, or passing things
    to it, changes nothing that matters (a logger). `denies` is the value that this one is `not` of. `item` is what each item of
    a sequence is of which only the length is unknown; None where that is not known either.
    """

    reason: str
    place: Place | None = None
    is_free: bool = False
    is_harmless: bool = False
    denies: Unknown | None = None
    item: Value = None


Assumption: TypeAlias = tuple[Hashable, bool]
"""A condition (a `dims.Condition`, or the Unknown that decides) and which way it is taken."""


@record
class Alternative:
    """A value, and the assumptions under which it is the one."""

    path: frozenset[Assumption]
    value: Value


@record
class Choice:
    """One of two to eight values; calls, attributes and operators distribute over them."""

    alternatives: tuple[Alternative, ...]


def contradicts(left: frozenset[Assumption], right: frozenset[Assumption]) -> bool:
    """Whether no run can be under both sets of assumptions."""
    return any((condition, not way) in right for condition, way in left)
