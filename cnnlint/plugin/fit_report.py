"""What a reporter of `fit` is, and what it prints: what would let models take an input."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TextIO

from cnnlint.plugin.reporter import Reporter
from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.graph import Model
    from cnnlint.plugin.reporter import Printing, SummaryError


@value
class ChangedLines:
    """Lines of a file, from `line` on (from 1), and those that take their place."""

    path: str
    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]


@value
class FitChoice:
    """Changes of the source with which a model is proven to take the input: `model` is what it is then."""

    messages: tuple[str, ...]
    lines: tuple[ChangedLines, ...]
    model: Model


@value
class ModelFit:
    """A model called with the input, what is wrong with that, and the choices; None of a target without one.

    `is_proven`: it is known to take the input, or to fail. `left_out` counts the changes that were not tried, as there were too many.
    """

    target: str
    model: Model | None
    error: SummaryError | None
    is_proven: bool
    choices: tuple[FitChoice, ...] = ()
    left_out: int = 0


@value
class FitReport:
    """The outcome of `fit`: `wanted` is the input in the user's words."""

    wanted: str
    models: tuple[ModelFit, ...]

    @property
    def fails(self) -> bool:
        """Whether some model is not known to take the input."""
        return any(fit.error is not None or not fit.is_proven for fit in self.models)


class FitReporter(Reporter):
    """An output format of `fit`."""

    name: ClassVar[str]

    def write(self, report: FitReport, stream: TextIO, printing: Printing) -> None:
        """Prints the report."""
        raise NotImplementedError
