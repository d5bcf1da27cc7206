"""What a reporter is: a way to print the outcome of `check` or of `summary`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, TextIO

from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic
    from cnnlint.graph import Model


@value
class PassedOver:
    """What `check` saw and didn't report: sizes rounded down that lose nothing, and models with an unknown part."""

    sizes: int = 0
    models: int = 0
    first_unknown: str = ""


@value
class CheckReport:
    """The outcome of `check`, in the order of files and then of the source.

    `sources` has the text of every file with a diagnostic, by the path that is printed (`place.shown`: a notebook's by cell).
    `suppressed` are the diagnostics that a comment or the baseline silences; they don't count.
    """

    diagnostics: tuple[Diagnostic, ...]
    models: tuple[Model, ...]
    files: int
    passed_over: PassedOver
    sources: Mapping[str, str]
    suppressed: tuple[Diagnostic, ...] = ()


@value
class SummaryError:
    """Why a target has no complete summary: `code` is a rule's, `line` counts from 1 (0: of no line)."""

    path: str
    line: int
    code: str
    message: str


@value
class SummaryRow:
    """A model of a target, or what kept it from being found; at least one of the two is there."""

    target: str
    model: Model | None
    error: SummaryError | None


@value
class SummaryReport:
    """The outcome of `summary`, in the order in which the targets were named."""

    rows: tuple[SummaryRow, ...]


class Reporter:
    """Base of all reporters: one output format, chosen by `--output-format` with its name. Derive from one of the two below."""

    name: ClassVar[str]


class CheckReporter(Reporter):
    """An output format of `check`."""

    def write(self, report: CheckReport, stream: TextIO, *, quiet: bool) -> None:
        """Prints the report; `quiet` leaves only the diagnostics."""
        raise NotImplementedError


class SummaryReporter(Reporter):
    """An output format of `summary`."""

    def write(self, report: SummaryReport, stream: TextIO) -> None:
        """Prints the report."""
        raise NotImplementedError
