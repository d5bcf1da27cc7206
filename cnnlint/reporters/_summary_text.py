"""A model's summary in words, for the formats that people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.reporters._field_text import field_cells
from cnnlint.reporters._memory_text import bytes_text
from cnnlint.reporters._summary_rows import summary_lines
from cnnlint.reporters._totals import total

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape
    from cnnlint.graph import InputSizes, Memory, Model, ReceptiveFields
    from cnnlint.plugin import Printing
    from cnnlint.plugin.reporter import SummaryError
    from cnnlint.reporters._summary_rows import SummaryLine

_HEADINGS = ("layer", "type", "input", "output", "params", "MACs")
_NUMBERS = (4, 5)  # the columns that stand at the right


def heading(model: Model, target: str) -> str:
    """`Net (net.py::Net), (batch, 3, 32, 32) -> (batch, 10)`."""
    return f"{model.name} ({target}), {shapes_text(model.inputs)} -> {shapes_text(model.outputs)}"


def line_cells(
    model: Model, printing: Printing, memory: Memory, fields: ReceptiveFields
) -> tuple[tuple[str, ...], list[tuple[str, ...]], tuple[int, ...]]:
    """The headings of a model's table, its rows, and which columns hold numbers."""
    lines = summary_lines(model, printing, memory, fields)
    columns = list(zip(_HEADINGS, *map(_cells, lines), strict=True))
    numbers = list(_NUMBERS)
    more: dict[str, list[tuple[str, ...]]] = {
        "memory": [("bytes", *(bytes_text(line.memory) for line in lines))],
        "receptive-field": list(zip(("field", "stride", "padding"), *(field_cells(line.field) for line in lines), strict=True)),
    }
    if any(line.times != 1 for line in lines):
        more["times"] = [("times", *("" if line.times == 1 else f"x{line.times}" for line in lines))]
    for name in (*printing.columns, "times"):
        for column in more.get(name, ()):
            numbers.append(len(columns))
            columns.append(column)
    headings, *rows = zip(*columns, strict=True)
    return headings, rows, tuple(numbers)


def totals(model: Model) -> Iterator[tuple[str, str]]:
    """What is counted of a model, each with its label."""
    rows = [("parameters", model.params, model.params_exact)]
    if str(model.trainable_params) != str(model.params):
        rows.append(("of these trainable", model.trainable_params, model.params_exact))
    rows += [("buffers", model.buffers, model.params_exact), ("MACs", model.macs, model.exact)]
    if str(model.macs_all) != str(model.macs):
        rows.append(("MACs with functional calls", model.macs_all, model.exact))
    return ((label, total(count, is_exact)) for label, count, is_exact in rows)


def sizes_text(sizes: InputSizes) -> str:
    """For which sizes of its input a model runs, and which were taken where nobody states any."""
    assumed = f"; nobody states one, so {' x '.join(map(str, sizes.assumed.values()))} is taken" if sizes.assumed else ""
    return f"input sizes: {sizes.text}{assumed}"


def never_called(model: Model) -> list[str]:
    """The names of the layers that the model has and doesn't use; none of one that fails, which may have used them later."""
    return [layer.name for layer in model.layers if layer.is_leaf and not layer.was_called and model.error is None]


def not_understood(model: Model) -> Iterator[str]:
    """Each part that was not understood, with its place."""
    return (f"{part.place.shown}:{part.place.span.line}: {part.reason}" for part in model.unknown)


def error_text(error: SummaryError) -> str:
    """An error with its place and its rule, where it has them."""
    place = f"{error.path}:{error.line}: " if error.path else ""
    return f"{place}{error.code} {error.message}" if error.code else f"{place}{error.message}"


def shapes_text(shapes: Sequence[Shape | None]) -> str:
    """Shapes as Python writes tuples, `?` for what is no tensor."""
    return ", ".join("?" if shape is None else str(shape) for shape in shapes) or "?"


def _cells(line: SummaryLine) -> tuple[str, ...]:
    name = line.name if line.call == 1 else f"{line.name} (call {line.call})"
    kind = line.type.rpartition(".")[2]
    sizes = (shapes_text(line.inputs), shapes_text(line.outputs))
    return (name, kind, *sizes, _number(line.params), _number(line.macs, none=""))


def _number(count: Dim | None, none: str = "?") -> str:
    return none if count is None else total(count, exact=True)
