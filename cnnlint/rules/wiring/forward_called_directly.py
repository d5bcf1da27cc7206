from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class ForwardCalledDirectly(FailureRule[oddities.ForwardCalledDirectly]):
    """The method that a call runs is called by its name.

    Why is this bad?
        Calling the module also runs the hooks that tools register on it (profilers, pruning, the wrappers of several devices); calling
        the method passes them by.

    Bad:
        class Block(Module):
            def forward(self, x):
                return x


        class Net(Module):
            def __init__(self):
                super().__init__()
                self.block = Block()

            def forward(self, x):
                return self.block.forward(x)


        net = Net()
        net(randn(1, 8))

    Good:
        class Block(Module):
            def forward(self, x):
                return x


        class Net(Module):
            def __init__(self):
                super().__init__()
                self.block = Block()

            def forward(self, x):
                return self.block(x)


        net = Net()
        net(randn(1, 8))

    References:
        The framework's page of the base class of all modules
    """

    code = "CNN509"
    severity: ClassVar[Severity] = "info"

    def message(self, subject: str, failure: oddities.ForwardCalledDirectly) -> str:
        return f"`{subject}` calls `{failure.method}` of a `{failure.cls}` by its name, which passes its hooks by; call the module"
