"""Receptive fields in words, for the formats that people read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from cnnlint.graph import Model, ReceptiveField, ReceptiveFields


def fields_in(model: Model) -> ReceptiveFields:
    """The receptive fields of a model's calls."""
    from cnnlint.graph import receptive_fields

    return receptive_fields(model.trace, len(model.calls))


def field_cells(fields: Sequence[ReceptiveField | None]) -> tuple[str, str, str]:
    """Size, stride and padding: `427x427` with a number an axis, where all are equal one; `all`, and `?` for what isn't known."""
    if not fields:
        return "", "", ""
    return (
        _by_axis(fields, lambda field: "all" if field.size is None else str(field.size)),
        _by_axis(fields, lambda field: _number(field.stride)),
        _by_axis(fields, lambda field: _number(field.padding)),
    )


def field_text(model: Model, found: ReceptiveFields) -> str:
    """What an output of the model sees of its input, and what the last windows reach before all is mixed; "" where nothing is known."""
    whole = bool(found.model) and all(field is not None and field.size is None for field in found.model)
    reached = [
        (call.layer.name, fields)
        for call, fields in zip(model.calls, found.calls, strict=True)
        if fields and all(field is not None and field.size is not None and field.stride is not None for field in fields)
    ]
    if whole:
        text = "receptive field: the whole input"
        if reached:
            name, fields = reached[-1]
            size, stride, _ = field_cells(fields)
            text += f"; windows reach {size} pixels, {stride} apart, in {name}"
        return text
    size, stride, _ = field_cells(found.model)
    if not size or "?" in size:
        return ""
    apart = f", {stride} apart" if stride and "?" not in stride else ""
    return f"receptive field: {size} pixels{apart}"


def _by_axis(fields: Sequence[ReceptiveField | None], shown: Callable[[ReceptiveField], str]) -> str:
    cells = ["?" if field is None else shown(field) for field in fields]
    return cells[0] if len(set(cells)) == 1 else "x".join(cell or "?" for cell in cells)


def _number(number: int | Fraction | None) -> str:
    return "" if number is None else str(number)
