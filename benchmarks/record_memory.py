"""Measure with PyTorch what models allocate: `python benchmarks/record_memory.py > tests/conformance/data/memory.json`.

Each model of tests/conformance/programs/memory.py is called without gradients under a mode that sees every function of PyTorch's that the
model calls: which storages it reads and which are new. A new one counts with all its bytes; it is live from the call that makes it, through
the last that reads it. `--zoo TABLE` measures torchvision's classification builders of a table as `benchmarks/zoo.py` takes it.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import pathlib
import sys
import types
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_flatten

PROGRAMS = pathlib.Path(__file__).parent.parent / "tests" / "conformance" / "programs" / "memory.py"
SHAPE = (2, 3, 32, 32)


class Allocations(TorchFunctionMode):
    """What each call reads and makes, by storage."""

    def __init__(self, model: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        self.weights = {key(tensor) for tensor in (*model.parameters(), *model.buffers())}
        self.bytes = {key(tensor): tensor.untyped_storage().nbytes() for tensor in inputs}
        self.steps: list[tuple[set[int], list[int]]] = []
        self.kept: list[object] = []  # else a storage's key could be another one's later

    def __torch_function__(self, function: Any, kinds: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None) -> Any:
        result = function(*args, **(kwargs or {}))
        made = tensors(result)
        if made:
            read = {key(tensor) for tensor in tensors((args, kwargs))}
            new = []
            for tensor in made:
                self.kept.append((tensor, tensor.untyped_storage()))
                if key(tensor) not in {*self.bytes, *self.weights, *read}:
                    self.bytes[key(tensor)] = tensor.untyped_storage().nbytes()
                    new.append(key(tensor))
            self.steps.append((read, new))
        return result


def tensors(value: object) -> list[torch.Tensor]:
    return [item for item in tree_flatten(value)[0] if isinstance(item, torch.Tensor)]


def key(tensor: torch.Tensor) -> int:
    return int(tensor.untyped_storage()._cdata)


def measured(model: torch.nn.Module, shape: tuple[int, ...]) -> dict[str, int]:
    """The bytes that a call makes in all, and those that are live at the most."""
    inputs = (torch.zeros(*shape),)
    model.eval()
    with torch.no_grad(), Allocations(model, inputs) as seen:
        output = model(*inputs)
    last = {storage: number for number, (read, new) in enumerate(seen.steps) for storage in (*read, *new)}
    last.update((key(tensor), len(seen.steps)) for tensor in tensors(output))
    live = {key(tensor): seen.bytes[key(tensor)] for tensor in inputs}
    total, peak = 0, sum(live.values())
    for number, (_, new) in enumerate(seen.steps):
        live.update((storage, seen.bytes[storage]) for storage in new)
        total += sum(seen.bytes[storage] for storage in new)
        peak = max(peak, sum(live.values()))
        live = {storage: size for storage, size in live.items() if last.get(storage, -1) > number}
    return {"total": total, "peak": peak}


def models_of(path: pathlib.Path) -> dict[str, Any]:
    """The classes of modules that a file defines, by name, in order."""
    spec = importlib.util.spec_from_file_location("measured", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: value for name, value in vars(module).items() if isinstance(value, type) and value.__module__ == "measured"}


def main() -> None:
    if sys.argv[1:2] == ["--zoo"]:
        entries = dict(of_zoo(json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))["entries"]))
        print(json.dumps({"meta": {"torch": torch.__version__, "unit": "bytes"}, "entries": entries}))
        return
    entries = {name: measured(cls(), SHAPE) for name, cls in models_of(PROGRAMS).items()}
    print(json.dumps({"meta": {"torch": torch.__version__, "input": SHAPE, "unit": "bytes"}, "entries": entries}, indent=1))


def of_zoo(entries: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, int]]]:
    """The builders that stand in a module of their own right below `torchvision.models`."""
    sys.modules["torchvision._meta_registrations"] = types.ModuleType("none")  # needs operators that a CPU build lacks
    for name, entry in entries.items():
        module, _, function = entry["builder"].rpartition(".")
        if module.count(".") == 2 and module.startswith("torchvision.models."):
            model = getattr(importlib.import_module(module), function)(**entry["kwargs"])
            yield name, measured(model, tuple(entry["input"][0]))


if __name__ == "__main__":
    main()
