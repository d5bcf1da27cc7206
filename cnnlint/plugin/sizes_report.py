"""What a reporter of `summary --each` is, and what it prints: models at several input sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TextIO

from cnnlint.plugin.reporter import Reporter
from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.graph import Model, Place
    from cnnlint.plugin.reporter import Printing, SummaryError


@value
class Loss:
    """Rows or columns of its input that a layer reads nowhere, in a rule's words."""

    subject: str
    place: Place
    message: str


@value
class SizeRow:
    """A model called with an input of `size` on each spatial axis, or what keeps it from being called so."""

    size: int
    model: Model | None
    error: SummaryError | None
    losses: tuple[Loss, ...] = ()


@value
class ModelAtSizes:
    """A model of a target at each of the sizes, in the order in which they were named."""

    target: str
    rows: tuple[SizeRow, ...]


@value
class SizesReport:
    """The outcome of `summary --each`, in the order in which the targets were named."""

    models: tuple[ModelAtSizes, ...]

    @property
    def fails(self) -> bool:
        """Whether a model doesn't take some of the sizes."""
        return any(row.error is not None for model in self.models for row in model.rows)


class SizesReporter(Reporter):
    """An output format of `summary --each`."""

    name: ClassVar[str]

    def write(self, report: SizesReport, stream: TextIO, printing: Printing) -> None:
        """Prints the report."""
        raise NotImplementedError
