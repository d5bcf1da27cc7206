"""The journal: writes to mutable values can be taken off, kept aside and put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from cnnlint.values import Mutable, birth

Delta: TypeAlias = dict[Mutable, Any]
"""The contents that some values have at the end of a path, for all values that the path wrote to."""


class Journal:
    """The contents that values had when the journal was opened, for those written to since."""

    __slots__ = ("opened", "saved")

    def __init__(self) -> None:
        self.opened = birth()
        self.saved: Delta = {}


class Store:
    """All journals that are open, the innermost last. Values born after a journal opened need no entry in it."""

    def __init__(self) -> None:
        self.journals: list[Journal] = []
        self.aside: list[Journal] = []

    def touch(self, value: Mutable) -> None:
        """Announce that `value` is about to change."""
        if self.journals:
            journal = self.journals[-1]
            if value.born < journal.opened and value not in journal.saved:
                journal.saved[value] = value.snapshot()

    def open(self) -> None:
        self.journals.append(Journal())

    def take(self) -> Delta:
        """Close the innermost journal, undo its writes, and return them."""
        saved = self.journals.pop().saved
        delta = {value: value.contents for value in saved}
        for value, before in reversed(saved.items()):
            value.restore(before)
        return delta

    def unwind(self, depth: int) -> None:
        """Undo the writes of all journals beyond the first `depth`."""
        while len(self.journals) > depth:
            self.take()

    def keep(self) -> None:
        """Close the innermost journal and let its writes stand."""
        closed = self.journals.pop()
        if self.journals:
            outer = self.journals[-1]
            for value, before in closed.saved.items():
                if value.born < outer.opened and value not in outer.saved:
                    outer.saved[value] = before

    def apply(self, delta: Delta) -> None:
        """Put writes back that were taken off."""
        for value, contents in delta.items():
            self.touch(value)
            value.restore(contents)

    @contextmanager
    def outside(self, module: Mutable) -> Iterator[None]:
        """Write as if no journal were open: for imported modules, which outlive every path.

        What `module` has gained by then stays when a journal that had seen it changed before puts its contents back.
        """
        journals, aside = self.journals, self.aside
        self.journals, self.aside = [], [*aside, *journals]
        known = set(module.contents)
        try:
            yield
        finally:
            everywhere, self.journals, self.aside = self.aside, journals, aside
            gained = {name: held for name, held in module.contents.items() if name not in known}
            for journal in everywhere if gained else ():
                if module in journal.saved:
                    journal.saved[module].update(gained)
