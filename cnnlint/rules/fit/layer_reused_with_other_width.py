from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class LayerReusedWithOtherWidth(FailureRule[failures.LayerReused]):
    """A layer is applied to another width than the one that it fitted before.

    Why is this bad?
        The same layer, with the same weights, is called twice, and only one of the inputs has the channels or features that it was
        built for. The second call raises. Mostly a line was copied and its layer kept.

    Bad:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.conv1 = Conv2d(3, 16, kernel_size=3)
                self.conv2 = Conv2d(16, 32, kernel_size=3)

            def forward(self, x):
                return self.conv1(self.conv1(x))


        net = Net()

    Good:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.conv1 = Conv2d(3, 16, kernel_size=3)
                self.conv2 = Conv2d(16, 32, kernel_size=3)

            def forward(self, x):
                return self.conv2(self.conv1(x))


        net = Net()

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN213"

    def message(self, subject: str, failure: failures.LayerReused) -> str:
        expected = f"expects {failure.expected} input {failure.what}, as at an earlier call"
        return f"`{subject}` {expected}, but gets {failure.got} at this one"
