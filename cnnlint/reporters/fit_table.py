from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import FitReporter
from cnnlint.reporters._plain_table import plain_table
from cnnlint.reporters._summary_text import error_text, not_understood, shapes_text, sizes_text
from cnnlint.reporters._terminal import one_line
from cnnlint.reporters._totals import total

if TYPE_CHECKING:
    from cnnlint.dims import Dim
    from cnnlint.graph import Model
    from cnnlint.plugin import FitReport, Printing
    from cnnlint.plugin.fit_report import FitChoice, ModelFit

_HEADINGS = ("", "change", "parameters", "difference", "MACs", "input sizes")
_NUMBERS = (0, 2, 3, 4)


class FitTable(FitReporter):
    """What is wrong, a line a choice with its cost, and then the lines of source that each changes."""

    name = "table"

    def write(self, report: FitReport, stream: TextIO, printing: Printing) -> None:
        stream.write("\n\n".join("\n".join(_lines(fit, report.wanted)) for fit in report.models) + "\n")


def _lines(fit: ModelFit, wanted: str) -> Iterator[str]:
    if fit.model is None:
        yield fit.target
        if fit.error is not None:
            yield f"error: {error_text(fit.error)}"
        return
    name = f"{fit.model.name} ({fit.target})"
    if fit.error is not None:
        yield f"{name} does not take {wanted}"
        yield f"  {error_text(fit.error)}"
    elif fit.is_proven:
        yield f"{name} takes {wanted}: {shapes_text(fit.model.inputs)} -> {shapes_text(fit.model.outputs)}"
    else:
        yield f"{name}: it is not known whether it takes {wanted}"
    yield from (f"  {text}" for text in _known(fit))
    if fit.error is not None:
        yield ""
        yield from _choices(fit, fit.model, wanted)


def _known(fit: ModelFit) -> Iterator[str]:
    """What is known of the model as it is."""
    assert fit.model is not None
    if fit.model.input_sizes is not None:
        yield sizes_text(fit.model.input_sizes)
    if not fit.is_proven:
        yield from (f"not understood: {text}" for text in not_understood(fit.model))


def _choices(fit: ModelFit, model: Model, wanted: str) -> Iterator[str]:
    if not fit.choices:
        yield f"no change was found that lets it take {wanted}"
    else:
        rows = [(str(number), *_cells(choice, model)) for number, choice in enumerate(fit.choices, 1)]
        before = ("", "as it is", total(model.params, model.params_exact), "", "", _taken(model))
        yield from plain_table([_HEADINGS, before, *rows], _NUMBERS)
    if fit.left_out:
        changes = "change was" if fit.left_out == 1 else "changes were"
        yield f"{fit.left_out} more {changes} not tried"
    for number, choice in enumerate(fit.choices, 1):
        yield ""
        yield from _changes(number, choice)


def _cells(choice: FitChoice, model: Model) -> tuple[str, ...]:
    after = choice.model
    changed = "; ".join(one_line(message) for message in choice.messages)
    counts = (total(after.params, exact=True), _difference(model.params, after.params), total(after.macs, exact=True))
    return (changed, *counts, _taken(after))


def _changes(number: int, choice: FitChoice) -> Iterator[str]:
    """The lines of source that a choice changes, as a diff has them."""
    for place, lines in enumerate(choice.lines):
        yield f"{' ' * len(str(number)) if place else number}  {lines.path}:{lines.line}"
        yield from (f"   -{line}".rstrip() for line in lines.before)
        yield from (f"   +{line}".rstrip() for line in lines.after)


def _difference(before: Dim, after: Dim) -> str:
    """`+1,024`, `-17,280`, `0`; a formula in brackets where sizes are open."""
    difference = after - before
    if not isinstance(difference, int):
        return f"+({difference})"
    return f"{difference:+,}" if difference else "0"


def _taken(model: Model) -> str:
    sizes = model.input_sizes
    return "" if sizes is None else sizes.text
