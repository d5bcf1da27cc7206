from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class LinearWithoutActivation(FailureRule[oddities.LinearWithoutActivation]):
    """A fully connected layer follows on another one with nothing between.

    Why is this bad?
        Two affine maps in a row are one affine map, which a single layer computes with fewer parameters. Not reported where the features
        between are fewer than those on both sides: that is a factorisation with a purpose.

    Bad:
        head = Sequential(Linear(64, 128), Linear(128, 10))
        head(randn(8, 64))

    Good:
        head = Sequential(Linear(64, 128), ReLU(), Linear(128, 10))
        head(randn(8, 64))

    References:
        Goodfellow, Bengio & Courville, Deep learning, section 6.1
    """

    code = "CNN704"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def message(self, subject: str, failure: oddities.LinearWithoutActivation) -> str:
        first, between, last = failure.widths
        return f"`{subject}` follows on a layer of the same kind with nothing between: {first} to {between} to {last} features is one map"
