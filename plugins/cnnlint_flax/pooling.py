# ruff: noqa: E741  (I and O are the field's own letters)
"""Pooling functions.

Sources: https://flax.readthedocs.io/en/latest/api_reference/flax.linen/layers.html#module-flax.linen.pooling,
https://docs.jax.dev/en/latest/_autosummary/jax.lax.reduce_window.html
"""

from __future__ import annotations

from cnnlint.plugin import (
    Dims,
    Expression,
    ListValue,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    items_of,
    unknown_size,
)
from cnnlint_flax.convolution import batched, expect_word, pads_of, sliding, window_sizes
from cnnlint_flax.framework import below, flax
from cnnlint_flax.sizes import invalid, size_tuple


def sizes_per_axis(argument: str, value: Value, axes: int) -> Dims:
    """A size for each axis. Raises InvalidArgument for a lone one, and for another number of them."""
    items = items_of(value)
    if isinstance(items, Unknown):
        return Dims.of(unknown_size(f"`{argument}`"), axes)
    if not isinstance(items, tuple):
        raise invalid(argument, f"must be a tuple of {axes} sizes, but is {items!r}", "TypeError")
    if isinstance(value, ListValue):
        raise invalid(argument, "must be a tuple, but is a list", "TypeError")
    if len(items) != axes:
        raise invalid(argument, f"must have a size for each of {axes} axes, but has {len(items)}", "AssertionError")
    return Dims(size_tuple(argument, items))


@flax.op(*below("linen", "avg_pool max_pool min_pool"), *below("nnx", "avg_pool max_pool min_pool"))
def pool(
    inputs: Tensor,
    window_shape: object,
    strides: object = None,
    padding: object = "VALID",
    count_include_pad: object = True,
) -> Result:
    """O = (I - K + P_before + P_after) / S + 1, rounded down: one value for each window, of each channel."""
    window = items_of(window_shape)
    if isinstance(window, Unknown):
        raise Undetermined(window)
    if not isinstance(window, tuple):
        raise invalid("window_shape", f"must be a tuple of sizes, but is {window!r}", "TypeError", is_absent=window is None)
    if isinstance(window_shape, ListValue):
        raise invalid("window_shape", "must be a tuple, but is a list", "TypeError")
    K = Dims(size_tuple("window_shape", window))
    axes = len(K)
    given = items_of(strides)
    is_none = given is None or given == ()
    S = Dims.of(1, axes) if is_none else sizes_per_axis("strides", strides, axes)
    if not isinstance(padding, str):
        expect_pairs(padding, axes)
    else:
        expect_word(padding)
    batch, I, C = batched(inputs, axes)
    O, made = window_sizes(inputs, I, K, S, Dims.of(1, axes), padding, has_weights=False, batch=batch, behind=(C,))
    return Result(Shape((*batch, *O, C)), window=made, flow=sliding(I, K, S, Dims.of(1, axes), padding))


def expect_pairs(padding: Value, axes: int) -> None:
    """Raises InvalidArgument for what is no sequence of pairs."""
    items = items_of(padding)
    if isinstance(items, Unknown):
        raise Undetermined(items)
    if not isinstance(items, tuple) or any(isinstance(item, (int, Expression)) for item in items):
        raise invalid(
            "padding", f"must be a word or a pair for each of {axes} axes, but is {items!r}", "TypeError", is_absent=items is None
        )
    pads_of("padding", padding, axes)


@flax.op("linen.pool", "nnx.pool")
def general_pool(inputs: Tensor, init: object, reduce_fn: object, window_shape: object, strides: object, padding: object) -> object:
    return pool.function(inputs, window_shape, strides, padding)


@flax.op("jax.lax.reduce_window")
def reduce_window(
    operand: Tensor,
    init_value: object,
    computation: object,
    window_dimensions: object,
    window_strides: object = None,
    padding: object = "VALID",
    base_dilation: object = None,
    window_dilation: object = None,
) -> Result:
    """A window over all axes, the batch and the channels too."""
    shape = operand.shape
    if shape.leading:
        return Result(Shape((), leading=True))
    axes = len(shape)
    K = sizes_of("window_dimensions", window_dimensions, axes)
    S = Dims.of(1, axes) if window_strides is None else sizes_of("window_strides", window_strides, axes)
    D = Dims.of(1, axes) if window_dilation is None else sizes_of("window_dilation", window_dilation, axes)
    if base_dilation is not None:
        raise Undetermined(Unknown("a window over a dilated tensor"))
    O, _ = window_sizes(operand, Dims(shape.dims), K, S, D, padding, has_weights=False, batch=(), behind=())
    return Result(Shape(tuple(O)))


def sizes_of(argument: str, value: Value, axes: int) -> Dims:
    items = items_of(value)
    if isinstance(items, Unknown):
        raise Undetermined(items)
    found = size_tuple(argument, items)
    if len(found) != axes:
        raise OperationFails(f"`{argument}` has {len(found)} sizes for a tensor of {axes} axes", exception="TypeError")
    return Dims(found)
