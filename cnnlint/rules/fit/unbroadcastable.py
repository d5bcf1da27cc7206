from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import failures
from cnnlint.plugin import FailureRule
from cnnlint.plugin.mending import padded

if TYPE_CHECKING:
    from cnnlint.diagnostics import Fix
    from cnnlint.graph import Written


@dataclass(frozen=True)
class Unbroadcastable(FailureRule[failures.Unbroadcastable]):
    """Two tensors are combined element by element whose sizes differ on an axis where neither is 1.

    Why is this bad?
        Shapes are aligned at their last axis; on each axis the sizes must be equal, or one of them 1 or missing. The operator
        raises otherwise. In a residual block it mostly means that the shortcut needs the stride, or the channels, of the main path.

    Bad:
        x = randn(8, 16, 32, 32)
        conv = Conv2d(16, 16, kernel_size=3, stride=2, padding=1)
        conv(x) + x

    Good:
        x = randn(8, 16, 32, 32)
        conv = Conv2d(16, 16, kernel_size=3, stride=2, padding=1)
        shortcut = Conv2d(16, 16, kernel_size=1, stride=2)
        conv(x) + shortcut(x)

    Fix safety:
        Safe: where convolutions or pools without padding, of odd kernels, are all that keeps the branches apart, each is given a padding
        of half its kernel. The program raised before.

    References:
        Array API standard, Broadcasting, https://data-apis.org/array-api/latest/API_specification/broadcasting.html
    """

    code = "CNN204"

    def message(self, subject: str, failure: failures.Unbroadcastable) -> str:
        left, right = failure.left[failure.axis], failure.right[failure.axis]
        return (
            f"`{failure.operation or subject}` can't broadcast {failure.left} with {failure.right}:"
            f" axis {failure.axis} is {left} on the left, {right} on the right, and neither is 1"
        )

    def fix(self, failure: failures.Unbroadcastable, written: Written) -> Fix | None:
        return padded(written)
