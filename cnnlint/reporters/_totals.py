"""The lines that `check` ends with: one a model, and one for what was passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.dims import Dim, Shape

if TYPE_CHECKING:
    from cnnlint.graph import InputSizes, Model
    from cnnlint.plugin import CheckReport

_MOST_SHAPES = 4


def ending(report: CheckReport) -> Iterator[str]:
    """A line a model, then what was seen and not reported, with the way to see it."""
    for model in report.models:
        yield model_line(model)
    passed_over = report.passed_over
    parts = []
    if passed_over.sizes:
        lose = "loses" if passed_over.sizes == 1 else "lose"
        parts.append(f"{_count(passed_over.sizes, 'size')} rounded down that {lose} nothing (--select non-integer-output)")
    if passed_over.models:
        first = f", the first cause at {passed_over.first_unknown}" if passed_over.first_unknown else ""
        parts.append(f"{_count(passed_over.models, 'model')} not fully understood (cnnlint summary lists why{first})")
    if parts:
        yield "passed over: " + "; ".join(parts)


def model_line(model: Model) -> str:
    """`LeNet: 61,706 parameters, 1x32x32 -> 10`; the batch axis is left out."""
    counted = f"{model.name}: {total(model.params, model.params_exact)} parameters"
    sizes = model.input_sizes
    taken = f" (input sizes: {sizes.text})" if sizes is not None and not sizes.is_sampled and is_telling(sizes) else ""
    if model.error is not None:
        place = model.error.place
        return f"{counted}, fails at {place.path}:{place.span.line}{taken}"
    if not model.inputs and not model.outputs:
        return counted
    return f"{counted}, {_shapes(model.inputs)} -> {_shapes(model.outputs)}{taken}"


def is_telling(sizes: InputSizes) -> bool:
    """Whether it says something that not all sizes are taken."""
    return not sizes.text.endswith(": any")


def total(count: Dim, exact: bool) -> str:
    """A count with thousands separators, as a lower bound unless it is exact."""
    text = f"{count:,}" if isinstance(count, int) else str(count)
    return text if exact else f">= {text}"


def by_axis(shape: Shape | None) -> str:
    """`3x224x224`, `?` for what isn't known; a size that is a sum stands in brackets."""
    if shape is None:
        return "?"
    sizes = ["..."] if shape.leading else []
    sizes += ["?" if is_unknown(dim) else str(dim) for dim in shape.dims]
    return "x".join(size if is_word(size) or len(sizes) == 1 else f"({size})" for size in sizes) or "scalar"


def is_word(size: str) -> bool:
    return size in ("...", "?") or size.replace("_", "").isalnum()


def is_unknown(dim: Dim) -> bool:
    """Whether a size depends on one that is not known: its formula tells nobody anything."""
    from cnnlint.dims import symbols

    return not isinstance(dim, int) and any(symbol.kind == "unknown" for symbol in symbols(dim))


def _shapes(shapes: Sequence[Shape | None]) -> str:
    shown = ", ".join(by_axis(None if shape is None else _without_batch(shape)) for shape in shapes[:_MOST_SHAPES])
    rest = len(shapes) - _MOST_SHAPES
    return (f"{shown} and {rest} more" if rest > 0 else shown) or "?"


def _without_batch(shape: Shape) -> Shape:
    return shape if shape.leading or len(shape) < 2 else Shape(shape.dims[1:])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
