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
class NormMismatch(FailureRule[failures.NormMismatch]):
    """A normalisation is built for another number of channels, or another shape, than it gets.

    Why is this bad?
        A normalisation has a scale and a shift, and often running statistics, per channel (or per element of its trailing shape).
        With another number there is nothing to scale by, and the call raises.

    Bad:
        norm = BatchNorm2d(64)
        norm(randn(8, 32, 28, 28))  # 32 channels

    Good:
        norm = BatchNorm2d(32)
        norm(randn(8, 32, 28, 28))

    Fix safety:
        Safe where one number serves all analysed uses of the place where it is written; no fix is offered otherwise.

    References:
        Ioffe & Szegedy, Batch Normalization, arXiv:1502.03167
        Ba, Kiros & Hinton, Layer Normalization, arXiv:1607.06450
    """

    code = "CNN203"

    def message(self, subject: str, failure: failures.NormMismatch) -> str:
        from cnnlint.dims import Shape  # here, because it costs `cnnlint explain` start-up time

        if isinstance(failure.expected, Shape):
            return f"`{subject}` normalises a trailing shape of {failure.expected}, but gets {failure.got}"
        return f"`{subject}` normalises {failure.expected} channels, but gets {failure.got}"

    def fix(self, failure: failures.NormMismatch, written: Written) -> Fix | None:
        return resized(written, failure.argument, failure.expected, failure.got)
