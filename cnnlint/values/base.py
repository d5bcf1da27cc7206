"""What abstract values share: identity in time, and contents that a journal can put back."""

from __future__ import annotations

import itertools
from typing import Any, TypeAlias

Value: TypeAlias = Any
"""A value of the program under inspection.

Known numbers, strings, bytes, booleans, None, Ellipsis, tuples and ranges stand for themselves; a symbolic size is a
`cnnlint.dims.Expression`; everything else is one of the classes of this package.
"""

_births = itertools.count(1)


def birth() -> int:
    """A number larger than all before: orders values and journals in time."""
    return next(_births)


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
