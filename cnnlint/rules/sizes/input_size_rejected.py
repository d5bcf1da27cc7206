from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class InputSizeRejected(FailureRule[failures.InputSizeRejected]):
    """A model is called with an input size that it rejects.

    Why is this bad?
        The call raises. Which sizes the model takes follows from all that it does with its input; the message says which.

    Bad:
        class Patches(nn.Module):
            def forward(self, x):
                if x.shape[2] % 16:
                    raise ValueError("the height is no multiple of 16")
                return x

        Patches()(randn(8, 3, 100, 100))

    Good:
        class Patches(nn.Module):
            def forward(self, x):
                if x.shape[2] % 16:
                    raise ValueError("the height is no multiple of 16")
                return x

        Patches()(randn(8, 3, 96, 96))

    References:
        `docs/how-it-works.md`, on input sizes
    """

    code = "CNN106"

    def message(self, subject: str, failure: failures.InputSizeRejected) -> str:
        called = " x ".join(map(str, failure.called))
        return f"`{subject}` takes input sizes {failure.text}, but is called with {called}: {failure.reason}"

    def help(self, failure: failures.InputSizeRejected) -> str:
        return f"the nearest size that it takes is {' x '.join(map(str, failure.nearest))}"
