from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class NoValidInputSize(FailureRule[failures.NoValidInputSize]):
    """There is no input size for which the model runs.

    Why is this bad?
        Whatever image it gets, the model raises. Mostly the features that a fully connected layer expects are no product of the
        channels and a size of the feature map.

    Bad:
        net = Sequential(Conv2d(3, 16, 5), Flatten(), Linear(401, 10))
        net(randn(8, 3, size, size))  # 16 * (size - 4) ** 2 is a multiple of 16, which 401 isn't

    Good:
        net = Sequential(Conv2d(3, 16, 5), Flatten(), Linear(400, 10))
        net(randn(8, 3, 9, 9))

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN105"

    def message(self, subject: str, failure: failures.NoValidInputSize) -> str:
        if failure.expected is None:
            return f"`{subject}` needs {failure.condition}, which no input size gives"
        got = " * ".join(str(factor) if str(factor).isalnum() else f"({factor})" for factor in failure.factors)
        return f"`{subject}` expects {failure.expected} input features, but gets {got}, which is another number for every input size"

    def help(self, failure: failures.NoValidInputSize) -> str:
        counts = [f"{count} with an input of {' x '.join(map(str, sizes))}" for count, sizes in failure.nearest]
        return f"next to {failure.expected} it gets {' or '.join(counts)}" if counts else ""
