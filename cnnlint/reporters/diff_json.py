from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import DiffReporter
from cnnlint.reporters._sizes_json import sizes_document

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape
    from cnnlint.graph import Model
    from cnnlint.plugin import DiffReport, Printing
    from cnnlint.plugin.diff_report import ModelDifference, StateDifference


class DiffJson(DiffReporter):
    """The differences for programs. Counts are numbers, or formulas as strings; lower bounds where `exact` is false."""

    name = "json"

    def write(self, report: DiffReport, stream: TextIO, printing: Printing) -> None:
        checkpoint = report.checkpoint
        document = {
            "version": 1,
            "base": report.base,
            "head": report.head,
            "unchanged": report.unchanged,
            "untouched_files": report.untouched,
            "models": [_model(model) for model in report.models],
            "checkpoint": checkpoint
            and {
                "file": checkpoint.file,
                "model": checkpoint.model,
                "matching": checkpoint.matching,
                "loads": not checkpoint.state.breaks,
                **_state(checkpoint.state),
                "hint": checkpoint.hint,
            },
            "too_large": list(report.too_large),
            "not_compared": list(report.not_compared),
        }
        stream.write(json.dumps(document, indent=2) + "\n")


def _model(model: ModelDifference) -> dict[str, object]:
    return {
        "path": model.path,
        "name": model.name,
        "status": model.status,
        "moved_from": model.moved_from or None,
        "before": model.before and _figures(model.before),
        "after": model.after and _figures(model.after),
        "growth_percent": {figure.label: figure.growth for figure in model.figures if figure.growth is not None},
        "layers": [
            {"name": layer.name, "status": layer.status, "before": dict(layer.before) or None, "after": dict(layer.after) or None}
            for layer in model.layers
        ],
        "state_dict": {"loads": not model.state.breaks, **_state(model.state)},
    }


def _figures(model: Model) -> dict[str, object]:
    from cnnlint.graph import for_one, memory_of

    memory = memory_of(model)
    return {
        "params": _dim(model.params),
        "params_exact": model.params_exact,
        "macs": _dim(model.macs),
        "macs_all": _dim(model.macs_all),
        "exact": model.exact,
        "weight_bytes": _dim(memory.weights),
        "activation_bytes": None if memory.peak is None else _dim(for_one(memory.peak)),
        "activation_bytes_exact": memory.is_exact,
        "inputs": _shapes(model.inputs),
        "outputs": _shapes(model.outputs),
        "input_sizes": sizes_document(model.input_sizes),
        "fails": model.error is not None,
    }


def _state(state: StateDifference) -> dict[str, object]:
    return {
        "missing": list(state.missing),
        "unexpected": list(state.unexpected),
        "reshaped": [{"name": each.name, "before": each.before, "after": each.after} for each in state.reshaped],
        "complete": state.is_complete,
    }


def _shapes(shapes: tuple[Shape | None, ...]) -> list[list[int | str | None] | None]:
    return [None if shape is None or shape.leading else [_dim(size) for size in shape] for shape in shapes]


def _dim(size: Dim) -> int | str:
    return size if isinstance(size, int) else str(size)
