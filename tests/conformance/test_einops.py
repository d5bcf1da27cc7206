"""Patterns recorded from the real einops give the same shapes here, or are rejected alike.

Rows: `data/einops.json`, recorded by `benchmarks/record_einops.py`, whose `meta` says what the fields mean.
`python tests/conformance/test_einops.py [table]` prints the counts of each family and the rows that differ.
"""

from __future__ import annotations

import functools
import json
import pathlib
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from cnnlint.values import DictValue
from tests.conformance.replay import Replayed, plain, replay

TABLE = pathlib.Path(__file__).parent / "data" / "einops.json"
PROGRAM = """
import einops
from einops.layers.torch import EinMix, Rearrange, Reduce
out = {code}
"""

DIFFERENCES: Mapping[str, str] = {}
"""Rows that are known not to agree, with the reason; a mended one must leave the list."""


@dataclass(frozen=True)
class Row:
    """A recorded expression and what became of it here."""

    name: str
    recorded: Mapping[str, Any]
    replayed: Replayed

    @property
    def is_equal(self) -> bool:
        if "err" in self.recorded or self.replayed.is_rejected:
            return "err" in self.recorded and self.replayed.is_rejected
        return written(self.replayed.value) == written(self.recorded["out"])


def written(value: object) -> object:
    """Shapes and sequences of them as nested lists."""
    if isinstance(value, DictValue):
        return value.contents
    if isinstance(value, dict) and "seq" in value:
        return [written(item) for item in value["seq"]]
    return value if isinstance(value, (list, dict, int)) else written(plain(value))


@functools.cache
def rows(table: pathlib.Path = TABLE) -> tuple[Row, ...]:
    entries = json.loads(table.read_text())["entries"]
    return tuple(Row(name, row, replay(PROGRAM.format(code=row["code"]), row["inputs"])) for name, row in entries.items())


def test_no_row_differs() -> None:
    wrong = {row.name: row.recorded["code"] for row in rows() if not row.is_equal}
    assert sorted(wrong) == sorted(DIFFERENCES), {name: code for name, code in wrong.items() if name not in DIFFERENCES}


if __name__ == "__main__":
    table = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in rows(table):
        kind = "rejected" if "err" in row.recorded else "accepted"
        counts[row.recorded["family"]][kind, "equal" if row.is_equal else "wrong"] += 1
    for family, count in counts.items():
        print(f"{family:10} {dict(count)}")
    for row in rows(table):
        if not row.is_equal:
            print(row.name, row.recorded, row.replayed.raised or plain(row.replayed.value))
