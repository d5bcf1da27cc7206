"""Which limits of budgets are proven to be exceeded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cnnlint.record import record
from cnnlint.rules._proof import greater

if TYPE_CHECKING:
    from cnnlint.graph import Figure, FileAnalysis, Limit, Model


@record
class Exceeded:
    """A model that costs more than a limit allows."""

    model: Model
    limit: Limit
    figure: Figure

    @property
    def help(self) -> str:
        """Who states the limit, and which exception to it has ended."""
        exception = self.limit.exception
        ended = "" if exception is None else f"; the exception to it ({exception.reason}) ended on {exception.until}"
        return f"the budget is stated by {self.limit.source}{ended}"


def exceeded(analysis: FileAnalysis, key: str) -> Iterator[Exceeded]:
    """The models of a file that are proven to exceed their limit of `key`, unless an exception holds."""
    from cnnlint.graph import figures_of  # `cnnlint explain` imports every rule, and the graph costs start-up time

    for model in analysis.models:
        limit = model.budget.limits.get(key) if model.budget is not None else None
        if limit is None or is_excepted(limit):
            continue
        figure = figures_of(model, (key,))[key]
        if figure.amount is not None and greater(figure.amount, limit.most):
            yield Exceeded(model, limit, figure)


def is_excepted(limit: Limit) -> bool:
    """Whether an exception to a limit holds."""
    return limit.exception is not None and not limit.exception.has_ended
