from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class RestrictedInputSize(FailureRule[oddities.RestrictedInputSize]):
    """A model takes only some input sizes, which a pool or a padding would change.

    Why is this bad?
        A network of convolutions and pools runs with images of any size. One layer that asks for a certain size of its feature map,
        mostly the first fully connected one, takes that from the whole network.

    Bad:
        net = Sequential(Conv2d(3, 16, 5), Flatten(), Linear(16 * 28 * 28, 10))  # takes 32 x 32, and nothing else

    Good:
        net = Sequential(Conv2d(3, 16, 5), AdaptiveAvgPool2d(1), Flatten(), Linear(16, 10))

    References:
        Lin, Chen & Yan, Network in network, arXiv:1312.4400 (global average pooling)
    """

    code = "CNN107"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def message(self, subject: str, failure: oddities.RestrictedInputSize) -> str:
        return f"`{subject}` lets the model take only the input sizes {failure.text}"

    def help(self, failure: oddities.RestrictedInputSize) -> str:
        if failure.is_multiple:
            return "padding the input to the next multiple would lift that"
        return "an adaptive pool before the features are flattened would lift that"
