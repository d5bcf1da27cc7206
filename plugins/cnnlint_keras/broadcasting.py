"""Bringing operands to one shape.

Source: https://numpy.org/doc/stable/user/basics.broadcasting.html, which Keras follows.
"""

from __future__ import annotations

from cnnlint.plugin import NotBroadcastable, Shape, Unbroadcastable, broadcast, differ, expect_equal


def broadcast_shapes(operation: str, *shapes: Shape) -> Shape:
    """The common shape.

    Raises Unbroadcastable where two sizes are proven to differ and neither to be 1.
    """
    result = shapes[0] if shapes else Shape(())
    for shape in shapes[1:]:
        try:
            joined, undecided = broadcast(result, shape)
        except NotBroadcastable as error:
            raise Unbroadcastable(result, shape, error.axis, operation, exception="ValueError") from None
        for left, right in undecided:
            if differ(left, 1) or differ(right, 1):
                expect_equal(left, right, Unbroadcastable(result, shape, -1, operation, exception="ValueError"))
        result = joined
    return result
