"""Agreement with a table recorded from the real framework, over a model zoo's sources: `python benchmarks/zoo.py TABLE SOURCES`.

TABLE is a JSON file of entries `{builder, kwargs, params, buffer_elems, input, output, layers}`; SOURCES the folder that holds the
unpacked package. Of Keras's tables, whose models state their inputs themselves, every builder is called without weights. Prints per
family: models; agreement of parameters, of those that are trained, of buffers, output and layer table; the share of layer calls whose
shapes are fully known; seconds; the share of the step budget that the hardest model takes; and for each disagreement the first differing
layer and the first unknown cause.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cnnlint.dims import Dim, Expression, Shape, symbols
from cnnlint.errors import CnnlintError
from cnnlint.graph import LayerCall, Model, Place
from cnnlint.interpreter import Analyser, Target
from cnnlint.interpreter.entries import FileEntry
from cnnlint.interpreter.machine import STEPS
from cnnlint.registry import load_registry
from cnnlint.source import NotAnalysed, StatedInput, StatedShape, on_large_stack

MEASURES = ("params", "trainable", "buffers", "output", "layers")
WITHOUT_WEIGHTS = {"weights": None}
NAMES = {"NonDynamicallyQuantizableLinear": "Linear"}


@dataclass
class Family:
    """The counts of one source file of the zoo."""

    models: int = 0
    agree: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    known: int = 0
    errors: int = 0
    seconds: float = 0.0
    steps: int = 0


class Steps:
    """Counts the steps of the interpreter, of which each thing that an analysis evaluates has a budget."""

    def __init__(self) -> None:
        self.most = 0
        within_budget = FileEntry.within_budget

        def counted(entry: FileEntry, evaluated: Callable[[], object], steps: int = STEPS) -> None:
            try:
                within_budget(entry, evaluated, steps)
            finally:
                self.most = max(self.most, steps - entry.machine.steps)

        FileEntry.within_budget = counted  # type: ignore[method-assign]

    def taken(self) -> int:
        """The most that one thing took since this was asked last."""
        most, self.most = self.most, 0
        return most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("sources", type=pathlib.Path)
    parser.add_argument("--only", default="", help="only entries or files that contain this text")
    parser.add_argument("--verbose", action="store_true", help="print every model")
    options = parser.parse_args()
    on_large_stack(lambda: run(options))


def run(options: argparse.Namespace) -> None:
    entries = json.loads(options.table.read_text(encoding="utf-8"))["entries"]
    chosen = {name: entry for name, entry in entries.items() if options.only in name or options.only in entry["file"]}
    families: defaultdict[str, Family] = defaultdict(Family)
    analyser = Analyser(load_registry(print), (options.sources,))
    notes: list[str] = []
    steps = Steps()
    for name, entry in chosen.items():
        family = families[entry["file"]]
        started = time.process_time()
        note = compare(analyser, entry, family)
        family.seconds += time.process_time() - started
        family.steps = max(family.steps, steps.taken())
        family.models += 1
        if note:
            notes.append(f"{name}: {note}")
        if options.verbose:
            print(f"{name}: {note or 'equal'}", flush=True)
    report(families, notes)


def compare(analyser: Analyser, entry: Mapping[str, object], family: Family) -> str:
    """Summarise one builder and compare with its entry; what differs first, or nothing."""
    module, _, function = str(entry["builder"]).rpartition(".")
    part = str(entry.get("forward_of") or "model").removeprefix("model")
    given = entry.get("kwargs") or (WITHOUT_WEIGHTS if states_inputs(entry) else {})
    keywords = ", ".join(f"{key}={value!r}" for key, value in dict(given).items())  # type: ignore[call-overload]
    text = f"{module}::{function}({keywords})"
    shapes = [] if states_inputs(entry) else entry.get("input") or [[1, *entry["input_size"]]]  # type: ignore[misc]
    stated = tuple(StatedInput(None, StatedShape(tuple(shape), None)) for shape in shapes)  # type: ignore[attr-defined]
    for measure in wanted(entry):
        family.asked[measure] += 1
    try:
        whole = f"{function}({keywords})"
        (model,) = analyser.summarise(Target(text, None, module, whole + part), stated)
        (owner,) = analyser.summarise(Target(text, None, module, whole), stated) if part else (model,)
    except (CnnlintError, NotAnalysed) as error:
        return str(error)
    family.calls += len(model.calls)
    family.known += sum(is_known(call) for call in model.calls)
    family.errors += model.error is not None
    found = differences(model, owner, entry)
    for measure in wanted(entry):
        family.agree[measure] += measure not in found
    if not found:
        return ""
    cause = f"; first unknown: {shown(model.unknown[0].place)}: {model.unknown[0].reason}" if model.unknown else ""
    error = f"; fails: {shown(model.error.place)}: {model.error.failure}" if model.error is not None else ""
    return "; ".join(found.values()) + cause + error


def states_inputs(entry: Mapping[str, object]) -> bool:
    """Whether an entry is one of Keras's tables."""
    return "non_trainable" in entry


def shown(place: Place) -> str:
    return f"{place.path}:{place.span.line}"


def wanted(entry: Mapping[str, object]) -> list[str]:
    """What an entry has to compare with."""
    keys = {"params": "params", "trainable": "trainable", "buffers": "buffer_elems", "output": "output", "layers": "layers"}
    return [measure for measure in MEASURES if entry.get(keys[measure]) is not None]


