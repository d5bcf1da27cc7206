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
class ConcatenationMismatch(FailureRule[failures.ConcatenationMismatch]):
    """Tensors are concatenated or stacked that differ on another axis than the one they are joined along.

    Why is this bad?
        Only the axis of concatenation may differ, and none of stacked tensors; the call raises. In a U-Net it mostly means that an odd
        size was halved and doubled again: 25 -> 12 -> 24.

    Bad:
        skip = randn(8, 64, 25, 25)
        up = randn(8, 64, 24, 24)  # pooled to 12 x 12 and enlarged again
        cat([skip, up], dim=1)

    Good:
        skip = randn(8, 64, 25, 25)
        up = functional.interpolate(randn(8, 64, 24, 24), size=skip.shape[2:])
        cat([skip, up], dim=1)

    Fix safety:
        Safe: where convolutions or pools without padding, of odd kernels, are all that keeps the branches apart, each is given a padding
        of half its kernel. The program raised before.

    References:
        Ronneberger, Fischer & Brox, U-Net, arXiv:1505.04597
    """

    code = "CNN205"

    def message(self, subject: str, failure: failures.ConcatenationMismatch) -> str:
        shapes = " and ".join(map(str, _first_pair(failure)))
        along = "a new axis" if failure.axis is None else f"axis {failure.axis}"
        return f"`{subject}` joins along {along}, but gets {shapes}, which differ on axis {failure.differing}"

    def fix(self, failure: failures.ConcatenationMismatch, written: Written) -> Fix | None:
        return padded(written)


def _first_pair(failure: failures.ConcatenationMismatch) -> tuple[object, ...]:
    """The first shape and the first one that reads otherwise on the differing axis; all of them if none does."""
    first = failure.shapes[0]
    for shape in failure.shapes[1:]:
        if shape.rank != first.rank or str(shape[failure.differing]) != str(first[failure.differing]):
            return (first, shape)
    return tuple(failure.shapes)
