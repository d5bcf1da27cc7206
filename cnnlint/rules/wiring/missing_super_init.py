from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import failures
from cnnlint.plugin import FailureRule
from cnnlint.plugin.mending import initialised

if TYPE_CHECKING:
    from cnnlint.diagnostics import Fix
    from cnnlint.graph import Written


@dataclass(frozen=True)
class MissingSuperInit(FailureRule[failures.BaseNotInitialised]):
    """The constructor of a module doesn't call that of its base class.

    Why is this bad?
        The base class sets up where layers and parameters are registered. Without it the first layer that is assigned, or the first
        call, raises AttributeError.

    Bad:
        class Net(Module):
            def __init__(self):
                self.fc = Linear(8, 2)

            def forward(self, x):
                return self.fc(x)

    Good:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.fc = Linear(8, 2)

            def forward(self, x):
                return self.fc(x)

    Fix safety:
        The call is added as the first statement of the constructor.

    References:
        The framework's page of the base class of all modules
    """

    code = "CNN503"

    def takes(self, failure: failures.BaseNotInitialised) -> bool:
        return not failure.is_late

    def message(self, subject: str, failure: failures.BaseNotInitialised) -> str:
        return f"the constructor of `{failure.cls}` never calls `super().__init__()`, so that nothing can be registered here"

    def help(self, failure: failures.BaseNotInitialised) -> str:
        return "call `super().__init__()` in the first line of the constructor"

    def fix(self, failure: failures.BaseNotInitialised, written: Written) -> Fix | None:
        return initialised(written)
