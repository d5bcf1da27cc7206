from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class MissingArgument(FailureRule[failures.MissingArgument]):
    """A required argument is not given.

    Why is this bad?
        The call raises.

    Bad:
        Linear(128)

    Good:
        Linear(128, 10)

    References:
        The framework's page of the layer
    """

    code = "CNN303"

    def message(self, subject: str, failure: failures.MissingArgument) -> str:
        if failure.argument is None:
            return f"`{failure.callable}` needs an argument that is not given"
        return f"`{failure.callable}` needs `{failure.argument}`, which is not given"
