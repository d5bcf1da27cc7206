from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import failures
from cnnlint.plugin import FailureRule
from cnnlint.plugin.mending import resized

if TYPE_CHECKING:
    from cnnlint.diagnostics import Fix
    from cnnlint.graph import Written


@dataclass(frozen=True)
class HeadMismatch(FailureRule[failures.HeadMismatch]):
    """A replaced layer expects another width than the layer that stood there.

    Why is this bad?
        Whoever fine-tunes a known network puts a new head in the place of the old one, and must build it for the features that the
        rest of the network gives. The call raises otherwise.

    Bad:
        class Backbone(Module):
            def __init__(self):
                super().__init__()
                self.conv = Conv2d(3, 512, kernel_size=3)
                self.fc = Linear(512, 1000)

            def forward(self, x):
                return self.fc(self.conv(x).mean(dim=(2, 3)))


        model = Backbone()
        model.fc = Linear(2048, 10)

    Good:
        class Backbone(Module):
            def __init__(self):
                super().__init__()
                self.conv = Conv2d(3, 512, kernel_size=3)
                self.fc = Linear(512, 1000)

            def forward(self, x):
                return self.fc(self.conv(x).mean(dim=(2, 3)))


        model = Backbone()
        model.fc = Linear(model.fc.in_features, 10)

    Fix safety:
        Safe where one number serves all analysed uses of the place where it is written; no fix is offered otherwise.

    References:
        Yosinski et al., How transferable are features in deep neural networks?, arXiv:1411.1792
    """

    code = "CNN214"

    def message(self, subject: str, failure: failures.HeadMismatch) -> str:
        expected = f"expects {failure.expected} input {failure.what}"
        return f"`{subject}` {expected}, but gets {failure.got}, which the layer that it replaces was built for"

    def fix(self, failure: failures.HeadMismatch, written: Written) -> Fix | None:
        return resized(written, failure.argument, failure.expected, failure.got)
