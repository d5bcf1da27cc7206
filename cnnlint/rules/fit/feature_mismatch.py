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
class FeatureMismatch(FailureRule[failures.FeatureMismatch]):
    """A fully connected layer is built for another number of features than it gets.

    Why is this bad?
        The weight matrix of a fully connected layer has one column per input feature, so the call raises. Where the features
        are a flattened feature map, the arithmetic of the message shows which size came out otherwise than planned.

    Bad:
        fc1 = Linear(in_features=400, out_features=120)
        fc1(flatten(randn(8, 16, 6, 6), 1))  # fc1 expects 400 input features, but gets 16 * 6 * 6 = 576

    Good:
        fc1 = Linear(in_features=16 * 6 * 6, out_features=120)
        fc1(flatten(randn(8, 16, 6, 6), 1))

    Fix safety:
        Safe where one number serves all analysed uses of the place where it is written; no fix is offered otherwise. A product stays a
        product.

    References:
        Dumoulin & Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285
    """

    code = "CNN202"

    def message(self, subject: str, failure: failures.FeatureMismatch) -> str:
        got = str(failure.got)
        product = " * ".join(map(str, failure.factors))
        if len(failure.factors) > 1 and product != got:
            got = f"{product} = {got}"
        return f"`{subject}` expects {failure.expected} input features, but gets {got}"

    def fix(self, failure: failures.FeatureMismatch, written: Written) -> Fix | None:
        return resized(written, failure.argument, failure.expected, failure.got, failure.factors)
