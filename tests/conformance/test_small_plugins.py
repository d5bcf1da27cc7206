"""Layers of the frameworks whose plugins are mostly tables give the recorded shapes and counts, or are rejected alike.

Rows: `data/equinox_layers.json` and its like, whose `meta` says what the fields mean; `benchmarks/record_layers.py` records them.
"""

from __future__ import annotations

import functools
import json
import pathlib
from collections.abc import Mapping
from typing import Any

import pytest

from cnnlint.source import on_large_stack
from tests.conformance.replay import plain, replay

DATA = pathlib.Path(__file__).parent / "data"
PROGRAMS = {
    "equinox": "import equinox as eqx\nimport jax\nfrom equinox import nn\nkey = jax.random.PRNGKey(0)\nm = {layer}\nout = m(x)\n",
    "paddle": "import paddle\nfrom paddle import nn\nm = {layer}\nout = m(x)\n",
}
ARRAYS = {"equinox": "flax", "paddle": "paddle"}
DIFFERENCES: Mapping[str, Mapping[str, str]] = {"equinox": {}, "paddle": {}}
"""Rows that are known not to agree, with the reason; a mended one must leave the list."""


@functools.cache
def differing(framework: str) -> dict[str, str]:
    """The rows that don't agree, with what is recorded and what is found."""
    entries: dict[str, Any] = json.loads((DATA / f"{framework}_layers.json").read_text(encoding="utf-8"))["entries"]
    found = {}
    for name, entry in entries.items():
        program = PROGRAMS[framework].format(layer=entry["layer"])
        got = on_large_stack(lambda program=program, entry=entry: replay(program, {"x": entry["input"]}, ARRAYS[framework]))  # type: ignore[misc]
        wanted = (entry.get("out"), entry.get("params"))
        agrees = got.is_rejected if "err" in entry else not got.is_rejected and (plain(got.value), got.params) == wanted
        if not agrees:
            shown = got.raised or got.reported or (plain(got.value), got.params)
            found[name] = f"{entry['layer']} on {entry['input']}: {entry.get('err') or wanted}, but {shown}"
    return found


@pytest.mark.parametrize("framework", PROGRAMS)
def test_every_row_agrees_but_the_known_ones(framework: str) -> None:
    different = differing(framework)
    assert set(different) == set(DIFFERENCES[framework]), "\n".join(different.values())
