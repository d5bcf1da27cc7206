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
class UnknownArgument(FailureRule[failures.UnknownArgument]):
    """An argument is given that the signature doesn't have.

    Why is this bad?
        The call raises. Mostly the name is another framework's, or one positional argument too many was written.

    Bad:
        Conv2d(3, 64, 3, strides=2)

    Good:
        Conv2d(3, 64, 3, stride=2)

    Fix safety:
        Safe: the call raises as it is. Only a misspelt keyword is renamed.

    References:
        The framework's page of the layer
    """

    code = "CNN302"

    def message(self, subject: str, failure: failures.UnknownArgument) -> str:
        if failure.is_repeated:
            return f"`{failure.callable}` gets `{failure.argument}` twice, by position and by name"
        if failure.argument is None:
            count = len(failure.known)
            arguments = "argument" if count == 1 else "arguments"
            return f"`{failure.callable}` takes at most {count} {arguments}, but gets more"
        return f"`{failure.callable}` has no argument `{failure.argument}`{nearest(failure.argument, failure.known)}"

    def help(self, failure: failures.UnknownArgument) -> str:
        return "its arguments are " + ", ".join(f"`{name}`" for name in failure.known) if failure.known else ""

    def fix(self, failure: failures.UnknownArgument, written: Written) -> Fix | None:
        return renamed(written, failure.argument, closest(failure.argument or "", failure.known))
