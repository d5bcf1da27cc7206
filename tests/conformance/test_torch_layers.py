"""Layers recorded from the real PyTorch give the same shapes, parameters, buffers and MACs here, or are rejected alike.

Rows: `data/torch_layers.json`, whose `meta` says what the fields mean. `python tests/conformance/test_torch_layers.py` prints the
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

TABLE = pathlib.Path(__file__).parent / "data" / "torch_layers.json"
EQUAL, REJECTED, ACCEPTED = 0.99, 0.97, 0.995

DIFFERENCES: Mapping[str, str] = {
    "L0512": "a transposed convolution to a size of 0 passes for several images; it is reported, and its MACs are not counted",
    "L0662": "as L0512",
}
"""Rows that are known not to agree, with the reason; a mended one must leave the list."""


@dataclass(frozen=True)
class Row:
    """A recorded layer call and what became of it here."""

    name: str
    recorded: Mapping[str, Any]
    replayed: Replayed

    @property
    def family(self) -> str:
        return str(self.recorded["cls"])

    @property
    def raises(self) -> bool:
        return "err" in self.recorded

    @property
    def is_equal(self) -> bool:
        """Whether torch and this agree; the buffers of lazy layers were recorded before the call that makes them."""
        found, want = self.replayed, self.recorded
        if self.raises or found.is_rejected:
            return self.raises and found.is_rejected
        has_buffers = want.get("lazy", False) or found.buffers == want.get("buffer_elems", 0)
        has_macs = "macs" not in want or found.macs == want["macs"]
        return plain(found.value) == want["out"] and found.params == want["params"] and has_buffers and has_macs


@functools.cache
def rows() -> tuple[Row, ...]:
    return on_large_stack(lambda: tuple(replayed_rows()))


def replayed_rows() -> Iterator[Row]:
    for name, recorded in json.loads(TABLE.read_text())["entries"].items():
        call = recorded.get("call") or f"m({', '.join(recorded['t'])})"
        mode = "m.train()" if "mode" in recorded else "m.eval()"
        program = f"import torch\nimport torch.nn.functional as F\nm = {recorded['src']}\n{mode}\nout = {call}\n"
        yield Row(name, recorded, replay(program, recorded["t"]))


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def test_layers_that_run_have_the_recorded_shapes_and_counts() -> None:
    running = [row for row in rows() if not row.raises]
    assert share(sum(row.is_equal for row in running), len(running)) >= EQUAL


def test_layers_that_raise_are_rejected() -> None:
    raising = [row for row in rows() if row.raises]
    assert share(sum(row.replayed.is_rejected for row in raising), len(raising)) >= REJECTED


def test_layers_that_run_are_not_rejected() -> None:
    running = [row for row in rows() if not row.raises]
    assert share(sum(not row.replayed.is_rejected for row in running), len(running)) >= ACCEPTED


def test_every_difference_is_known() -> None:
    assert {row.name for row in rows() if not row.is_equal} == set(DIFFERENCES)


def main() -> None:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows():
        counts[row.family][("raises" if row.raises else "runs") + (" alike" if row.is_equal else " otherwise")] += 1
    for family, found in counts.items():
        print(f"{family:24}", ", ".join(f"{kind} {count}" for kind, count in sorted(found.items())))
    for row in rows():
        if not row.is_equal:
            print(row.name, row.recorded["src"], row.recorded.get("out", row.recorded.get("err")), plain(row.replayed.value), row.replayed)


if __name__ == "__main__":
    main()
