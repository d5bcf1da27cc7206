"""The journal: writes to mutable values can be taken off, kept aside and put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from cnnlint.values import Mutable, begin_era, birth, turn_back

Delta: TypeAlias = dict[Mutable, Any]
"""The contents that some values have at the end of a path, for all values that the path wrote to."""


class Journal:
    """The contents that values had when the journal was opened, for those written to since."""

    __slots__ = ("opened", "saved")

    def __init__(self, opened: int) -> None:
        self.opened = opened
        self.saved: Delta = {}


class Store:
    """All journals that are open, the innermost last. Values born after a journal opened need no entry in it."""

    def __init__(self) -> None:
        self.journals: list[Journal] = []
        self.aside: list[Journal] = []
        self.changing: Delta = {}

    def touch(self, value: Mutable) -> None:
        """Announce that `value` is about to change."""
        if self.aside and value not in self.changing:
            self.changing[value] = value.snapshot()
        if self.journals:
            journal = self.journals[-1]
            if value.born < journal.opened and value not in journal.saved:
                journal.saved[value] = value.snapshot()

    def open(self) -> None:
        self.journals.append(Journal(birth()))

    def open_first(self) -> None:
        """Open the journal that an entry's own writes go to, those to what it imports later included."""
        self.journals.append(Journal(begin_era()))

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
    def outside(self) -> Iterator[None]:
        """Write as if no journal were open: for imported modules, which outlive every path.

        What they make counts as made before the entry. What values have gained by then stays when a journal that had seen them changed
        before puts its contents back.
        """
        journals, aside, changing = self.journals, self.aside, self.changing
        self.journals, self.aside, self.changing = [], [*aside, *journals], {}
        if not aside:
            turn_back()
        try:
            yield
        finally:
            everywhere, changed = self.aside, self.changing
            self.journals, self.aside, self.changing = journals, aside, changing
            if not aside:
                turn_back()
            for value, before in changed.items():
                for journal in everywhere:
                    if value in journal.saved:
                        journal.saved[value] = _with_gains(journal.saved[value], before, value.contents)
                if aside:
                    self.changing.setdefault(value, before)


def _with_gains(saved: Any, before: Any, after: Any) -> Any:
    """What a journal saved of a value, with what came to its contents since."""
    if isinstance(saved, dict) and isinstance(before, dict) and isinstance(after, dict):
        return {**saved, **{key: held for key, held in after.items() if key not in before}}
    if isinstance(saved, list) and isinstance(before, list) and isinstance(after, list) and after[: len(before)] == before:
        return [*saved, *after[len(before) :]]
    return saved
