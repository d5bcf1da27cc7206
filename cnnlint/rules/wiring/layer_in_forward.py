from __future__ import annotations

from dataclasses import dataclass

from cnnlint import oddities
from cnnlint.plugin import FailureRule
from cnnlint.rules.wiring._amounts import parameters


@dataclass(frozen=True)
class LayerInForward(FailureRule[oddities.LayerInForward]):
    """A layer with weights is built anew by each call of the model.

    Why is this bad?
        Each call starts from new weights that no optimiser knows, so that the layer is never trained. Layers are built by the
        constructor. Reported where the layer is applied at once, or under a local name that is used for nothing else.

    Bad:
        class Net(Module):
            def forward(self, x):
                return Linear(8, 2)(x)

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

    code = "CNN505"

    def message(self, subject: str, failure: oddities.LayerInForward) -> str:
        return f"`{subject}` builds {parameters(failure.params)} anew at each call, which are never trained"
