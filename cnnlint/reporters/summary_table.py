from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import SummaryReporter
from cnnlint.reporters._totals import total

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape
    from cnnlint.graph import InputSizes, LayerCall, Model
    from cnnlint.plugin import SummaryReport
    from cnnlint.plugin.reporter import SummaryError, SummaryRow

_HEADINGS = ("layer", "type", "input", "output", "params", "MACs")
_NUMBERS = (4, 5)  # the columns that stand at the right


class SummaryTable(SummaryReporter):
    """A line a layer call, then the totals and what was not understood."""

    name = "table"

    def write(self, report: SummaryReport, stream: TextIO) -> None:
        stream.write("\n\n".join("\n".join(_lines(row)) for row in report.rows) + "\n")


def _lines(row: SummaryRow) -> Iterator[str]:
    if row.model is None:
        yield row.target
    else:
        yield from _model_lines(row.model, row.target)
    if row.error is not None:
        yield f"error: {_where(row.error)}{row.error.message}"


def _model_lines(model: Model, target: str) -> Iterator[str]:
    yield f"{model.name} ({target}), {_shapes(model.inputs)} -> {_shapes(model.outputs)}"
    yield ""
    if model.calls:
        yield from _table([_HEADINGS, *(_cells(call) for call in model.calls)])
        yield ""
    yield from _totals(model)
    if model.input_sizes is not None:
        yield from _sizes(model.input_sizes)
    uncalled = [layer.name for layer in model.layers if layer.is_leaf and not layer.was_called]
    if uncalled:
        yield f"never called: {', '.join(uncalled)}"
    if model.unknown:
        yield "not understood:"
        for part in model.unknown:
            yield f"  {part.place.path}:{part.place.span.line}: {part.reason}"


def _cells(call: LayerCall) -> tuple[str, ...]:
    name = call.layer.name if call.call == 1 else f"{call.layer.name} (call {call.call})"
    kind = call.layer.type.rpartition(".")[2]
    return (name, kind, _shapes(call.inputs), _shapes(call.outputs), _number(call.layer.params), _number(call.macs, none=""))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    for number, row in enumerate(rows):
        cells = [
            f"{cell:>{width}}" if column in _NUMBERS else f"{cell:{width}}"
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)


def _totals(model: Model) -> Iterator[str]:
    rows = [("parameters", model.params, model.params_exact)]
    if str(model.trainable_params) != str(model.params):
        rows.append(("of these trainable", model.trainable_params, model.params_exact))
    rows += [("buffers", model.buffers, model.params_exact), ("MACs", model.macs, model.exact)]
    if str(model.macs_all) != str(model.macs):
        rows.append(("MACs with functional calls", model.macs_all, model.exact))
    texts = [(label, total(count, is_exact)) for label, count, is_exact in rows]
    label_width, text_width = max(len(label) for label, _ in texts), max(len(text) for _, text in texts)
    for label, text in texts:
        yield f"{label:{label_width}}  {text:>{text_width}}"


def _sizes(sizes: InputSizes) -> Iterator[str]:
    sampled = " (not all conditions on it are known)" if sizes.is_sampled else ""
    assumed = f"; nobody states one, so {' x '.join(map(str, sizes.assumed.values()))} is taken" if sizes.assumed else ""
    yield f"input sizes: {sizes.text}{sampled}{assumed}"


def _shapes(shapes: Sequence[Shape | None]) -> str:
    return ", ".join("?" if shape is None else str(shape) for shape in shapes) or "?"


def _number(count: Dim | None, none: str = "?") -> str:
    return none if count is None else total(count, exact=True)


def _where(error: SummaryError) -> str:
    place = f"{error.path}:{error.line}: " if error.path else ""
    return f"{place}{error.code} " if error.code else place
