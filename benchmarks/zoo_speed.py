"""Time and memory of torchvision's classification models in one cold process: `python benchmarks/zoo_speed.py TABLE SOURCES TORCH`.

TABLE is the recorded table of torchvision, SOURCES the folder that holds its unpacked sources, TORCH an interpreter that has torch and
torchvision. Each line is a process of its own, all with compiled bytecode: torch building and running every builder but RegNet (which
can't be built on the meta device) under `torch.device("meta")`; cnnlint's summary of the same, with nothing kept and with the sources
parsed by an earlier run, as by default; and of all. Printed: seconds of processor time and of the clock, the peak of resident memory, and
the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass

META = """
import importlib, json, sys, types
sys.modules["torchvision._meta_registrations"] = types.ModuleType("m")
import torch
for builder, kwargs, sizes in json.load(sys.stdin):
    module, _, name = builder.rpartition(".")
    with torch.device("meta"), torch.no_grad():
        model = getattr(importlib.import_module(module), name)(**kwargs).eval()
        model(torch.zeros(sizes))
"""


SHAPES = """
import gc, json, pathlib, sys
gc.disable()  # as the command does while it is imported
from cnnlint.analysing import collect_rarely
from cnnlint.interpreter import Analyser, Target
from cnnlint.registry import load_registry
from cnnlint.source import StatedInput, StatedShape, on_large_stack

def run():
    collect_rarely()  # as the command does
    cache = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    analyser = Analyser(load_registry(print), (pathlib.Path(sys.argv[1]),), cache=cache)
    for builder, kwargs, sizes in json.load(sys.stdin):
        module, _, name = builder.rpartition(".")
        call = f"{name}(**{kwargs!r})"
        (model,) = analyser.summarise(Target(call, None, module, call), (StatedInput(None, StatedShape(tuple(sizes), None)),))
        assert model.exact, builder
    analyser.save()

on_large_stack(run)
"""


@dataclass(frozen=True)
class Cost:
    """Of a process: seconds of processor time and of the clock, the peak of its resident memory in MB."""

    processor: float
    clock: float
    memory: float

    def __str__(self) -> str:
        return f"{self.processor:6.2f} s processor  {self.clock:6.2f} s clock  {self.memory:5.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("sources", type=pathlib.Path)
    parser.add_argument("torch", help="an interpreter that has torch and torchvision")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    entries = json.loads(options.table.read_text(encoding="utf-8"))["entries"].values()
    models = [entry for entry in entries if entry["kind"] == "classification"]
    chosen = [entry for entry in models if not entry["file"].endswith("regnet.py")]
    every, given = (json.dumps([(entry["builder"], entry["kwargs"], entry["input"][0]) for entry in some]) for some in (models, chosen))
    shapes = [sys.executable, "-c", SHAPES, str(options.sources)]
    with tempfile.TemporaryDirectory() as kept:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONWARNINGS"] = "ignore"
        cost([*shapes, kept], given)  # parses, and compiles what is not compiled
        for _ in range(options.runs):
            theirs = cost([options.torch, "-c", META], given)
            print(f"torch on meta, {len(chosen)} models:     {theirs}")
            for name, command in (("nothing kept:  ", shapes), ("sources parsed:", [*shapes, kept])):
                ours = cost(command, given)
                faster = f"{theirs.processor / ours.processor:.2f} times faster by processor, {theirs.clock / ours.clock:.2f} by the clock"
                print(f"cnnlint, {name}        {ours}  {faster}")
        print(f"cnnlint, all {len(models)}, nothing kept: {cost(shapes, every)}")


def cost(command: Sequence[str], given: str) -> Cost:
    """Runs a command to its end, with `given` on its standard input."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin is not None
    process.stdin.write(given.encode())
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} ended with status {status}")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes on macOS, kibibytes elsewhere
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss * unit / 1e6)


if __name__ == "__main__":
    main()