def is_known(call: LayerCall) -> bool:
    """Whether all sizes of a call are known but those that the model itself leaves open."""
    return all(shape is None or (not shape.leading and not any(is_unknown(dim) for dim in shape)) for shape in call.outputs)


def is_unknown(dim: Dim) -> bool:
    return isinstance(dim, Expression) and any(symbol.kind != "open" for symbol in symbols(dim))


def differences(model: Model, owner: Model, entry: Mapping[str, object]) -> dict[str, str]:
    """What differs: the counts are those of `owner`, the calls those of `model`, which may be a part of it."""
    found: dict[str, str] = {}
    if owner.params != entry["params"]:
        found["params"] = f"params {'' if owner.params_exact else '>= '}{owner.params} for {entry['params']}"
    if entry.get("trainable") is not None and owner.trainable_params != entry["trainable"]:
        found["trainable"] = f"trainable {owner.trainable_params} for {entry['trainable']}"
    if "buffer_elems" in entry and owner.buffers != entry["buffer_elems"]:
        found["buffers"] = f"buffers {owner.buffers} for {entry['buffer_elems']}"
    if entry.get("output") is not None and flat(entry["output"]) != [plain(shape) for shape in model.outputs]:
        found["output"] = f"output {[plain(shape) for shape in model.outputs]} for {entry['output']}"
    if entry.get("layers") is not None:
        rows = [one_count(row) for row in entry["layers"]] if states_inputs(entry) else entry["layers"]  # type: ignore[attr-defined]
        difference = first_difference(model, rows)  # type: ignore[arg-type]
        if difference:
            found["layers"] = difference
    return found


def one_count(row: list[Any]) -> list[object]:
    """A row of Keras's tables, where the parameters that are trained stand apart from the others, with all of them."""
    name, kind, inputs, output, trained, others, *macs = row
    return [name, kind, [inputs] if inputs and not isinstance(inputs[0], list) else inputs, output, trained + others, *macs]


def flat(output: object) -> list[object]:
    """A recorded output's tensors in order."""
    if isinstance(output, dict) and set(output) == {"map"}:
        return flat(output["map"])
    if isinstance(output, dict) and set(output) == {"seq"}:
        return flat(output["seq"])
    if isinstance(output, dict):
        return [shape for value in output.values() for shape in flat(value)]
    if isinstance(output, list) and output and is_shape(output):
        return [output]
    return [shape for item in output for shape in flat(item)] if isinstance(output, list) else [output]


def is_shape(value: list[object]) -> bool:
    """Whether a list is the sizes of a tensor, None for one that is left open."""
    return all(item is None or isinstance(item, int) for item in value) and any(isinstance(item, int) for item in value)


def plain(shape: Shape | None) -> object:
    if shape is None or shape.leading:
        return None
    return [dim if isinstance(dim, int) else None for dim in shape]


def first_difference(model: Model, rows: list[list[object]]) -> str:
    """The first row in which the layer tables differ: name, class, inputs, output, own parameters, MACs."""
    for number, row in enumerate(rows):
        if number >= len(model.calls):
            return f"layer {number} of {len(rows)}, {row[0]}, is missing"
        call = model.calls[number]
        name, kind, inputs, output, params, *macs = row
        ours = (call.layer.name, call.layer.type.rpartition(".")[2], call.layer.params)
        if ours != (name, kind, params):
            return f"layer {number}: {ours} for {(name, kind, params)}"
        if flat(output) != [plain(shape) for shape in call.outputs]:
            return f"layer {number}, {name}: output {[plain(shape) for shape in call.outputs]} for {output}"
        positional = [shape for shape in inputs if isinstance(shape, list)] if isinstance(inputs, list) else []
        given = [plain(shape) for shape in call.inputs if shape is not None]
        if positional and given[: len(positional)] != [shape for value in positional for shape in flat(value)][: len(given)]:
            return f"layer {number}, {name}: input {given} for {inputs}"
        if macs and call.macs != macs[0] and not isinstance(call.macs, Expression):  # the tables count 1 for a size that is left open
            return f"layer {number}, {name}: MACs {call.macs} for {macs[0]}"
    return f"{len(model.calls) - len(rows)} layers too many" if len(model.calls) > len(rows) else ""


def report(families: Mapping[str, Family], notes: list[str]) -> None:
    total = Family()
    width = max([len(name) for name in families] + [5])
    headings = "  ".join(f"{measure:>9}" for measure in MEASURES)
    print(f"{'family':{width}}  models  {headings}     known calls    errors  seconds   steps")
    for name, family in [*sorted(families.items()), ("total", total)]:
        cells = "  ".join(f"{family.agree[measure]:5}/{family.asked[measure]:<3}" for measure in MEASURES)
        share = f"{family.known / family.calls:.1%}" if family.calls else "-"
        calls = f"{family.known:6}/{family.calls:<6} {share:>6}"
        print(f"{name:{width}}  {family.models:6}  {cells}  {calls}  {family.errors:3}  {family.seconds:7.2f}  {family.steps / STEPS:6.2%}")
        total.models += family.models
        total.agree.update(family.agree)
        total.asked.update(family.asked)
        total.calls += family.calls
        total.known += family.known
        total.errors += family.errors
        total.seconds += family.seconds
        total.steps = max(total.steps, family.steps)
    for note in notes:
        print(note)


if __name__ == "__main__":
    main()
