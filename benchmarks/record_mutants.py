"""Records what a framework does with faults planted in working models: benchmarks/data/mutants.json.

Usage: python benchmarks/record_mutants.py SITE [output], with a Python that has torch; SITE is the folder with the unpacked torchvision.

Each entry is a recipe (a file, a line, what stands there and what is planted) with what came of it: `fails` (with the exception and the
innermost line of the file that it was raised at), `changed` (it runs, but parameters or outputs of layers are others) or `equal`. The
fixtures under tests/models run as they are; of each file of torchvision the builder that has the fewest parameters is built without
weights and called once in eval mode.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import json
import multiprocessing
import pathlib
import random
import re
import signal
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any

from planting import Mutation, mutations, planted, sample

ROOT = pathlib.Path(__file__).parent.parent
OUTPUT = pathlib.Path(__file__).parent / "data" / "mutants.json"
FIXTURES = ROOT / "tests" / "models" / "torch" / "working"
MOST_OF_A_FIXTURE = 24
MOST_OF_A_ZOO_FILE = 30
SECONDS = 20
ZOO = {
    "alexnet": ("alexnet", 224),
    "convnext": ("convnext_tiny", 64),
    "densenet": ("densenet121", 64),
    "efficientnet": ("efficientnet_b0", 64),
    "googlenet": ("googlenet", 64),
    "inception": ("inception_v3", 128),
    "maxvit": ("maxvit_t", 224),
    "mnasnet": ("mnasnet0_5", 64),
    "mobilenetv2": ("mobilenet_v2", 64),
    "mobilenetv3": ("mobilenet_v3_small", 64),
    "regnet": ("regnet_y_400mf", 64),
    "resnet": ("resnet50", 64),
    "shufflenetv2": ("shufflenet_v2_x0_5", 64),
    "squeezenet": ("squeezenet1_1", 64),
    "swin_transformer": ("swin_t", 64),
    "vgg": ("vgg11_bn", 64),
    "vision_transformer": ("vit_b_32", 224),
    "segmentation/deeplabv3": ("deeplabv3_mobilenet_v3_large", 64),
    "segmentation/fcn": ("fcn_resnet50", 64),
    "segmentation/lraspp": ("lraspp_mobilenet_v3_large", 64),
}


DIRECTIVE = re.compile(r"^# cnnlint: input\((?P<sizes>[\w, ]+)\)\n(?:class|def) (?P<name>\w+)", re.MULTILINE)


class TooLong(BaseException):
    """A mutant took more time than one does."""


def driver(module: str, builder: str, size: int) -> str:
    """A program that builds and calls a model of the zoo."""
    package = f"torchvision.models.{module.replace('/', '.')}"
    weights = "weights=None, weights_backbone=None" if "/" in module else "weights=None"
    extra = ", init_weights=False" if builder in ("googlenet", "inception_v3") else f", image_size={size}" if builder == "vit_b_32" else ""
    call = f"{builder}({weights}{extra})"
    return f"import torch\nfrom {package} import {builder}\n\nmodel = {call}\nmodel.eval()\nmodel(torch.randn(2, 3, {size}, {size}))\n"


def shape_of(value: Any) -> object:
    if hasattr(value, "shape"):
        return list(value.shape)
    if isinstance(value, dict):
        return {str(key): shape_of(each) for key, each in value.items()}
    return [shape_of(each) for each in value] if isinstance(value, (list, tuple)) else type(value).__name__


class Table:
    """What a program's layers are and give, told by hooks."""

    def __init__(self, torch: Any) -> None:
        self.rows: list[object] = []
        self.torch = torch

    def called(self, module: Any, inputs: object, output: object) -> None:
        if len(self.rows) < 20_000:
            own = (
                [[name, list(each.shape)] for name, each in module.named_parameters()]
                if len(self.rows) == 0 or not list(module.children())
                else []
            )
            count = sum(each.numel() for each in module.parameters())
            self.rows.append([type(module).__name__, own, count, shape_of(output)])

    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.rows).encode()).hexdigest()[:16]


def outcome(run: Callable[[Table], None], path: str, torch: Any) -> dict[str, Any]:
    """What running comes to."""
    table = Table(torch)
    hook = torch.nn.modules.module.register_module_forward_hook(table.called)
    torch.manual_seed(0)

    def stop(*_: object) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), torch.no_grad():
            run(table)
    except TooLong:
        return {"outcome": "too long"}
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever the program raises is recorded
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
        return {"outcome": "fails", "exception": type(error).__name__, "line": lines[-1] if lines else 0, "lines": sorted(set(lines))}
    finally:
        signal.alarm(0)
        hook.remove()
    return {"outcome": table.digest(), "calls": len(table.rows)}


def run_fixture(text: str, path: str, table: Table, torch: Any) -> None:
    """Run a fixture as it is; one that calls nothing states the input of a class in a directive."""
    names: dict[str, Any] = {"__name__": "__main__", "__file__": path}
    exec(compile(text, path, "exec"), names)  # noqa: S102  # our own fixtures
    if not table.rows:
        for stated in DIRECTIVE.finditer(text):
            sizes = [int(size) if size.isdecimal() else 2 for size in stated["sizes"].replace(" ", "").split(",")]
            names[stated["name"]]().eval()(torch.randn(sizes))


