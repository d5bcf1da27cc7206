from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class ParameterNotRegistered(FailureRule[oddities.ParameterNotRegistered]):
    """Something that is to be trained is kept where its module doesn't see it.

    Why is this bad?
        A plain tensor that requires its gradient, or a parameter in a plain list, gets gradients but is not among the module's
        parameters: the optimiser never steps it, checkpoints don't hold it, and it stays behind when the model goes to another device.

    Bad:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.scale = ones(8, requires_grad=True)

            def forward(self, x):
                return x * self.scale

    Good:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.scale = Parameter(ones(8))

            def forward(self, x):
                return x * self.scale

    References:
        The framework's page of its parameters
    """

    code = "CNN511"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.ParameterNotRegistered) -> str:
        held, verb = "a tensor that requires its gradient", "is"
        if failure.count is not None:
            held, verb = ("1 parameter", "is") if failure.count == 1 else (f"{failure.count} parameters", "are")
            held += " in a plain container"
        return f"`{failure.cls}.{failure.name}` holds {held}, which {verb} not among the parameters of the module"
