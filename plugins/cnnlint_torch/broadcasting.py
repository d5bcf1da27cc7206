"""Bringing operands to one shape.

Source: https://docs.pytorch.org/docs/stable/notes/broadcasting.html
"""

from __future__ import annotations

from cnnlint.plugin import (
    Dim,
    NotBroadcastable,
    OperationFails,
    Shape,
    Unbroadcastable,
    broadcast,
    compare,
    differ,
    equal,
    expect_equal,
    expect_that,
    some,
)


def broadcast_shapes(operation: str, *shapes: Shape) -> Shape:
    """The common shape.

    Raises Unbroadcastable where two sizes are proven to differ and neither to be 1.
    """
    result = shapes[0] if shapes else Shape(())
    for shape in shapes[1:]:
        try:
            joined, undecided = broadcast(result, shape)
        except NotBroadcastable as error:
            raise Unbroadcastable(result, shape, last_at_odds(result, shape, error.axis), operation) from None
        for left, right in undecided:
            require(left, right, Unbroadcastable(result, shape, -1, operation))
        result = joined
    return result


def last_at_odds(left: Shape, right: Shape, first: int) -> int:
    """The last axis at which two shapes cannot be brought together, which is the one that the framework names."""
    for axis in range(-1, first, -1):
        a, b = left.dims[axis], right.dims[axis]
        if differ(a, b) and differ(a, 1) and differ(b, 1):
            return axis
    return first


def require(left: Dim, right: Dim, failure: Unbroadcastable | OperationFails) -> None:
    """Note that two sizes must agree, unless either is 1."""
    expect_that(some(compare("==", left, right), compare("==", left, 1), compare("==", right, 1)), failure)


def into_left(operation: str, left: Shape, right: Shape) -> Shape:
    """The left shape, whose tensor takes the result of an operation in place.

    Raises OperationFails where the common shape is proven to be another.
    """
    common = broadcast_shapes(operation, left, right)
    if left.leading or common.leading:
        return left
    failure = OperationFails(f"{operation} in place: a tensor of shape {left} cannot hold the result of shape {common}")
    if len(common.dims) != len(left.dims) or any(differs_for_sure(a, b) for a, b in zip(left, common, strict=True)):
        raise failure
    for own, size in zip(left, common, strict=True):
        expect_equal(own, size, failure)
    return left


def differs_for_sure(left: Dim, common: Dim) -> bool:
    return not equal(left, common) and differ(left, common)
