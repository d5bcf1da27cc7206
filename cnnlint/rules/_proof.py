"""The questions that rules ask of sizes.

`cnnlint explain` imports a rule without ever running it, and `dims` is half of what it may cost; so it is imported when asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.dims import Dim


def greater(left: Dim, right: Dim) -> bool:
    """Whether `left` is proven to be greater, for all values of the symbols."""
    from cnnlint import dims

    return dims.greater(left, right)


def equal(left: Dim, right: Dim) -> bool:
    """Whether the two are proven to be equal, for all values of the symbols."""
    from cnnlint import dims

    return dims.equal(left, right)
