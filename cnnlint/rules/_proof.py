"""The questions that rules ask of sizes.

`cnnlint explain` imports a rule without ever running it, and `dims` is half of what it may cost; so it is imported when asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape


def greater(left: Dim, right: Dim) -> bool:
    """Whether `left` is proven to be greater, for all values of the symbols."""
    from cnnlint import dims

    return dims.greater(left, right)


def equal(left: Dim, right: Dim) -> bool:
    """Whether the two are proven to be equal, for all values of the symbols."""
    from cnnlint import dims

    return dims.equal(left, right)


def differ(left: Dim, right: Dim) -> bool:
    """Whether the two are proven to differ, for all values of the symbols."""
    from cnnlint import dims

    return dims.differ(left, right)


def symbols_of(shape: Shape) -> dict[str, Dim]:
    """The sizes of a shape that are lone symbols, by their names."""
    from cnnlint import dims

    return {dim.symbol.name: dim for dim in shape.dims if isinstance(dim, dims.Expression) and dim.symbol is not None}
