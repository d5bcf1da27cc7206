from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.errors import nearest
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class MissingAttribute(FailureRule[failures.MissingAttribute]):
    """An attribute is read that the object doesn't have.

    Why is this bad?
        The program raises AttributeError when it gets here. In a model it is mostly a layer that was renamed, or is only built under
        another configuration than the one in use. Reported only where the code itself builds the object.

    Bad:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.fc = Linear(8, 2)

            def forward(self, x):
                return self.last_linear(x)


        net = Net()

    Good:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.last_linear = Linear(8, 2)

            def forward(self, x):
                return self.last_linear(x)


        net = Net()

    References:
        The Python language reference, https://docs.python.org/3/reference/expressions.html#attribute-references
    """

    code = "CNN803"

    def message(self, subject: str, failure: failures.MissingAttribute) -> str:
        return f"`{failure.cls}` has no attribute `{failure.name}`{nearest(failure.name, failure.known)}"
