"""Replays rows of tables that were recorded from a framework: their source text goes through the interpreter, as a user's would."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from cnnlint.dims import Shape
from cnnlint.interpreter.analyser import Analyser
from cnnlint.interpreter.machine import Raised
from cnnlint.interpreter.models import framework_of, totals_of
from cnnlint.plugin.framework import Framework
from cnnlint.registry import load_registry
from cnnlint.source import decode
from cnnlint.values import MISSING, DictValue, Instance, ListValue, Tensor, Unknown, Value


@dataclass(frozen=True)
class Replayed:
    """What a program gave: the value of `out`, or the exception that ended it (`raised`, the failure's class name after it).

    `reported` are the failures that became findings; after one of a layer the program may have gone on.
    """

    value: Value
    raised: str | None
    params: int | None = None
    trainable: int | None = None
    buffers: int | None = None
    macs: int | None = None
    reported: tuple[str, ...] = ()

    @property
    def is_rejected(self) -> bool:
        return self.raised is not None or bool(self.reported)


@functools.cache
def analyser() -> Analyser:
    complaints: list[str] = []
    registry = load_registry(complaints.append)
    assert not complaints, complaints
    return Analyser(registry, ())


@functools.cache
def framework(name: str) -> Framework:
    found = next(found for found in analyser().machine.registry.frameworks if found.name == name)
    found.load()
    return found


def tensor(given: list[object], framework_name: str) -> Tensor:
    """A recorded input: `[1, 3, 8]` is float32, `["int64", [1, 3]]` says its dtype."""
    dtype, sizes = (given[0], given[1]) if given and isinstance(given[0], str) else ("float32", given)
    return Tensor(Shape(tuple(sizes)), framework(framework_name), dtype=str(dtype), is_contiguous=True)  # type: ignore[arg-type]


def replay(program: str, tensors: Mapping[str, list[object]], framework_name: str = "torch") -> Replayed:
    """Run a program that binds `out`, with named input tensors; a module bound to `m` is measured."""
    found = analyser()
    entry = found.open(decode(program.encode(), "program.py"), None)
    try:
        for name, given in tensors.items():
            entry.module.contents[name] = tensor(given, framework_name)
        entry.run_body()
        value = entry.module.contents.get("out", MISSING)
        layer = entry.module.contents.get("m")
        measured = measures(layer) if isinstance(layer, Instance) else (None, None, None)
        runs = found.machine.recorder.runs
        macs = runs[0].macs_all if runs else None
        failures = [occurrence.failure for occurrence in found.machine.recorder.occurrences.values()]
        reported = tuple(str(failure) for failure in failures if getattr(failure, "raises", True))
        raised = described(entry.raised) if entry.raised is not None else None
        return Replayed(value, raised, *measured, macs, reported)  # type: ignore[arg-type]
    finally:
        found.close()


def measures(layer: Instance) -> tuple[object, object, object]:
    """Parameters, those of them that are trained, and buffer elements of a module."""
    owner = framework_of(analyser().machine, layer)
    if owner is None:
        return None, None, None
    totals = totals_of(owner, analyser().machine.naming(layer))
    return (totals.params, totals.trainable, totals.buffers) if totals.is_exact else (None, None, None)


def described(raised: Raised) -> str:
    kind = type(raised.failure).__name__ if raised.failure is not None else "no failure"
    return f"{raised.exception.cls.name} ({kind}: {raised.failure})"


def plain(value: Value) -> object:
    """A value as the tables write it: a shape as a list, sequences as {"seq": [...]}, None for what is no tensor."""
    match value:
        case Tensor():
            return [dim if isinstance(dim, int) else str(dim) for dim in value.shape] if not value.shape.leading else str(value.shape)
        case tuple():
            return {"seq": [plain(item) for item in value]}
        case ListValue():
            return str(value.contents) if isinstance(value.contents, Unknown) else {"seq": [plain(item) for item in value.contents]}
        case Instance() if isinstance(value.payload, (tuple, ListValue, DictValue)):
            return plain(value.payload)
        case Unknown():
            return f"unknown: {value.reason}"
    return value
