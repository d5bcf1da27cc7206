from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import FitReporter
from cnnlint.reporters._diagnostic_json import line_json
from cnnlint.reporters._model_json import dim, error_document, shapes
from cnnlint.reporters._sizes_json import sizes_document

if TYPE_CHECKING:
    from cnnlint.graph import Model
    from cnnlint.plugin import FitReport, Printing
    from cnnlint.plugin.fit_report import FitChoice, ModelFit


class FitJson(FitReporter):
    """Models for programs, each with its choices. `takes` is null where it is not known; a symbolic size is a string."""

    name = "json"

    def write(self, report: FitReport, stream: TextIO, printing: Printing) -> None:
        document = {"version": 1, "input": report.wanted, "models": [_fit(fit) for fit in report.models]}
        stream.write(json.dumps(document) + "\n")


def _fit(fit: ModelFit) -> dict[str, object]:
    model = fit.model
    place: dict[str, object] = {"path": None, "line": None} if model is None else line_json(model.place)
    return {
        "target": fit.target,
        "name": model and model.name,
        **place,
        "takes": fit.error is None if fit.is_proven else None,
        "params": dim(model.params) if model else 0,
        "inputs": shapes(model.inputs) if model else [],
        "outputs": shapes(model.outputs) if model else [],
        "input_sizes": sizes_document(model.input_sizes if model else None),
        "error": error_document(fit.error),
        "choices": [_choice(choice, model) for choice in fit.choices] if model else [],
        "not_tried": fit.left_out,
    }


def _choice(choice: FitChoice, before: Model) -> dict[str, object]:
    after = choice.model
    return {
        "changes": list(choice.messages),
        "params": dim(after.params),
        "params_difference": dim(after.params - before.params),
        "macs": dim(after.macs),
        "outputs": shapes(after.outputs),
        "input_sizes": sizes_document(after.input_sizes),
        "lines": [
            {"path": lines.path, "line": lines.line, "before": list(lines.before), "after": list(lines.after)} for lines in choice.lines
        ],
    }
