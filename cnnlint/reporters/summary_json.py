from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import SummaryReporter
from cnnlint.reporters._diagnostic_json import line_json
from cnnlint.reporters._field_text import fields_in
from cnnlint.reporters._memory_text import memory_in
from cnnlint.reporters._model_json import dim, error_document, memory_document, shapes
from cnnlint.reporters._sizes_json import sizes_document

if TYPE_CHECKING:
    from fractions import Fraction

    from cnnlint.dims import Dim
    from cnnlint.graph import LayerCall, Model, ReceptiveField
    from cnnlint.plugin import Printing, SummaryReport
    from cnnlint.plugin.reporter import SummaryRow


class SummaryJson(SummaryReporter):
    """Models for programs. A symbolic size is a string, null what is no tensor or not known; totals are lower bounds unless `exact`."""

    name = "json"

    def write(self, report: SummaryReport, stream: TextIO, printing: Printing) -> None:
        document = {"version": 1, "models": [_row(row, printing) for row in report.rows]}
        stream.write(json.dumps(document) + "\n")


def _row(row: SummaryRow, printing: Printing) -> dict[str, object]:
    return {"target": row.target, **(_model(row.model, printing) if row.model else _NO_MODEL), "error": error_document(row.error)}


_NO_MODEL: dict[str, object] = {
    "name": None,
    "path": None,
    "line": None,
    "framework": None,
    "inputs": [],
    "outputs": [],
    "structure": None,
    "params": 0,
    "trainable_params": 0,
    "buffers": 0,
    "macs": 0,
    "macs_all": 0,
    "exact": False,
    "memory": None,
    "receptive_field": None,
    "input_sizes": None,
    "layers": [],
    "uncalled": [],
    "unknown": [],
}


def _model(model: Model, printing: Printing) -> dict[str, object]:
    memory, fields = memory_in(model, printing), fields_in(model)
    made = memory.calls or (None,) * len(model.calls)
    return {
        "name": model.name,
        **line_json(model.place),
        "framework": model.framework,
        "inputs": shapes(model.inputs),
        "outputs": shapes(model.outputs),
        "structure": None if model.structure is None else list(model.structure),
        "params": dim(model.params),
        "trainable_params": dim(model.trainable_params),
        "buffers": dim(model.buffers),
        "macs": dim(model.macs),
        "macs_all": dim(model.macs_all),
        "exact": model.exact,
        "memory": memory_document(model, memory, printing),
        "receptive_field": _field(fields.model),
        "input_sizes": sizes_document(model.input_sizes),
        "layers": [_call(*each) for each in zip(model.calls, made, fields.calls, strict=True)],
        "uncalled": [layer.name for layer in model.layers if layer.is_leaf and not layer.was_called],
        "unknown": [{**line_json(part.place), "reason": part.reason} for part in model.unknown],
    }


def _field(fields: Sequence[ReceptiveField | None]) -> dict[str, object] | None:
    """By axis over which windows slide: pixels, or "all"; how far apart neighbours are, a fraction as a string; how far the first
    reaches beyond the edge. Null is what isn't known."""
    if not fields:
        return None
    return {
        "size": [None if field is None else "all" if field.size is None else field.size for field in fields],
        "stride": [None if field is None or field.stride is None else _fraction(field.stride) for field in fields],
        "padding": [None if field is None else field.padding for field in fields],
    }


def _fraction(number: Fraction) -> int | str:
    return number.numerator if number.denominator == 1 else str(number)


def _call(call: LayerCall, size: Dim | None, field: Sequence[ReceptiveField | None]) -> dict[str, object]:
    place = call.layer.built[-1] if call.layer.built else None
    return {
        "name": call.layer.name,
        "type": call.layer.type,
        **(line_json(place) if place else {"path": None, "line": None}),
        "inputs": shapes(call.inputs),
        "outputs": shapes(call.outputs),
        "params": dim(call.layer.params),
        "macs": dim(call.macs),
        "bytes": dim(size),
        "receptive_field": _field(field),
        "call": call.call,
    }
