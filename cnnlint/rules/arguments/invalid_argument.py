from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class InvalidArgument(FailureRule[failures.InvalidArgument]):
    """An argument has a value that the framework rejects.

    Why is this bad?
        The layer or the operation checks its arguments and raises, some of them only when it is called.

    Bad:
        Conv2d(in_channels=32, out_channels=64, kernel_size=3, padding="full")

    Good:
        Conv2d(in_channels=32, out_channels=64, kernel_size=3, padding="valid")

    References:
        The framework's page of the layer
    """

    code = "CNN301"

    def message(self, subject: str, failure: failures.InvalidArgument) -> str:
        if failure.argument is None:
            return f"`{subject}` {failure.reason}"
        return f"`{subject}`: `{failure.argument}` {failure.reason}"
