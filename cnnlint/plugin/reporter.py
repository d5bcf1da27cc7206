"""What a reporter is: a way to print the outcome of `check` or of `summary`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TextIO

from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic
    from cnnlint.graph import Model
    from cnnlint.plugin.rule import Rule


COLUMNS = ("memory", "receptive-field")
"""The columns of a summary that are shown where they are asked for."""


@dataclass(frozen=True, slots=True)
class Printing:
    """How a report is to be printed.

    `quiet` leaves only the diagnostics; `verbose` adds what was not analysed and why, `statistics` a count per rule. `is_coloured`
    and `has_links` say what the terminal can show; both are false for files and pipes. `depth` is how many parts of a layer's name
    are shown apart in a summary (None: all), `is_folded` whether equal blocks in a row become one, `columns` which of COLUMNS it has
    besides the usual ones. Bytes are those of weights and activations of these dtypes.
    """

    quiet: bool = False
    verbose: bool = False
    statistics: bool = False
    is_coloured: bool = False
    has_links: bool = False
    depth: int | None = None
    is_folded: bool = False
    columns: tuple[str, ...] = ()
    weights: str = "float32"
    activations: str = "float32"


@value
class PassedOver:
    """What `check` saw and didn't report.

    `sizes` were rounded down and lose nothing; `models` have an unknown part; `files` name no framework and were not parsed.
    """

    sizes: int = 0
    models: int = 0
    first_unknown: str = ""
    files: tuple[str, ...] = ()


@value
class CheckReport:
    """The outcome of `check`, in the order of files and then of the source.

    `sources` has the text of every file with a diagnostic, by the path that is printed (`place.shown`: a notebook's by cell).
    `suppressed` are the diagnostics that a comment or the baseline silences; they don't count. `rules` are those that ran.
    """

    diagnostics: tuple[Diagnostic, ...]
    models: tuple[Model, ...]
    files: int
    passed_over: PassedOver
    sources: Mapping[str, str]
    suppressed: tuple[Diagnostic, ...] = ()
    rules: tuple[type[Rule], ...] = ()


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

    def write(self, report: CheckReport, stream: TextIO, printing: Printing) -> None:
        """Prints the report."""
        raise NotImplementedError


class SummaryReporter(Reporter):
    """An output format of `summary`."""

    def write(self, report: SummaryReport, stream: TextIO, printing: Printing) -> None:
        """Prints the report."""
        raise NotImplementedError
