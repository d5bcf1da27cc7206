from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class BatchSwallowed(FailureRule[oddities.BatchSwallowed]):
    """A reshape mixes the examples of a batch into rows of another size.

    Why is this bad?
        With -1 for the number of rows, a wrong number of columns goes unnoticed as long as it divides the elements of the whole batch:
        there are then more or fewer rows than examples, and a row holds parts of several. Reported where neither number is a
        multiple of the other, so that no example is a whole number of rows.

    Bad:
        class Net(Module):  # cnnlint: input(batch, 16, 5, 5)
            def forward(self, x):
                return x.view(-1, 256)  # 16 * 5 * 5 = 400 features an example

    Good:
        class Net(Module):  # cnnlint: input(batch, 16, 5, 5)
            def forward(self, x):
                return x.view(-1, 400)

    References:
        The framework's page of the operation
    """

    code = "CNN216"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.BatchSwallowed) -> str:
        arrives = f"an example of {failure.shape} has {failure.features} elements"
        return f"`{subject}` makes rows of {failure.size} elements, but {arrives}: rows and examples don't match"

    def help(self, failure: oddities.BatchSwallowed) -> str:
        return f"`flatten` from axis 1 keeps the batch and gives {failure.features} features"
