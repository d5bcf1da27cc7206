from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule
from cnnlint.rules.wiring._amounts import parameters

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class UnusedLayer(FailureRule[oddities.UnusedLayer]):
    """A layer with weights is built and never used.

    Why is this bad?
        Its parameters are saved, sent to the device and given to the optimiser, and get no gradient; training on several devices may wait
        for one. Mostly another layer is applied twice in its place. Reported only where the model was followed from its input to its
        output, and neither a text of its file reads the attribute nor that of another file nearby which mentions the class or its module.

    Bad:
        class Net(Module):  # cnnlint: input(batch, 8)
            def __init__(self):
                super().__init__()
                self.fc1 = Linear(8, 8)
                self.fc2 = Linear(8, 8)

            def forward(self, x):
                return self.fc1(self.fc1(x))

    Good:
        class Net(Module):  # cnnlint: input(batch, 8)
            def __init__(self):
                super().__init__()
                self.fc1 = Linear(8, 8)
                self.fc2 = Linear(8, 8)

            def forward(self, x):
                return self.fc2(self.fc1(x))

    References:
        The framework's page of the base class of all modules
    """

    code = "CNN502"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.UnusedLayer) -> str:
        return f"`{failure.cls}.{failure.name}` has {parameters(failure.params)}, but is never used"
