from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import failures
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class StatedShapeDiffers(FailureRule[failures.StatedShapeDiffers]):
    """A comment states another shape than the value has.

    Why is this bad?
        Whoever reads the comment believes it. Where nothing is known of a value, cnnlint does too.

    Bad:
        x = MaxPool2d(2)(randn(8, 16, 32, 32))  # cnnlint: shape(batch, 16, 32, 32)

    Good:
        x = MaxPool2d(2)(randn(8, 16, 32, 32))  # cnnlint: shape(batch, 16, 16, 16)

    References:
        `docs/configuration.md`, on assumptions
    """

    code = "CNN230"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: failures.StatedShapeDiffers) -> str:
        stated = f"`({failure.text})`"
        if failure.text.replace(" ", "") != ",".join(map(str, failure.stated.dims)).replace(" ", ""):
            stated += f", which is {failure.stated}"
        return f"the comment states {stated}, but the value is {failure.got}"
