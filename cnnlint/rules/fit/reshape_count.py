from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import failures
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.dims import Dim


@dataclass(frozen=True)
class ReshapeCount(FailureRule[failures.ReshapeCount]):
    """A tensor is reshaped to a shape of another number of elements.

    Why is this bad?
        Reshaping keeps every element, so the two products must be equal; the call raises. `reshape(-1, 400)` is more treacherous
        than `flatten`: whatever else divides by 400 passes, and examples of the batch are mixed.

    Bad:
        x = randn(1, 16, 6, 6)
        x.reshape(-1, 400)

    Good:
        x = randn(1, 16, 6, 6)
        flatten(x, 1)

    References:
        Array API standard, reshape, https://data-apis.org/array-api/latest/API_specification/generated/array_api.reshape.html
    """

    code = "CNN206"

    def message(self, subject: str, failure: failures.ReshapeCount) -> str:
        target = "(" + ", ".join(map(str, failure.target)) + ("," if len(failure.target) == 1 else "") + ")"
        given = [size for size in failure.target if str(size) != "-1"]
        elements = f"`{subject}` can't make {target} of {failure.shape}: {_product(tuple(failure.shape))} elements"
        if len(given) == len(failure.target):
            return f"{elements} are not {_product(given)}"
        return f"{elements} are no multiple of {_product(given)}"


def _product(sizes: Sequence[Dim]) -> str:
    """`2 * 16 * 6 * 6 = 1152`, or the bare number where there is nothing to multiply."""
    value: Dim = 1
    for size in sizes:
        value = value * size
    factors = " * ".join(map(str, sizes))
    return f"{factors} = {value}" if len(sizes) > 1 and factors != str(value) else str(value)
