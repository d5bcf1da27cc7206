from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class ModuleListCalled(FailureRule[failures.ContainerCalled]):
    """A container is called that only holds its modules.

    Why is this bad?
        A list or dict of modules registers them and says nothing of the order in which they run, so calling it raises
        NotImplementedError.

    Bad:
        layers = ModuleList([Linear(8, 8), ReLU()])
        layers(randn(1, 8))

    Good:
        layers = Sequential(Linear(8, 8), ReLU())
        layers(randn(1, 8))

    References:
        The framework's page of the container
    """

    code = "CNN512"

    def message(self, subject: str, failure: failures.ContainerCalled) -> str:
        return f"`{subject}` is a `{failure.cls}`, which holds modules but can't be called"

    def help(self, failure: failures.ContainerCalled) -> str:
        return "call its modules one by one, or hold them in a container that runs them in order"
