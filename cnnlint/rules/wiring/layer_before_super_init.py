from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class LayerBeforeSuperInit(FailureRule[failures.BaseNotInitialised]):
    """A layer is assigned before the constructor of the base class ran.

    Why is this bad?
        The base class sets up where layers and parameters are registered, so an assignment above `super().__init__()` raises
        AttributeError.

    Bad:
        class Net(Module):
            def __init__(self):
                self.fc = Linear(8, 2)
                super().__init__()

            def forward(self, x):
                return self.fc(x)

    Good:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.fc = Linear(8, 2)

            def forward(self, x):
                return self.fc(x)

    References:
        The framework's page of the base class of all modules
    """

    code = "CNN504"

    def takes(self, failure: failures.BaseNotInitialised) -> bool:
        return failure.is_late

    def message(self, subject: str, failure: failures.BaseNotInitialised) -> str:
        return f"`{failure.cls}` registers something before its constructor calls `super().__init__()`"

    def help(self, failure: failures.BaseNotInitialised) -> str:
        return "move `super().__init__()` to the first line of the constructor"
