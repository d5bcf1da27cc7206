from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.errors import nearest
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class ForwardMissing(FailureRule[failures.ForwardMissing]):
    """A module is called that doesn't define what a call runs.

    Why is this bad?
        The base class's own method only raises NotImplementedError. Mostly the name has a typing slip, or the method stands outside of
        the class because it is indented too little.

    Bad:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.fc = Linear(8, 2)

            def foward(self, x):
                return self.fc(x)


        net = Net()
        net(randn(1, 8))

    Good:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.fc = Linear(8, 2)

            def forward(self, x):
                return self.fc(x)


        net = Net()
        net(randn(1, 8))

    References:
        The framework's page of the base class of all modules
    """

    code = "CNN508"

    def message(self, subject: str, failure: failures.ForwardMissing) -> str:
        meant = nearest(failure.method, failure.known).replace("did you mean", "is it")
        return f"`{failure.cls}` defines no `{failure.method}`, which a call runs{meant}"
