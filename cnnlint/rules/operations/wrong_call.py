from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import failures
from cnnlint.errors import closest, nearest
from cnnlint.plugin import FailureRule
from cnnlint.plugin.mending import renamed

if TYPE_CHECKING:
    from cnnlint.diagnostics import Fix
    from cnnlint.graph import Written


@dataclass(frozen=True)
class WrongCall(FailureRule[failures.WrongCall]):
    """A function or class of the program is called with arguments that it doesn't take.

    Why is this bad?
        The call raises TypeError. Mostly `forward` got another parameter and a caller wasn't told.

    Bad:
        class Net(Module):
            def forward(self, x, mask):
                return x * mask


        net = Net()
        net(randn(1, 3, 32, 32))

    Good:
        class Net(Module):
            def forward(self, x, mask):
                return x * mask


        net = Net()
        net(randn(1, 3, 32, 32), ones(1, 1, 32, 32))

    Fix safety:
        Safe: the call raises as it is. Only a misspelt keyword is renamed.

    References:
        The Python language reference, https://docs.python.org/3/reference/expressions.html#calls
    """

    code = "CNN805"

    def message(self, subject: str, failure: failures.WrongCall) -> str:
        name, argument = failure.callable, failure.argument
        match failure.problem:
            case "missing":
                return f"`{name}` needs `{argument}`, which is not given"
            case "repeated":
                return f"`{name}` gets `{argument}` twice, by position and by name"
            case "unknown":
                return f"`{name}` has no parameter `{argument}`{nearest(argument or '', failure.known)}"
        count = len(failure.known)
        return f"`{name}` takes {count} argument{'' if count == 1 else 's'}, but gets more"

    def fix(self, failure: failures.WrongCall, written: Written) -> Fix | None:
        if failure.problem != "unknown":
            return None
        return renamed(written, failure.argument, closest(failure.argument or "", failure.known))
