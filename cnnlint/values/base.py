"""What abstract values share: identity in time, and contents that a journal can put back."""

from __future__ import annotations

import itertools
from typing import Any, TypeAlias

Value: TypeAlias = Any
"""A value of the program under inspection.

Known numbers, strings, bytes, booleans, None, Ellipsis, tuples and ranges stand for themselves; a symbolic size is a
`cnnlint.dims.Expression`; everything else is one of the classes of this package.
"""

_ERA = 10**12
_births = itertools.count(1)
_earlier = itertools.count(1)  # what is left of the numbers before the era that began last


def birth() -> int:
    """A number larger than all before: orders values and journals in time."""
    return next(_births)


def begin_era() -> int:
    """A birth before which there is room for those of values that are made later, between two calls of `turn_back`."""
    global _births, _earlier  # the one clock
    now = next(_births)
    _earlier, _births = itertools.count(now), itertools.count(now + _ERA + 1)
    return now + _ERA


def turn_back() -> None:
    """Let births be from before the era from now on, or from now again."""
    global _births, _earlier
    _births, _earlier = _earlier, _births


class Missing:
    """The one mark for "no such variable, key or attribute"; never a value of the program."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()


class Mutable:
    """A value whose `contents` may change; every change is announced to the store first."""

    __slots__ = ("born", "contents")

    contents: Any

    def __init__(self, contents: Any) -> None:
        self.contents = contents
        self.born = next(_births)

    def snapshot(self) -> Any:
        """A copy of the contents that later changes leave alone."""
        contents = self.contents
        return contents.copy() if isinstance(contents, (dict, list)) else contents

    def restore(self, contents: Any) -> None:
        self.contents = contents
