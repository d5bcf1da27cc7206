from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.errors import nearest
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class UndefinedName(FailureRule[failures.UndefinedName]):
    """A name is read that nothing binds.

    Why is this bad?
        The program raises NameError when it gets here. Mostly a typing slip, a forgotten import, or a variable of another function.
        Reported only where the code itself builds what fails, or the name is read at the top of a file.

    Bad:
        channels = 64
        conv = Conv2d(3, chanels, kernel_size=3)

    Good:
        channels = 64
        conv = Conv2d(3, channels, kernel_size=3)

    References:
        The Python language reference, https://docs.python.org/3/reference/executionmodel.html#naming-and-binding
    """

    code = "CNN802"

    def message(self, subject: str, failure: failures.UndefinedName) -> str:
        return f"`{failure.name}` is not defined{nearest(failure.name, failure.known)}"
