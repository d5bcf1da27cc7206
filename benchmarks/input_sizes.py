"""Whether the input sizes that cnnlint says a model takes are those it takes: `python benchmarks/input_sizes.py TABLE SOURCES TORCH`.

TABLE is the recorded table of torchvision or timm, SOURCES the folder that holds its unpacked sources, TORCH an interpreter that has
torch and that zoo. Of every `--every`-th image model (`--by-file`: of the one with the fewest MACs in each file) of which no condition
is unknown, `--sizes` pairs (height, width) are tried, half of them near the least size: does torch run the model on the CPU exactly
where cnnlint says so, and is the output's shape the one that its formulas give? Printed are the disagreements, which models are left
out because some condition is not known, and the time that solving took.

`--least` compares least sizes instead: the one that cnnlint infers for each classification model of torchvision, the `min_size` that
the model's own source states, and, as truth, whether torch runs the model at each of the two and at a pixel less.
"""

from __future__ import annotations

import argparse
import ast
import json
import pathlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence

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

def built(builder, kwargs):
    module, _, name = builder.rpartition(".")
    build = getattr(importlib.import_module(module), name)
    return build(**kwargs).eval()

for builder, kwargs, sizes in json.load(sys.stdin):
    model = built(builder, kwargs)
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
    parser.add_argument("torch", help="an interpreter that has torch and the zoo")
    parser.add_argument("--every", type=int, default=2)
    parser.add_argument("--by-file", action="store_true", help="the model with the fewest MACs in each file")
    parser.add_argument("--sizes", type=int, default=12)
    parser.add_argument("--largest", type=int, default=260)
    parser.add_argument("--least", action="store_true", help="compare least sizes with `min_size`")
    options = parser.parse_args()
    on_large_stack(lambda: compare_least(options) if options.least else compare_pairs(options))


def chosen(options: argparse.Namespace) -> list[dict[str, object]]:
    """The image models of the table that are tried."""
    entries = json.loads(options.table.read_text(encoding="utf-8"))["entries"].values()
    images = [entry for entry in entries if entry.get("kind", "classification") in ("classification", "segmentation")]
    if not options.by_file:
        return images[:: options.every]
    smallest: dict[str, dict[str, object]] = {}
    for entry in sorted(images, key=lambda entry: entry["macs"] or float("inf")):
        smallest.setdefault(entry["file"], entry)
    return list(smallest.values())


