"""How often each rule fires on a model zoo: `python benchmarks/zoo_rules.py TABLE SOURCES [--select CODES] [--list CODES]`.

TABLE and SOURCES are those of `zoo.py`. For every model a file is written that builds it and calls it with two examples, and that file
is checked with SOURCES as the project's own. Prints for each rule that fired in how many models and at how many places of the sources
it did, and the share of layer calls whose shapes were fully known beside, of the models that the file calls itself.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from zoo import is_known, states_inputs

from cnnlint.analysing import Run, outcome_of
from cnnlint.discovery import FoundFile
from cnnlint.graph import Model
from cnnlint.interpreter import Analyser
from cnnlint.plugin import Rule
from cnnlint.registry import load_registry
from cnnlint.selection import chosen_rules
from cnnlint.source import on_large_stack


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("sources", type=pathlib.Path)
    parser.add_argument("--select", default="ALL", help="the rules that run")
    parser.add_argument("--list", default="", help="codes or beginnings of codes whose findings are printed")
    parser.add_argument("--only", default="", help="only entries or files that contain this text")
    options = parser.parse_args()
    on_large_stack(lambda: run(options))


def run(options: argparse.Namespace) -> None:
    entries = json.loads(options.table.read_text(encoding="utf-8"))["entries"]
    chosen = {name: entry for name, entry in entries.items() if options.only in name or options.only in entry["file"]}
    registry = load_registry(print)
    rules = chosen_rules(registry.rules, tuple(options.select.split(",")), ())
    settings = Run(registry, rules, (options.sources,))
    analyser = Analyser(registry, (options.sources,))
    models: defaultdict[str, set[str]] = defaultdict(set)
    places: defaultdict[str, set[str]] = defaultdict(set)
    calls = known = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, entry) in enumerate(chosen.items()):
            path = pathlib.Path(folder) / f"model_{number}.py"
            path.write_text(program(entry), encoding="utf-8")
            outcome = outcome_of(FoundFile(path, path.name, is_named=True), settings, analyser)
            if outcome.fault:
                print(f"{name}: {outcome.fault}")
            for model in filter(is_called_with_numbers, outcome.models):
                calls += len(model.calls)
                known += sum(is_known(call) for call in model.calls)
            for found in outcome.diagnostics:
                place = f"{name if found.place.path == path.name else found.place.path}:{found.place.span.line}"
                models[found.code].add(name)
                places[found.code].add(place)
                if options.list and found.code.startswith(tuple(options.list.split(","))):
                    print(f"{name}: {place}: {found.code} {found.message}", flush=True)
    report(rules, models, places, len(chosen))
    print(f"\n{known}/{calls} = {known / max(calls, 1):.1%} of the layer calls are fully known")


def is_called_with_numbers(model: Model) -> bool:
    """Whether a model is one that the file calls, and not a part of one that is shown with an input of open sizes."""
    shapes = [shape for shape in model.inputs if shape is not None]
    return bool(shapes) and all(not shape.leading and all(isinstance(size, int) for size in shape.dims) for shape in shapes)


def program(entry: Mapping[str, Any]) -> str:
    """A file that builds a model of a table and calls it, or the part of it that the table tells of."""
    module, _, function = str(entry["builder"]).rpartition(".")
    if states_inputs(entry):
        return f"from {module} import {function}\n\nmodel = {function}(weights=None)\n"
    keywords = ", ".join(f"{key}={value!r}" for key, value in dict(entry.get("kwargs") or {}).items())
    shapes = [list(shape) for shape in entry.get("input") or [[1, *entry["input_size"]]]]
    inputs = ", ".join(f"torch.zeros({[2, *shape[1:]] if shape[0] == 1 else shape})" for shape in shapes)
    part = str(entry.get("forward_of") or "model")
    build = f"model = {function}({keywords})\nmodel.eval()\n{part}({inputs})\n"
    return f"import torch\nfrom {module} import {function}\n\n{build}"


def report(rules: tuple[type[Rule], ...], models: Mapping[str, set[str]], places: Mapping[str, set[str]], count: int) -> None:
    width = max((len(rule.name) for rule in rules if rule.code in models), default=4)
    print(f"{'rule':{width + 7}}  severity  models of {count:<5}  places")
    for rule in rules:
        if rule.code in models:
            print(f"{rule.code} {rule.name:{width}}  {rule.severity:8}  {len(models[rule.code]):15}  {len(places[rule.code]):6}")


if __name__ == "__main__":
    main()
