"""What the reporters of `budget` get: what each model costs beside what it may, and what it did before."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, TextIO, TypeAlias

from cnnlint.plugin.reporter import Printing, Reporter
from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.graph import Figure, Limit, Model

Standing: TypeAlias = Literal["within", "over", "excepted", "grown", "unknown", "unlimited"]


@value
class BudgetLine:
    """One cost of a model, with its limit and what was recorded, where there are such.

    `standing` is `unknown` where a lower bound is within the limit, `unlimited` where nothing limits it. `headroom` is the share of the
    limit that is left, `growth` what came on top of what was recorded, both in hundredths of a percent.
    """

    key: str
    figure: Figure
    standing: Standing
    limit: Limit | None = None
    headroom: int | None = None
    recorded: int | None = None
    growth: int | None = None


@value
class BudgetRow:
    """A model that has a budget, or was recorded."""

    name: str
    model: Model
    lines: tuple[BudgetLine, ...]


@value
class BudgetReport:
    """The outcome of `budget`, in the order of files and source; `others` counts the models without a budget.

    `not_analysed` says of each file that could not be read why.
    """

    rows: tuple[BudgetRow, ...]
    others: int
    not_analysed: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether a limit is exceeded, or a cost has grown by more than is allowed."""
        return any(line.standing in ("over", "grown") for row in self.rows for line in row.lines)


class BudgetReporter(Reporter):
    """An output format of `budget`."""

    name: ClassVar[str]

    def write(self, report: BudgetReport, stream: TextIO, printing: Printing) -> None:
        """Prints the report."""
        raise NotImplementedError
