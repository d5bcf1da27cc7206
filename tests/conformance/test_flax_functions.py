"""Functions of JAX on small arrays, recorded from the real ones: the same shapes, or rejected alike, or not known here.

Rows: `data/flax_functions.json`, whose `meta` says what the fields mean. `python tests/conformance/test_flax_functions.py` prints the
rows that differ, and those that are not known.
"""

from __future__ import annotations

import functools
import json
import pathlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from cnnlint.source import on_large_stack
from tests.conformance.replay import Replayed, plain, replay

TABLE = pathlib.Path(__file__).parent / "data" / "flax_functions.json"
KNOWN, REJECTED = 0.85, 0.95
BEFORE = """
import jax
import jax.numpy as jnp
from flax import linen as nn

a, b, c, v = jnp.ones((2, 3, 4)), jnp.ones((2, 3, 4)), jnp.ones((4, 5)), jnp.ones((4,))
m, i, k = jnp.ones((2, 8, 8, 3)), jnp.zeros((2, 3), jnp.int32), jax.random.key(0)
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
    def raises(self) -> bool:
        return "err" in self.recorded

    @property
    def is_known(self) -> bool:
        """Whether the value is known in all its parts."""
        return "unknown" not in str(self.shown) and "..." not in str(self.shown) and "?" not in str(self.shown)

    @property
    def shown(self) -> object:
        return plain(self.replayed.value)

    @property
    def agrees(self) -> bool:
        """Whether nothing that is said here is wrong: what is not known is not said."""
        if self.raises or self.replayed.is_rejected:
            return self.raises or not self.replayed.is_rejected
        return not self.is_known or self.shown == self.recorded["out"]


@functools.cache
def rows() -> tuple[Row, ...]:
    return on_large_stack(lambda: tuple(replayed_rows()))


def replayed_rows() -> Iterator[Row]:
    for name, recorded in json.loads(TABLE.read_text(encoding="utf-8"))["entries"].items():
        yield Row(name, recorded, replay(f"{BEFORE}out = {recorded['src']}\n", {}, "flax"))


def test_what_is_said_is_right() -> None:
    assert {row.name for row in rows() if not row.agrees} == set(DIFFERENCES)


def test_most_results_are_known() -> None:
    running = [row for row in rows() if not row.raises]
    assert sum(row.is_known for row in running) >= KNOWN * len(running)


def test_what_raises_is_rejected() -> None:
    raising = [row for row in rows() if row.raises]
    assert sum(row.replayed.is_rejected for row in raising) >= REJECTED * len(raising)


def main() -> None:
    for row in rows():
        if not row.agrees:
            print("WRONG", row.name, row.recorded, row.shown, row.replayed.raised)
        elif row.raises and not row.replayed.is_rejected:
            print("passes", row.name, row.recorded)
        elif not row.raises and not row.is_known:
            print("not known", row.name, row.recorded["src"], row.shown)


if __name__ == "__main__":
    main()
