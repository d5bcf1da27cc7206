"""A model at several input sizes in words, for the formats that people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.reporters._memory_text import memory_in, size_at_once
from cnnlint.reporters._summary_text import error_text, not_understood, shapes_text, sizes_text
from cnnlint.reporters._totals import total

if TYPE_CHECKING:
    from cnnlint.graph import Model
    from cnnlint.plugin import Printing
    from cnnlint.plugin.sizes_report import ModelAtSizes, SizeRow

HEADINGS = ("size", "output", "MACs", "activations", "")
NUMBERS = (0, 2, 3)


def heading(of: ModelAtSizes) -> str:
    """`LeNet (lenet.py::LeNet): 61,706 parameters`; the target alone where there is no model."""
    model = first_model(of)
    return of.target if model is None else f"{model.name} ({of.target}): {total(model.params, model.params_exact)} parameters"


def first_model(of: ModelAtSizes) -> Model | None:
    return next((row.model for row in of.rows if row.model is not None), None)


def cells(row: SizeRow, printing: Printing) -> tuple[str, ...]:
    """What a size gives: the output, MACs, the bytes that activations take at once; and what is wrong with it."""
    model = row.model
    if model is None or row.error is not None:
        return (str(row.size), "", "", "", _failing(row))
    macs = total(model.macs, model.exact)
    return (str(row.size), shapes_text(model.outputs), macs, size_at_once(memory_in(model, printing)), _remark(row, model))


def remarks(of: ModelAtSizes) -> Iterator[str]:
    """What is to be said of each size, then what holds for all of them."""
    for row in of.rows:
        if row.error is not None and not (row.model is None and row.error == of.rows[0].error and row is not of.rows[0]):
            yield f"{row.size}: {error_text(row.error)}" if row.model is not None else f"error: {error_text(row.error)}"
        for loss in row.losses if row.error is None else ():
            yield f"{row.size}: {loss.place.shown}:{loss.place.span.line}: {loss.message}"
    model = first_model(of)
    if model is not None and model.input_sizes is not None:
        yield sizes_text(model.input_sizes)
    for text in dict.fromkeys(text for row in of.rows if row.model is not None for text in not_understood(row.model)):
        yield f"not understood: {text}"


def _failing(row: SizeRow) -> str:
    if row.error is None or not row.error.path:
        return "fails"
    return f"fails at {row.error.path}:{row.error.line}"


def _remark(row: SizeRow, model: Model) -> str:
    if model.unknown:
        return "not fully understood"
    return f"loses input in {_names([loss.subject for loss in row.losses])}" if row.losses else ""


def _names(subjects: Sequence[str]) -> str:
    first, *others = dict.fromkeys(subjects)
    return f"{first} and {len(others)} more" if others else first
