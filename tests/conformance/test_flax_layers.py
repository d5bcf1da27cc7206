"""Layers recorded from the real Flax give the same shapes and counts here, or are rejected alike.

Rows: `data/flax_layers.json`, whose `meta` says what the fields mean. `python tests/conformance/test_flax_layers.py` prints the
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

TABLE = pathlib.Path(__file__).parent / "data" / "flax_layers.json"
EQUAL, REJECTED, ACCEPTED = 0.99, 0.95, 0.995

DIFFERENCES: Mapping[str, str] = {
    "X150": "two strides for a kernel of one axis: only the shape was evaluated; a real call fails when XLA compiles it",
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
        return f"{self.recorded['api']}.{self.recorded['cls']}"

    @property
    def raises(self) -> bool:
        return "err" in self.recorded

    @property
    def is_equal(self) -> bool:
        """Whether Flax and this agree: in the shape, in the parameters, and in the elements of all other collections."""
        found, want = self.replayed, self.recorded
        if self.raises or found.is_rejected:
            return self.raises and found.is_rejected
        counts = (None, None) if want["api"] == "func" else (want["params"], sum(want.get("other", {}).values()))
        return bool(plain(found.value) == want["out"]) and (found.params, found.buffers) == counts


@functools.cache
def rows() -> tuple[Row, ...]:
    return on_large_stack(lambda: tuple(replayed_rows()))


def replayed_rows() -> Iterator[Row]:
    for name, recorded in json.loads(TABLE.read_text(encoding="utf-8"))["entries"].items():
        yield Row(name, recorded, replay(program(recorded), {}, "flax"))


def program(recorded: Mapping[str, Any]) -> str:
    """The call as a program that binds `out`: a module of linen runs by `init`, of nnx by itself."""
    lines = ["import jax", "import jax.numpy as jnp", "import flax.linen as nn", "from flax import nnx"]
    names = [f"x{number}" for number in range(len(recorded["in"]))]
    for name, given in zip(names, recorded["in"], strict=True):
        dtype, sizes = given if given and isinstance(given[0], str) else ("float32", given)
        lines.append(f"{name} = jnp.ones({tuple(sizes)!r}, dtype={dtype!r})")
    match recorded["api"]:
        case "func":
            lines.append(f"out = {recorded['src']}")
        case "linen":
            lines.append(f"m = {recorded['src']}")
            lines.append(f"out, variables = m.init_with_output(jax.random.key(0), {', '.join(names)})")
        case _:
            lines.append(f"m = {recorded['src']}")
            lines.append(f"out = m({', '.join(names)})")
    return "\n".join(lines) + "\n"


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
        print(f"{family:40}", ", ".join(f"{kind} {count}" for kind, count in sorted(found.items())))
    for row in rows():
        if not row.is_equal:
            want = row.recorded
            print(row.name, want["src"], want["in"], want.get("out", want.get("err")), want.get("params"))
            print("     ", plain(row.replayed.value), row.replayed)


if __name__ == "__main__":
    main()
