"""The lines that `check` ends with: counts per rule, a line a model, and what was passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.dims import Dim, Shape
from cnnlint.record import value
from cnnlint.reporters._terminal import one_line

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import Model, Place
    from cnnlint.plugin import CheckReport, Printing

_MOST_SHAPES = 4
_NOT_KNOWN = ("...", "?")


@value
class RuleCount:
    """How many diagnostics a rule has, with one severity."""

    number: int
    code: str
    name: str
    severity: Severity


def ending(report: CheckReport, printing: Printing) -> Iterator[str]:
    """What is asked for besides the diagnostics, then a line a model and what was seen and not reported."""
    if printing.statistics:
        yield from statistics_lines(report)
    if printing.statistics or not printing.quiet:
        yield from fixable_lines(report)
    if not printing.quiet:
        yield from map(one_line, model_lines(report.models))
        yield from passed_over_lines(report)
    if printing.verbose:
        yield from not_analysed_lines(report)


def statistics(report: CheckReport) -> list[RuleCount]:
    """How many diagnostics each rule has, the most first."""
    counts = Counter((each.code, each.name, each.severity) for each in report.diagnostics)
    return sorted((RuleCount(number, *key) for key, number in counts.items()), key=lambda count: (-count.number, count.code))


def statistics_lines(report: CheckReport) -> Iterator[str]:
    """A line a rule that has diagnostics: how many, code, severity and name."""
    counts = statistics(report)
    number_width = max((len(f"{count.number:,}") for count in counts), default=0)
    for count in counts:
        yield f"{count.number:>{number_width},}  {count.code}  {count.severity:7}  {count.name}"


def fixable_lines(report: CheckReport) -> Iterator[str]:
    """How many diagnostics could be mended, if any, and by which option."""
    fixes = [each.fix for each in report.diagnostics if each.fix is not None]
    safe = sum(fix.safe for fix in fixes)
    if safe:
        yield f"{safe:,} fixable with --fix" + (f", {len(fixes) - safe:,} more with --unsafe-fixes" if safe < len(fixes) else "")
    elif fixes:
        yield f"{len(fixes):,} fixable with --unsafe-fixes"


def passed_over_lines(report: CheckReport) -> Iterator[str]:
    """What was seen and not reported, with the way to see it; nothing where there is none."""
    passed_over = report.passed_over
    parts = []
    if passed_over.sizes:
        lose = "loses" if passed_over.sizes == 1 else "lose"
        parts.append(f"{counted(passed_over.sizes, 'size')} rounded down that {lose} nothing (--select non-integer-output)")
    if passed_over.models:
        first = f", the first cause at {passed_over.first_unknown}" if passed_over.first_unknown else ""
        parts.append(f"{counted(passed_over.models, 'model')} not fully understood (cnnlint summary lists why{first})")
    if parts:
        yield one_line("passed over: " + "; ".join(parts))


def not_analysed_lines(report: CheckReport) -> Iterator[str]:
    """Each part of a model that was not understood, with its reason, and the files that were not looked into."""
    lines = [f"  {model.name}: {place.shown}:{place.span.line}: {reason}" for model in report.models for place, reason in _causes(model)]
    lines += [f"  {path}: names no framework, so it holds no model" for path in report.passed_over.files]
    if lines:
        yield "not analysed:"
        yield from map(one_line, dict.fromkeys(lines))


def _causes(model: Model) -> Iterator[tuple[Place, str]]:
    """Why a model is not fully known; where no part of it is to blame, an open size is."""
    yield from ((part.place, part.reason) for part in model.unknown)
    if not (model.unknown or model.exact or model.error is not None):
        yield model.place, "its counts depend on sizes that are not known"


def model_lines(models: Sequence[Model]) -> Iterator[str]:
    """A line a model; where several files have some, with the file: `lenet.py::LeNet: 61,706 parameters, 1x32x32 -> 10`."""
    is_one_file = len({model.place.path for model in models}) == 1
    times = Counter((model.place, model.name) for model in models)
    for model in models:
        line = model_line(model, is_repeated=times[model.place, model.name] > 1)
        yield line if is_one_file else f"{model.place.path}::{line}"


def model_line(model: Model, *, is_repeated: bool = False) -> str:
    """`LeNet: 61,706 parameters, 1x32x32 -> 10`; the batch axis is left out. One of several calls has its input even where it fails."""
    counted = f"{model.name}: {total(model.params, model.params_exact)} parameters"
    sizes = model.input_sizes
    taken = f" (input sizes: {sizes.found.text})" if sizes is not None and sizes.is_complete and sizes.is_telling else ""
    if model.error is not None:
        place = model.error.place
        called = f"{_shapes(model.inputs)} " if is_repeated and model.inputs else ""
        return f"{counted}, {called}fails at {place.shown}:{place.span.line}{taken}"
    if not model.inputs and not model.outputs:
        return counted
    return f"{counted}, {_shapes(model.inputs)} -> {_shapes(model.outputs)}{taken}"


def total(count: Dim, exact: bool) -> str:
    """A count with thousands separators, as a lower bound unless it is exact."""
    text = f"{count:,}" if isinstance(count, int) else str(count)
    return text if exact else f">= {text}"


def by_axis(shape: Shape | None) -> str:
    """`3x224x224` or, with longer names, `channels x H x W`; `?` for what isn't known; a size that is a sum stands in brackets."""
    if shape is None:
        return "?"
    sizes = ["..."] if shape.leading else []
    sizes += ["?" if is_unknown(dim) else str(dim) for dim in shape.dims]
    times = "x" if all(size in _NOT_KNOWN or len(size) == 1 or size.isdecimal() for size in sizes) else " x "
    return times.join(size if is_word(size) or len(sizes) == 1 else f"({size})" for size in sizes) or "scalar"


def is_word(size: str) -> bool:
    return size in _NOT_KNOWN or size.replace("_", "").isalnum()


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


def counted(number: int, noun: str) -> str:
    """`1 size`, `1,234 sizes`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
