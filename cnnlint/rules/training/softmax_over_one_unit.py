from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class SoftmaxOverOneUnit(FailureRule[oddities.SoftmaxOverOneUnit]):
    """A softmax is taken over a single unit.

    Why is this bad?
        Divided by itself, every score becomes 1, whatever the weights are, and no gradient flows. One unit for two classes takes a
        sigmoid.

    Bad:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.fc = Linear(64, 1)

            def forward(self, x):
                return softmax(self.fc(x), dim=-1)

    Good:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.fc = Linear(64, 1)

            def forward(self, x):
                return self.fc(x).sigmoid()

    References:
        Goodfellow, Bengio & Courville, Deep learning, section 6.2.2.2
    """

    code = "CNN605"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.SoftmaxOverOneUnit) -> str:
        return f"`{subject}` runs over the one unit that a layer gives, {failure.shape}: the result is 1 everywhere"
