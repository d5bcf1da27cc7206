"""How shapes of different sizes are brought to one for arithmetic per element, as NumPy and every framework do it."""

from __future__ import annotations

from cnnlint.dims.conditions import compare
from cnnlint.dims.evaluation import symbols
from cnnlint.dims.expression import Dim, Expression, unknown_size
from cnnlint.dims.functions import maximum, where
from cnnlint.dims.proof import at_least, differ, equal
from cnnlint.dims.shape import Shape


class NotBroadcastable(ValueError):
    """Two sizes at one axis, counted from the end, that differ and of which neither is 1: all of it proven."""

    def __init__(self, axis: int, left: Dim, right: Dim) -> None:
        super().__init__(f"{left} and {right} at axis {axis} cannot be broadcast")
        self.axis = axis
        self.left = left
        self.right = right

    def __reduce__(self) -> tuple[type[NotBroadcastable], tuple[int, Dim, Dim]]:
        return NotBroadcastable, (self.axis, self.left, self.right)


def broadcast(*shapes: Shape) -> tuple[Shape, list[tuple[Dim, Dim]]]:
    """The common shape, and the pairs of sizes that fit only for some values of their symbols.

    Raises NotBroadcastable where no values fit.
    Source: https://numpy.org/doc/stable/user/basics.broadcasting.html
    """
    result = Shape(())
    undecided: list[tuple[Dim, Dim]] = []
    for place, shape in enumerate(shapes):
        result = shape if place == 0 else _pair(result, shape, undecided)
    return result, undecided


def _pair(a: Shape, b: Shape, undecided: list[tuple[Dim, Dim]]) -> Shape:
    longer, shorter = (a, b) if len(a.dims) >= len(b.dims) else (b, a)
    extra = len(longer.dims) - len(shorter.dims)
    dims = [_against_unknown(dim) if shorter.leading else dim for dim in longer.dims[:extra]]
    for axis in range(-len(shorter.dims), 0):
        dims.append(_size(axis, a.dims[axis], b.dims[axis], undecided))
    factors = {
        axis: merged
        for shape in (b, a)
        for axis, merged in shape.factors.items()
        if shape.dims[axis] is dims[axis] or equal(shape.dims[axis], dims[axis])
    }
    return Shape(tuple(dims), a.leading or b.leading, factors)


def _against_unknown(dim: Dim) -> Dim:
    """The size where the other shape may or may not have an axis."""
    return dim if differ(dim, 1) else unknown_size("broadcast against an unknown size")


def _size(axis: int, a: Dim, b: Dim, undecided: list[tuple[Dim, Dim]]) -> Dim:
    if isinstance(a, int) and isinstance(b, int):
        if a == b or b == 1:
            return a
        if a == 1:
            return b
        raise NotBroadcastable(axis, a, b)
    if a is b or equal(a, b) or b == 1:
        return a
    if a == 1:
        return b
    a_is_not_one, b_is_not_one = differ(a, 1), differ(b, 1)
    if a_is_not_one and b_is_not_one and differ(a, b):
        raise NotBroadcastable(axis, a, b)
    undecided.append((a, b))
    if a_is_not_one and b_is_not_one:
        return a if isinstance(a, int) else b
    if a_is_not_one:
        return a
    if b_is_not_one:
        return b
    if at_least(a, 1) and at_least(b, 1):
        return maximum(a, b)
    if any(found.kind == "unknown" for side in (a, b) if isinstance(side, Expression) for found in symbols(side)):
        return unknown_size(f"{a} broadcast against {b}")
    return where(compare("==", a, 1), b, a)  # and not the larger one: a size of 0 takes 1 with it
