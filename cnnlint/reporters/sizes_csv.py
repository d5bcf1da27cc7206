from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import SizesReporter
from cnnlint.reporters._memory_text import memory_in
from cnnlint.reporters._summary_text import error_text, shapes_text

if TYPE_CHECKING:
    from cnnlint.plugin import Printing, SizesReport
    from cnnlint.plugin.sizes_report import SizeRow

_COLUMNS = ("target", "model", "size", "input", "output", "params", "macs", "bytes", "exact", "loses_input", "error")


class SizesCsv(SizesReporter):
    """A row a model and size for spreadsheets. `bytes` are the most that activations take at once, `loses_input` names the layers."""

    name = "csv"

    def write(self, report: SizesReport, stream: TextIO, printing: Printing) -> None:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(_cells(model.target, row, printing) for model in report.models for row in model.rows)


def _cells(target: str, row: SizeRow, printing: Printing) -> tuple[str, ...]:
    error = error_text(row.error) if row.error is not None else ""
    model = row.model
    if model is None:
        return (target, "", str(row.size), "", "", "", "", "", "", "", error)
    shapes = (shapes_text(model.inputs), shapes_text(model.outputs))
    peak = memory_in(model, printing).peak
    counts = (str(model.params), str(model.macs), "" if peak is None else str(peak), "yes" if model.exact else "no")
    losing = " ".join(dict.fromkeys(loss.subject for loss in row.losses))
    return (target, model.name, str(row.size), *shapes, *counts, losing, error)
