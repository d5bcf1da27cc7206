"""Whether the input sizes that cnnlint says a model takes are those it takes: `python benchmarks/input_sizes.py TABLE SOURCES TORCH`.

TABLE is the recorded table of torchvision, SOURCES the folder that holds its unpacked sources, TORCH an interpreter that has torch and
torchvision. Of every `--every`-th image model of which no condition is unknown, `--sizes` pairs (height, width) are tried, half of them
near the least size: does torch run the model on the CPU exactly where cnnlint says so, and is the output's shape the one that its
formulas give? Printed are the disagreements, how many models are left out because some condition is not known, and the
time that solving took.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import subprocess
import time

from cnnlint.dims import Expression, evaluate
from cnnlint.errors import CnnlintError
from cnnlint.graph import Model
from cnnlint.interpreter import Analyser, Target
from cnnlint.registry import load_registry
from cnnlint.solver import solve
from cnnlint.source import StatedInput, StatedShape, on_large_stack

RUN = """
import importlib, json, sys, types, warnings
warnings.simplefilter("ignore")
sys.modules["torchvision._meta_registrations"] = types.ModuleType("m")
import torch
for builder, kwargs, sizes in json.load(sys.stdin):
    module, _, name = builder.rpartition(".")
    model = getattr(importlib.import_module(module), name)(**kwargs).eval()
    found = []
    for height, width in sizes:
        try:
            with torch.no_grad():
                output = model(torch.zeros(1, 3, height, width))
            found.append(list((output["out"] if isinstance(output, dict) else output).shape))
        except Exception:
            found.append(None)
    print(json.dumps(found), flush=True)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("sources", type=pathlib.Path)
    parser.add_argument("torch", help="an interpreter that has torch and torchvision")
    parser.add_argument("--every", type=int, default=2)
    parser.add_argument("--sizes", type=int, default=12)
    parser.add_argument("--largest", type=int, default=260)
    options = parser.parse_args()
    on_large_stack(lambda: run(options))


def run(options: argparse.Namespace) -> None:
    entries = json.loads(options.table.read_text(encoding="utf-8"))["entries"].values()
    images = [entry for entry in entries if entry["kind"] in ("classification", "segmentation")][:: options.every]
    analyser = Analyser(load_registry(print), (options.sources,), with_sizes=True)
    chance = random.Random(0)
    asked, expected, incomplete, solving = [], [], 0, []
    for entry in images:
        model = symbolic(analyser, entry)
        sizes = None if model is None else model.input_sizes
        if model is None or sizes is None or not sizes.is_complete:
            incomplete += 1
            continue
        started = time.perf_counter()
        solve(sizes.found.demands, sizes.found.axes)
        solving.append(1000 * (time.perf_counter() - started))
        least = max(sizes.found.least(), default=1)
        near = [(max(1, least + chance.randint(-3, 3)), max(1, least + chance.randint(-3, 3))) for _ in range(options.sizes // 2)]
        far = [(chance.randint(1, options.largest), chance.randint(1, options.largest)) for _ in range(options.sizes - len(near))]
        asked.append((entry["builder"], entry["kwargs"], near + far))
        expected.append([outcome(model, *pair) for pair in near + far])
    child = subprocess.run([options.torch, "-c", RUN], input=json.dumps(asked), capture_output=True, text=True, check=True)
    wrong = pairs = rejected = 0
    for (builder, _, sizes), ours, line in zip(asked, expected, child.stdout.splitlines(), strict=True):
        for pair, mine, theirs in zip(sizes, ours, json.loads(line), strict=True):
            pairs, rejected = pairs + 1, rejected + (theirs is None)
            if mine != theirs:
                wrong += 1
                print(f"{builder} at {pair}: {mine} for {theirs}")
    print(f"{len(asked)} models, {pairs} pairs ({rejected} rejected by torch), {wrong} disagreements; {incomplete} models left out")
    print(f"solving: {sum(solving) / len(solving):.1f} ms on average, {max(solving):.1f} ms at most")


def symbolic(analyser: Analyser, entry: dict[str, object]) -> Model | None:
    """The model summarised with symbols for the sizes of its input."""
    module, _, name = str(entry["builder"]).rpartition(".")
    call = f"{name}(**{entry['kwargs']!r})"
    stated = (StatedInput(None, StatedShape(("batch", 3, "H", "W"), None)),)
    try:
        (model,) = analyser.summarise(Target(call, None, module, call), stated)
    except CnnlintError as error:
        print(f"{name}: {error}")
        return None
    return model


def outcome(model: Model, height: int, width: int) -> list[int] | None:
    """The shape that comes out for one image of this size; None where the model doesn't take it."""
    assert model.input_sizes is not None
    found = model.input_sizes.found
    values = {axis.symbol: {"batch": 1, "H": height, "W": width}[axis.name] for axis in found.axes}
    if not found.accepts(values) or model.outputs[0] is None:
        return None
    return [int(evaluate(size, values)) if isinstance(size, Expression) else size for size in model.outputs[0]]


if __name__ == "__main__":
    main()
