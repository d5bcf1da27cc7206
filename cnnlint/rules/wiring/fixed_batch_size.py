from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class FixedBatchSize(FailureRule[oddities.FixedBatchSize]):
    """A reshape writes the size of the batch as a number.

    Why is this bad?
        The model then runs with this batch only; the last batch of an epoch, or a single image, is refused or reshaped wrongly.

    Bad:
        class Net(Module):  # cnnlint: input(batch, 16, 5, 5)
            def forward(self, x):
                return x.view(32, -1)

    Good:
        class Net(Module):  # cnnlint: input(batch, 16, 5, 5)
            def forward(self, x):
                return x.view(x.size(0), -1)

    References:
        The framework's page of the operation
    """

    code = "CNN510"
    severity: ClassVar[Severity] = "info"

    def message(self, subject: str, failure: oddities.FixedBatchSize) -> str:
        return f"`{subject}` makes {failure.size} rows of {failure.shape}, whatever `{failure.shape[0]}` is"
