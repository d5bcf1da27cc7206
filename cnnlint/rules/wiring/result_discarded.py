from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class ResultDiscarded(FailureRule[oddities.ResultDiscarded]):
    """The result of a call that only computes is not used.

    Why is this bad?
        Most methods of a tensor give a new one and leave the old as it is, so that a line without `x = ` does nothing. Reported in
        methods of modules, for functions and layers of the framework that write nothing.

    Bad:
        class Net(Module):
            def forward(self, x):
                x.view(x.size(0), -1)
                return x


        net = Net()
        net(randn(8, 16, 5, 5))

    Good:
        class Net(Module):
            def forward(self, x):
                x = x.view(x.size(0), -1)
                return x


        net = Net()
        net(randn(8, 16, 5, 5))

    References:
        The framework's page of the operation
    """

    code = "CNN507"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.ResultDiscarded) -> str:
        return f"`{subject}` gives a new tensor of shape {failure.shape} and leaves the old one as it is; nothing takes the result"
