"""Functions and methods recorded from the real PyTorch give the same results here, or are rejected alike.

Rows: `data/torch_functions.json`, whose `meta` says what the fields mean. `python tests/conformance/test_torch_functions.py` prints the
counts of each family and the rows that differ.
"""

from __future__ import annotations

import functools
import json
import pathlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from cnnlint.source import on_large_stack
from tests.conformance.replay import Replayed, plain, replay

TABLE = pathlib.Path(__file__).parent / "data" / "torch_functions.json"
EQUAL, REJECTED, ACCEPTED = 0.99, 0.97, 0.995

ELEMENTS = "the elements of the recorded input were random"
DIFFERENCES: Mapping[str, str] = {
    "F0654": ELEMENTS,
    "F0735": ELEMENTS,
    "F0736": ELEMENTS,
}
"""Rows that are known not to agree, with the reason; a mended one must leave the list."""


@dataclass(frozen=True)
class Row:
    """A recorded expression and what became of it here."""

    name: str
    recorded: Mapping[str, Any]
    replayed: Replayed

    @property
    def family(self) -> str:
        return str(self.recorded["op"])

    @property
    def raises(self) -> bool:
        return "err" in self.recorded

    @property
    def is_equal(self) -> bool:
        if self.raises or self.replayed.is_rejected:
            return self.raises and self.replayed.is_rejected
        return written(self.replayed.value) == self.recorded["out"]


def written(value: object) -> object:
    """A value as the table writes it: shapes as lists, sizes apart from other sequences, other values by their `repr`."""
    found = plain(value)
    if isinstance(found, dict) and all(isinstance(item, int) for item in found["seq"]):
        return {"size": found["seq"]}
    return found if isinstance(found, (list, dict)) else {"py": repr(found)}


@functools.cache
def rows() -> tuple[Row, ...]:
    return on_large_stack(lambda: tuple(replayed_rows()))


def replayed_rows() -> Iterator[Row]:
    for name, recorded in json.loads(TABLE.read_text())["entries"].items():
        program = f"import torch\nimport torch.nn.functional as F\nout = {recorded['src']}\n"
        yield Row(name, recorded, replay(program, recorded["t"]))


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def test_expressions_that_run_have_the_recorded_results() -> None:
    running = [row for row in rows() if not row.raises]
    assert share(sum(row.is_equal for row in running), len(running)) >= EQUAL


def test_expressions_that_run_are_accepted() -> None:
    running = [row for row in rows() if not row.raises]
    assert share(sum(not row.replayed.is_rejected for row in running), len(running)) >= ACCEPTED


def test_expressions_that_raise_are_rejected() -> None:
    raising = [row for row in rows() if row.raises]
    assert share(sum(row.replayed.is_rejected for row in raising), len(raising)) >= REJECTED


def test_the_differences_are_those_that_are_listed() -> None:
    assert [row.name for row in rows() if not row.is_equal] == list(DIFFERENCES)


def print_counts() -> None:
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for row in rows():
        counts[row.family][row.is_equal] += 1
    for family, count in sorted(counts.items()):
        print(f"{family:24} {count[True]:4} equal {count[False]:4} differ")
    for row in rows():
        if not row.is_equal:
            print(f"{row.name}: {row.recorded['src']}: recorded {row.recorded.get('out', row.recorded.get('err'))}, here {row.replayed}")


if __name__ == "__main__":
    print_counts()
