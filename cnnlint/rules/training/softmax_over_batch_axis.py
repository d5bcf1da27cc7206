from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class SoftmaxOverBatchAxis(FailureRule[oddities.SoftmaxOverBatchAxis]):
    """A softmax is taken over the batch.

    Why is this bad?
        The probabilities of an example then depend on the other examples, and those of its classes don't add up to 1. Without `dim`
        some frameworks take the first axis for tensors of one or three axes.

    Bad:
        class Net(Module):  # cnnlint: input(batch, 64)
            def __init__(self):
                super().__init__()
                self.fc = Linear(64, 10)

            def forward(self, x):
                return softmax(self.fc(x), dim=0)

    Good:
        class Net(Module):  # cnnlint: input(batch, 64)
            def __init__(self):
                super().__init__()
                self.fc = Linear(64, 10)

            def forward(self, x):
                return softmax(self.fc(x), dim=1)

    References:
        The framework's page of the operation
    """

    code = "CNN606"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.SoftmaxOverBatchAxis) -> str:
        why = " (which is what no `dim` means for 1 and 3 axes)" if failure.is_implicit else ""
        return f"`{subject}` runs over axis 0 of {failure.shape}, the batch{why}"