def run_zoo(text: str, path: str, module: str, program: str) -> None:
    name = f"torchvision.models.{module.replace('/', '.')}"
    from torchvision.models import _api

    registered = dict(_api.BUILTIN_MODELS)
    before = sys.modules.pop(name, None)
    made = types.ModuleType(name)
    made.__package__ = name.rpartition(".")[0]
    made.__file__ = path
    sys.modules[name] = made
    parent, _, short = name.rpartition(".")
    holder = sys.modules[parent]
    kept = getattr(holder, short, None)
    for key, function in list(_api.BUILTIN_MODELS.items()):
        if function.__module__ == name:
            del _api.BUILTIN_MODELS[key]
    try:
        exec(compile(text, path, "exec"), made.__dict__)  # noqa: S102
        exec(compile(program, "driver.py", "exec"), {"__name__": "__main__"})  # noqa: S102
    finally:
        _api.BUILTIN_MODELS.clear()
        _api.BUILTIN_MODELS.update(registered)
        if before is not None:
            sys.modules[name] = before
        if kept is not None:
            setattr(holder, short, kept)


def signatures(torch: Any) -> Callable[[str], list[str] | None]:
    import inspect

    def of(name: str) -> list[str] | None:
        cls = getattr(torch.nn, name, None)
        if not isinstance(cls, type) or not issubclass(cls, torch.nn.Module):
            return None
        return list(inspect.signature(cls.__init__).parameters)[1:]

    return of


def record(job: tuple[str, str, str]) -> tuple[str, dict[str, Any]]:
    """What comes of every mutant of one file; `job` is its name, its path and its module in the zoo."""
    name, path, module = job
    torch = importlib.import_module("torch")
    sys.modules["torchvision._meta_registrations"] = types.ModuleType("m")  # needs a compiled operator that isn't there
    importlib.import_module("torchvision.models.segmentation")
    torch.set_num_threads(1)
    for each in [each for each in vars(torch.nn.init) if each.endswith("_") and not each.startswith("_")]:
        setattr(torch.nn.init, each, lambda tensor, *_, **__: tensor)  # takes most of the time, and changes no shape
    text = pathlib.Path(path).read_text(encoding="utf-8")
    program = driver(module, *ZOO[module]) if module else ""

    def run(changed: str) -> dict[str, Any]:
        if module:
            return outcome(lambda table: run_zoo(changed, path, module, program), path, torch)
        return outcome(lambda table: run_fixture(changed, path, table, torch), path, torch)

    base = run(text)
    if base["outcome"] == "fails" or not base.get("calls"):
        return name, {"base": base}
    seed = random.Random(name)
    found = mutations(text, signatures(torch))
    chosen = sample(found, MOST_OF_A_ZOO_FILE if module else MOST_OF_A_FIXTURE, seed.shuffle)
    rows = []
    for mutation in chosen:
        try:
            compile(planted(text, mutation), path, "exec")
        except SyntaxError:
            continue
        row = run(planted(text, mutation))
        if row["outcome"] not in ("fails", "too long"):
            row = {"outcome": "equal" if row["outcome"] == base["outcome"] else "changed"}
        if row["outcome"] != "too long":
            rows.append({**described(mutation), **row})
    return name, {"program": program, "mutants": rows}


def described(mutation: Mutation) -> dict[str, Any]:
    return {"kind": mutation.kind, "at": [mutation.line, mutation.column], "old": mutation.old, "new": mutation.new}


def jobs(site: pathlib.Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted(FIXTURES.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "#~" not in text:
            yield path.relative_to(ROOT).as_posix(), str(path), ""
    for module in ZOO:
        file = site / "torchvision" / "models" / f"{module}.py"
        yield f"torchvision/models/{module}.py", str(file), module


def main() -> None:
    site = pathlib.Path(sys.argv[1])
    output = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else OUTPUT
    parts = output.with_suffix(".parts")
    parts.mkdir(parents=True, exist_ok=True)
    wanted = list(jobs(site))
    todo = [job for job in wanted if not part_of(parts, job[0]).exists()]  # goes on where it was broken off
    # A process a file: what one program leaves behind must not reach the next.
    with multiprocessing.get_context("spawn").Pool(2, maxtasksperchild=1) as pool:
        for name, entry in pool.imap_unordered(record, todo, chunksize=1):
            counts = [row["outcome"] for row in entry.get("mutants", ())]
            print(name, {each: counts.count(each) for each in sorted(set(counts))} or entry.get("base"), flush=True)
            part_of(parts, name).write_text(json.dumps(entry), encoding="utf-8")
    found = {name: entry for name, *_ in wanted if (entry := json.loads(part_of(parts, name).read_text("utf-8"))).get("mutants")}
    meta = {"of": "what torch does with faults planted in working models", "torch": importlib.import_module("torch").__version__}
    rows = []
    for name, entry in found.items():
        lines = ",\n   ".join(json.dumps(row, ensure_ascii=False) for row in entry["mutants"])
        rows.append(f'{json.dumps(name)}: {{"program": {json.dumps(entry["program"])}, "mutants": [\n   {lines}]}}')
    output.write_text(f'{{"meta": {json.dumps(meta)},\n"files": {{\n' + ",\n".join(rows) + "\n}}\n", encoding="utf-8")


def part_of(folder: pathlib.Path, name: str) -> pathlib.Path:
    return folder / f"{name.replace('/', '-')}.json"


if __name__ == "__main__":
    main()
