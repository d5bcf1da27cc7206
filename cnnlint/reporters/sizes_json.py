from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import SizesReporter
from cnnlint.reporters._diagnostic_json import line_json
from cnnlint.reporters._each_text import first_model
from cnnlint.reporters._memory_text import memory_in
from cnnlint.reporters._model_json import dim, error_document, memory_document, shapes
from cnnlint.reporters._sizes_json import sizes_document

if TYPE_CHECKING:
    from cnnlint.plugin import Printing, SizesReport
    from cnnlint.plugin.sizes_report import ModelAtSizes, SizeRow


class SizesJson(SizesReporter):
    """Models for programs, each with its sizes. A symbolic size is a string, null what is no tensor or not known."""

    name = "json"

    def write(self, report: SizesReport, stream: TextIO, printing: Printing) -> None:
        document = {"version": 1, "models": [_model(model, printing) for model in report.models]}
        stream.write(json.dumps(document) + "\n")


def _model(of: ModelAtSizes, printing: Printing) -> dict[str, object]:
    model = first_model(of)
    place: dict[str, object] = {"path": None, "line": None} if model is None else line_json(model.place)
    return {
        "target": of.target,
        "name": model and model.name,
        **place,
        "framework": model and model.framework,
        "params": dim(model.params) if model else 0,
        "params_exact": model is not None and model.params_exact,
        "input_sizes": sizes_document(model.input_sizes if model else None),
        "sizes": [_row(row, printing) for row in of.rows],
    }


def _row(row: SizeRow, printing: Printing) -> dict[str, object]:
    model = row.model
    return {
        "size": row.size,
        "inputs": shapes(model.inputs) if model else [],
        "outputs": shapes(model.outputs) if model else [],
        "macs": dim(model.macs) if model else 0,
        "macs_all": dim(model.macs_all) if model else 0,
        "exact": model is not None and model.exact,
        "memory": memory_document(model, memory_in(model, printing), printing) if model else None,
        "losses": [{"layer": loss.subject, **line_json(loss.place), "message": loss.message} for loss in row.losses],
        "unknown": [{**line_json(part.place), "reason": part.reason} for part in model.unknown] if model else [],
        "error": error_document(row.error),
    }