def compare_pairs(options: argparse.Namespace) -> None:
    analyser = Analyser(load_registry(print), (options.sources,), with_sizes=True)
    chance = random.Random(0)
    asked, expected, incomplete, solving = [], [], [], []
    for entry in chosen(options):
        model = symbolic(analyser, entry)
        sizes = None if model is None else model.input_sizes
        if model is None or sizes is None or not sizes.is_complete:
            incomplete.append(str(entry["builder"]).rpartition(".")[2])
            continue
        started = time.perf_counter()
        solve(sizes.found.demands, sizes.found.axes)
        solving.append((1000 * (time.perf_counter() - started), str(entry["builder"]).rpartition(".")[2]))
        least = max(sizes.found.least(), default=1)
        near = [(max(1, least + chance.randint(-3, 3)), max(1, least + chance.randint(-3, 3))) for _ in range(options.sizes // 2)]
        far = [(chance.randint(1, options.largest), chance.randint(1, options.largest)) for _ in range(options.sizes - len(near))]
        asked.append((entry["builder"], entry.get("kwargs", {}), near + far))
        expected.append([outcome(model, *pair) for pair in near + far])
    wrong = pairs = rejected = 0
    for (builder, _, sizes), ours, theirs in zip(asked, expected, ran(options.torch, asked), strict=True):
        for pair, mine, real in zip(sizes, ours, theirs, strict=True):
            pairs, rejected = pairs + 1, rejected + (real is None)
            if mine != real:
                wrong += 1
                print(f"{builder} at {pair}: {mine} for {real}")
    print(f"{len(asked)} models, {pairs} pairs ({rejected} rejected by torch), {wrong} disagreements")
    if incomplete:
        print(f"{len(incomplete)} models left out, of which some condition is not known: {', '.join(incomplete)}")
    slowest, name = max(solving)
    print(f"solving: {sum(taken for taken, _ in solving) / len(solving):.1f} ms on average, {slowest:.1f} ms at most ({name})")


def ran(torch: str, asked: Sequence[tuple[object, object, Sequence[tuple[int, int]]]]) -> Iterator[list[list[int] | None]]:
    """What torch gives: of each model the shapes that come out for its sizes, None where it raises."""
    with subprocess.Popen([torch, "-c", RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(json.dumps(asked))
        child.stdin.close()
        yield from map(json.loads, child.stdout)


def symbolic(analyser: Analyser, entry: Mapping[str, object]) -> Model | None:
    """The model summarised with symbols for the sizes of its input."""
    module, _, name = str(entry["builder"]).rpartition(".")
    call = f"{name}(**{entry.get('kwargs', {})!r})"
    stated = (StatedInput(None, StatedShape(("batch", 3, "H", "W"), None)),)
    try:
        (model,) = analyser.summarise(Target(call, None, module, call), stated)
    except CnnlintError as error:
        print(f"{name}: {error}", file=sys.stderr)
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


# Least sizes


def compare_least(options: argparse.Namespace) -> None:
    entries = json.loads(options.table.read_text(encoding="utf-8"))["entries"].values()
    models = [entry for entry in entries if entry["kind"] == "classification"]
    analyser = Analyser(load_registry(print), (options.sources,), with_sizes=True)
    asked, rows = [], []
    for entry in models:
        module, _, name = entry["builder"].rpartition(".")
        model = symbolic(analyser, entry)
        sizes = None if model is None else model.input_sizes
        inferred = max(sizes.found.least()) if sizes is not None and sizes.is_complete else None
        stated = min_size(options.sources / (module.replace(".", "/") + ".py"), name)
        tried = sorted({size for least in (inferred, stated) if least is not None for size in (least - 1, least) if size > 0})
        asked.append((entry["builder"], entry["kwargs"], [(size, size) for size in tried]))
        rows.append(
            (
                module.rpartition(".")[2],
                inferred,
                stated,
                tried,
                "not all conditions are known" if inferred is None or sizes is None else sizes.text,
            )
        )
    agreeing = other = 0
    lines: dict[str, int] = {}
    for (module, inferred, stated, tried, text), shapes in zip(rows, ran(options.torch, asked), strict=True):
        runs = {size: shape is not None for size, shape in zip(tried, shapes, strict=True)}
        is_true = inferred is not None and runs[inferred] and not runs.get(inferred - 1, False)
        agreeing, other = agreeing + is_true, other + (inferred != stated)
        truth = ", ".join(f"{size} {'runs' if taken else 'fails'}" for size, taken in runs.items())
        line = f"{module:18} {inferred!s:>8} {stated!s:>8}  {truth:42} {text}{'' if is_true else '  WRONG'}"
        lines[line] = lines.get(line, 0) + 1
    print(f"models {'module':18} inferred min_size  torch at these and one less")
    for line, count in lines.items():
        print(f"{count:6} {line}")
    print(f"{len(rows)} models; inferred is true of {agreeing}; `min_size` is another number for {other}")


def min_size(file: pathlib.Path, builder: str) -> int | None:
    """The larger side of the `min_size` that the weights of a builder state in its source; None where none do."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == builder)
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    weights = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name in names and node.name.endswith("_Weights")]
    for cls in weights:
        for part in with_shared(tree, cls):
            for found in ast.walk(part):
                if isinstance(found, ast.Dict):
                    for key, value in zip(found.keys, found.values, strict=True):
                        if isinstance(key, ast.Constant) and key.value == "min_size":
                            return int(max(ast.literal_eval(value)))
    return None


def with_shared(tree: ast.Module, part: ast.AST) -> Iterator[ast.AST]:
    """A part of a module, and the values of the variables of the module that it mentions, and those that these mention."""
    yield part
    mentioned = {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and mentioned & set(targets(node)):
            yield from with_shared(tree, node.value)


def targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    all_targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in all_targets if isinstance(target, ast.Name)]


if __name__ == "__main__":
    main()
