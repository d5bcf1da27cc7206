"""Records what layers give in the real framework: `python benchmarks/record_layers.py FRAMEWORK`, with one that has it installed.

The table `tests/conformance/data/FRAMEWORK_layers.json` says itself which layers are built, as source text, and on which input each
is called; their shapes and counts, or what they raise, are written into it.
"""

from __future__ import annotations

import importlib
import json
import pathlib
import sys
from typing import Any

DATA = pathlib.Path(__file__).resolve().parent.parent / "tests" / "conformance" / "data"


def equinox_calls() -> tuple[dict[str, Any], Any]:
    """The names that a layer's text may use, and a function that gives the output's shape and the parameters."""
    equinox, jax, numpy = (importlib.import_module(name) for name in ("equinox", "jax", "jax.numpy"))

    def call(layer: Any, shape: list[int]) -> tuple[list[int], int]:
        arrays = jax.tree_util.tree_leaves(equinox.filter(layer, equinox.is_inexact_array))
        is_index = isinstance(layer, equinox.nn.Embedding)
        inference = equinox.nn.inference_mode(layer)
        out = inference(numpy.zeros(shape, dtype="int32" if is_index else "float32"))
        return list(out.shape), sum(array.size for array in arrays)

    return {"nn": equinox.nn, "eqx": equinox, "jax": jax, "key": jax.random.PRNGKey(0)}, call


def paddle_calls() -> tuple[dict[str, Any], Any]:
    """As `equinox_calls`."""
    paddle = importlib.import_module("paddle")

    def call(layer: Any, shape: list[int]) -> tuple[list[int], int]:
        is_index = isinstance(layer, paddle.nn.Embedding)
        layer.eval()
        out = layer(paddle.zeros(shape, dtype="int64" if is_index else "float32"))
        count = sum(int(parameter.size) for parameter in layer.parameters())
        return list(out.shape), count

    return {"nn": paddle.nn, "paddle": paddle}, call


def main() -> None:
    name = sys.argv[1]
    path = DATA / f"{name}_layers.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    names, call = {"equinox": equinox_calls, "paddle": paddle_calls}[name]()
    table["meta"]["version"] = importlib.import_module(name).__version__
    for entry in table["entries"].values():
        for key in ("out", "params", "err"):
            entry.pop(key, None)
        try:
            entry["out"], entry["params"] = call(eval(entry["layer"], dict(names)), entry["input"])  # noqa: S307  # our own text
        except Exception as error:  # noqa: BLE001  # whatever the framework raises is what is recorded
            entry["err"] = type(error).__name__
    rows = ",\n".join(f"{json.dumps(key)}: {json.dumps(entry)}" for key, entry in table["entries"].items())
    path.write_text(f'{{"meta": {json.dumps(table["meta"])}, "entries": {{\n{rows}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
