"""Layers recorded from the real Keras give the same shapes and counts here, or are rejected alike.

Rows: `data/keras_layers.json`, whose `meta` says what the fields mean. `python tests/conformance/test_keras_layers.py` prints the
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

TABLE = pathlib.Path(__file__).parent / "data" / "keras_layers.json"
EQUAL, REJECTED, ACCEPTED = 0.99, 0.95, 0.995

DIFFERENCES: Mapping[str, str] = {
    "K1128": "values of another size than the keys fail on one backend only, so that it is no proven failure",
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
        """Whether the layer fails: where it is called on what `keras.Input` gives, or else in a real call."""
        return "err" in self.recorded or self.fails_really

    @property
    def fails_really(self) -> bool:
        """Whether a call on real numbers fails."""
        run = self.recorded.get("run")
        return isinstance(run, list) and isinstance(run[0], str)

    @property
    def is_torn(self) -> bool:
        """Whether only a symbolic call fails, and a real one does not: then either answer is right for some program."""
        return "err" in self.recorded and "run" in self.recorded and not self.fails_really

    @property
    def is_equal(self) -> bool:
        """Whether Keras and this agree."""
        found, want = self.replayed, self.recorded
        if self.is_torn:
            return True
        if self.raises or found.is_rejected:
            return self.raises and found.is_rejected
        counts = (found.trainable, None if found.params is None or found.trainable is None else found.params - found.trainable)
        shapes = [want["out"], *([with_batch(want["run"]["out"])] if isinstance(want.get("run"), dict) else [])]
        return open_sizes(plain(found.value)) in shapes and counts == (want["trainable"], want["non_trainable"])


def open_sizes(value: object) -> object:
    """A value as the table writes it, None for every size that is not a number."""
    if isinstance(value, dict):
        return {key: [open_sizes(item) for item in items] for key, items in value.items()}
    return [size if isinstance(size, int) else None for size in value] if isinstance(value, list) else value


def with_batch(shape: list[int]) -> list[int | None]:
    """The shape of a real call with the batch left open again."""
    return [None, *shape[1:]]


@functools.cache
def rows() -> tuple[Row, ...]:
    return on_large_stack(lambda: tuple(replayed_rows()))


def replayed_rows() -> Iterator[Row]:
    for name, recorded in json.loads(TABLE.read_text(encoding="utf-8"))["entries"].items():
        lines = ["import keras", f"m = layer = {recorded['src']}"]
        for number, given in enumerate(recorded["in"]):
            dtype, sizes = given if given and isinstance(given[0], str) else ("float32", given)
            lines.append(f"x{number} = keras.Input(batch_shape={tuple(sizes)!r}, dtype={dtype!r})")
        lines.append(f"out = {recorded.get('call', 'layer(x0)')}")
        yield Row(name, recorded, replay("\n".join(lines) + "\n", {}, "keras"))


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def test_layers_that_run_have_the_recorded_shapes_and_counts() -> None:
    running = [row for row in rows() if not row.raises]
    assert share(sum(row.is_equal for row in running), len(running)) >= EQUAL


def test_layers_that_raise_are_rejected() -> None:
    raising = [row for row in rows() if row.raises and not row.is_torn]
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
            print(
                row.name, row.recorded["src"], row.recorded["in"], row.recorded.get("out", row.recorded.get("err")), row.recorded.get("run")
            )
            print("     ", plain(row.replayed.value), row.replayed)


if __name__ == "__main__":
    main()
