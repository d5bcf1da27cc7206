"""Expressions recorded from the real NumPy give the same results here, or are rejected alike.

Rows: `data/numpy.json`, recorded by `benchmarks/record_numpy.py`, whose `meta` says what the fields mean.
`python tests/conformance/test_numpy.py [table]` prints the counts of each family and the rows that differ.
"""

from __future__ import annotations

import functools
import json
import math
import pathlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

import pytest

from cnnlint.values import FrameworkNumber, ListValue, Tensor, Unknown
from tests.conformance.replay import Replayed, plain, replay

TABLE = pathlib.Path(__file__).parent / "data" / "numpy.json"
KNOWN = 0.9
"""The share of results whose elements must be known, apart from those of the C library's functions, which single precision leaves open."""

DIFFERENCES: Mapping[str, str] = {}
"""Rows that are known not to agree, with the reason; a mended one must leave the list."""


@dataclass(frozen=True)
class Row:
    """A recorded expression and what became of it here."""

    name: str
    recorded: Mapping[str, Any]
    replayed: Replayed

    @property
    def verdict(self) -> str:
        """`equal`, `unknown` where nothing wrong is said but not all, or `wrong`."""
        if "err" in self.recorded:
            if self.replayed.is_rejected:
                return "equal"
            return "unknown" if is_open(self.replayed.value) else "wrong"
        if self.replayed.is_rejected:
            return "wrong"
        return compared(self.replayed.value, self.recorded["out"], "last_bit" in self.recorded)


def is_open(value: object) -> bool:
    return isinstance(value, Unknown) or (isinstance(value, Tensor) and value.values is None)


def compared(value: object, expected: Mapping[str, Any], may_differ: bool) -> str:
    if isinstance(value, Unknown):
        return "unknown"
    if "seq" in expected:
        items = value.contents if isinstance(value, ListValue) else value
        if isinstance(items, Unknown):
            return "unknown"
        if not isinstance(items, (tuple, list)) or len(items) != len(expected["seq"]):
            return "wrong"
        found = {compared(item, other, may_differ) for item, other in zip(items, expected["seq"], strict=True)}
        return next((verdict for verdict in ("wrong", "unknown") if verdict in found), "equal")
    if "array" in expected:
        if not isinstance(value, Tensor):
            return "wrong"
        return compared_array(value, expected, may_differ)
    if "scalar" in expected:
        if not isinstance(value, (FrameworkNumber, bool)):
            return "wrong"
        kind = value.kind if isinstance(value, FrameworkNumber) else "bool"
        number = float(value) if isinstance(value, float) else bool(value) if kind == "bool" else int(value)
        return "equal" if kind == expected["scalar"] and same(number, expected["value"], may_differ) else "wrong"
    if isinstance(value, FrameworkNumber):
        return "wrong"
    return "equal" if same(value, expected["python"], may_differ) else "wrong"


def compared_array(value: Tensor, expected: Mapping[str, Any], may_differ: bool) -> str:
    shape = value.shape
    if shape.leading:
        return "unknown"
    if len(shape.dims) != len(expected["shape"]):
        return "wrong"
    if any(isinstance(a, int) and a != b for a, b in zip(shape.dims, expected["shape"], strict=True)):
        return "wrong"
    if value.dtype is not None and value.dtype != expected["array"]:
        return "wrong"
    if value.values is None or value.dtype is None:
        return "unknown"
    pairs = zip(value.values, expected["values"], strict=True)
    return "equal" if all(same(number, text, may_differ) for number, text in pairs) else "wrong"


def same(number: object, text: str, may_differ: bool) -> bool:
    if repr(number) == text:
        return True
    if may_differ and isinstance(number, float) and not isinstance(number, bool):
        return math.isclose(number, float(text), rel_tol=4e-16)
    return False


def program(row: Mapping[str, Any]) -> str:
    return f"import numpy as np\nout = {row['code']}\n"


@functools.cache
def rows(table: pathlib.Path = TABLE) -> tuple[Row, ...]:
    entries = json.loads(table.read_text())["entries"]
    return tuple(Row(name, recorded, replay(program(recorded), {})) for name, recorded in entries.items())


def families() -> Iterator[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows():
        found[row.recorded["family"]].append(row)
    yield from found.items()


def test_no_row_differs() -> None:
    wrong = {row.name: row.recorded["code"] for row in rows() if row.verdict == "wrong"}
    assert sorted(wrong) == sorted(DIFFERENCES), {name: code for name, code in wrong.items() if name not in DIFFERENCES}


@pytest.mark.parametrize("family", sorted({row["family"] for row in json.loads(TABLE.read_text())["entries"].values()}))
def test_most_elements_are_known(family: str) -> None:
    found = [row for row in dict(families())[family] if "last_bit" not in row.recorded]
    equal = sum(row.verdict == "equal" for row in found)
    assert equal >= KNOWN * len(found)


BESIDE_TORCH = {
    "nn.Linear(np.prod((3, 4)), 5)(torch.ones(2, 12))": [2, 5],
    "nn.Linear(np.float64(3.0), 5)(torch.ones(2, 3))": None,
    "nn.Conv2d(np.int64(3), np.int32(4), np.int64(3), padding=np.int64(1))(torch.ones(1, 3, 8, 8))": [1, 4, 8, 8],
    "nn.Conv2d(3, 4, (np.int64(3), np.int64(3)), stride=np.int64(2))(torch.ones(1, 3, 8, 8))": [1, 4, 3, 3],
    "nn.Conv2d(3, 4, 3, stride=np.float64(2.0))(torch.ones(1, 3, 8, 8))": None,
    "nn.Upsample(scale_factor=np.float64(2.0))(torch.ones(1, 3, 8, 8))": [1, 3, 16, 16],
    "torch.zeros((np.int64(3), np.int32(2)))": [3, 2],
    "torch.zeros(np.float64(3.0))": None,
    "torch.ones(12).view(np.int64(3), -1)": [3, 4],
    "torch.zeros(tuple(np.array([2, 3])))": [2, 3],
    "torch.tensor([np.array([1.0, 2.0]), np.array([1.0, 2.0])])": [2, 2],
    "torch.from_numpy(np.ones((2, 3)))": [2, 3],
    "torch.from_numpy(3)": None,
    "torch.Tensor(np.ones((2, 3)))": [2, 3],
    "torch.ones(4)[np.array([1, 2])]": [2],
    "torch.ones(2, 3) * np.float64(2.0)": [2, 3],
    "nn.Sequential(*[nn.Linear(2, 2) for _ in range(np.int64(2))])(torch.ones(1, 2))": [1, 2],
}
"""What PyTorch makes of NumPy's scalars and arrays: the shape, or None where it raises."""


@pytest.mark.parametrize("code", BESIDE_TORCH)
def test_numbers_beside_torch(code: str) -> None:
    found = replay(f"import numpy as np\nimport torch\nfrom torch import nn\nout = {code}\n", {})
    expected = BESIDE_TORCH[code]
    assert found.is_rejected if expected is None else plain(found.value) == expected and not found.is_rejected


if __name__ == "__main__":
    table = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(table):
        counts[row.recorded["family"]][row.verdict] += 1
    for family, count in counts.items():
        print(f"{family:12} {dict(count)}")
    for row in rows(table):
        if row.verdict != "equal":
            value = row.replayed.value
            shown = (value.dtype, value.shape, value.values) if isinstance(value, Tensor) else value
            print(row.verdict, row.name, row.recorded["code"], row.recorded.get("out", row.recorded.get("err")), shown, row.replayed.raised)
