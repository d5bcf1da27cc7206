from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class DeadArgument(FailureRule[oddities.DeadArgument]):
    """An argument is written that has no effect beside the others.

    Why is this bad?
        Whoever writes it believes that it does something: a padding mode without padding, dropout between the layers of a recurrent
        stack of one layer. Reported only where these arguments are literals of one call; a general wrapper may pass on what it gets.

    Bad:
        Conv2d(3, 16, kernel_size=3, padding_mode="reflect")

    Good:
        Conv2d(3, 16, kernel_size=3, padding=1, padding_mode="reflect")

    References:
        The framework's page of the layer
    """

    code = "CNN312"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.DeadArgument) -> str:
        return f"`{subject}`: `{failure.argument}` has no effect: {failure.reason}"
