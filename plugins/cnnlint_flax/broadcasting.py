"""Bringing operands to one shape.

Source: https://docs.jax.dev/en/latest/jax.numpy.html, which follows NumPy.
"""

from __future__ import annotations

from cnnlint.plugin import (
    Expression,
    ListValue,
    NotBroadcastable,
    Shape,
    Tensor,
    Unbroadcastable,
    Undetermined,
    Unknown,
    Value,
    broadcast,
    differ,
    expect_equal,
)


def broadcast_shapes(operation: str, *shapes: Shape) -> Shape:
    """The common shape.

    Raises Unbroadcastable with JAX's TypeError where two sizes are proven to differ and neither to be 1.
    """
    result = shapes[0] if shapes else Shape(())
    for shape in shapes[1:]:
        try:
            joined, undecided = broadcast(result, shape)
        except NotBroadcastable as error:
            raise Unbroadcastable(result, shape, error.axis, operation, exception="TypeError") from None
        for left, right in undecided:
            if differ(left, 1) or differ(right, 1):
                expect_equal(left, right, Unbroadcastable(result, shape, -1, operation, exception="TypeError"))
        result = joined
    return result


def operand(value: Value) -> Shape:
    """The shape of an operand: a number has no axes. Raises Undetermined for what is not known."""
    if isinstance(value, Tensor):
        return value.shape
    if isinstance(value, (bool, int, float, complex, Expression)):
        return Shape(())
    if isinstance(value, Unknown):
        return Shape((), leading=True)
    if isinstance(value, (ListValue, tuple)):
        return Shape((), leading=True)
    raise Undetermined(Unknown("an operand that is no tensor"))


def combined(operation: str, *operands: Value) -> Shape:
    """The common shape of operands. Raises Unbroadcastable."""
    shapes = [operand(value) for value in operands]
    if any(shape.leading for shape in shapes):
        known = [shape for shape in shapes if not shape.leading]
        partly = [shape for shape in shapes if shape.leading]
        if len(partly) == 1 and partly[0].dims and all(not shape.dims for shape in known):
            return partly[0]  # numbers leave the other operand as it is
        return Shape((), leading=True)
    return broadcast_shapes(operation, *shapes)
