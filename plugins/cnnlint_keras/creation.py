"""Tensors made of nothing but a shape, or of numbers.

Sources: https://keras.io/api/ops/numpy/, https://keras.io/api/random/ and https://www.tensorflow.org/api_docs/python/tf/random
"""

from __future__ import annotations

from cnnlint.plugin import Door, Expression, ListValue, Shape, Tensor, Unknown, Value, as_dim
from cnnlint_keras.framework import below, keras
from cnnlint_keras.shaping import sizes_in

FILLED = "zeros ones empty full"
RANDOM = "normal uniform truncated_normal randint gamma binomial beta categorical"


def filled(door: Door, shape: Value, dtype: Value = None) -> Value:
    """A tensor of a stated shape."""
    items = shape.shape.dims if isinstance(shape, Tensor) and shape.values is None else shape
    if isinstance(items, Unknown) or isinstance(shape, Tensor):
        return Tensor(Shape((), leading=True), keras)
    sizes = sizes_in(items)
    if sizes is None:
        return Tensor(Shape((), leading=True), keras)
    return Tensor(Shape(sizes), keras, dtype=dtype if isinstance(dtype, str) else None)


@keras.native(
    *below("ops", FILLED),
    *below("tf", "zeros ones fill"),
    *below("random", RANDOM),
    *below("tf.random", "normal uniform truncated_normal stateless_normal stateless_uniform"),
    *below("backend", "zeros ones random_normal random_uniform truncated_normal"),
    takes_unknown=True,
)
def of_shape(door: Door, /, shape: Value = None, *options: Value, **keywords: Value) -> Value:
    return filled(door, keywords.get("dims", shape), keywords.get("dtype"))


@keras.native("ops.eye", "tf.eye", "ops.identity_matrix", takes_unknown=True)
def eye(door: Door, /, N: Value, M: Value = None, *options: Value, **keywords: Value) -> Value:
    return filled(door, (N, N if M is None else M))


@keras.native("ops.array", "tf.constant", "backend.constant", "ops.asarray", takes_unknown=True)
def of_numbers(door: Door, /, x: Value = None, dtype: Value = None, shape: Value = None, **keywords: Value) -> Value:
    """A tensor of the numbers in nested lists."""
    if shape is not None:
        return filled(door, shape)
    found = keywords.get("value", x)
    if isinstance(found, Tensor):
        return Tensor(found.shape, keras, dtype=found.dtype, values=found.values)
    sizes = nested(found)
    return Tensor(Shape((), leading=True), keras) if sizes is None else Tensor(Shape(sizes), keras)


def nested(value: Value) -> tuple[int, ...] | None:
    """The shape of nested lists of numbers; None where it is not known."""
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, (int, float, Expression)):
        return ()
    if not isinstance(items, (list, tuple)):
        return None
    inner = nested(items[0]) if items else ()
    return None if inner is None else (len(items), *inner)


def as_tensor(value: Value) -> Value:
    """Numbers, and lists of them or of tensors, as the tensors that Keras's functions make of them."""
    if isinstance(value, (bool, int, float, Expression)):
        return Tensor(Shape(()), keras)
    if isinstance(value, (ListValue, tuple)):
        sizes = nested(value)
        return Tensor(Shape((), leading=True) if sizes is None else Shape(sizes), keras)
    return value


keras.as_tensor = as_tensor


@keras.native("ops.arange", "tf.range", "backend.arange", takes_unknown=True)
def arange(door: Door, /, start: Value, stop: Value = None, step: Value = None, *options: Value, **keywords: Value) -> Value:
    stop, step = keywords.get("limit", stop), keywords.get("delta", step)
    first, last = (0, start) if stop is None else (start, stop)
    if step in (None, 1) and isinstance(as_dim(last), (int, Expression)) and first == 0:
        return Tensor(Shape((as_dim(last),)), keras)
    if all(isinstance(one, int) for one in (first, last, 1 if step is None else step)):
        return Tensor(Shape((len(range(first, last, 1 if step is None else step)),)), keras)
    return Tensor(Shape((), leading=True), keras)


@keras.native("ops.linspace", "tf.linspace", takes_unknown=True)
def linspace(door: Door, /, start: Value, stop: Value, num: Value = 50, *options: Value, **keywords: Value) -> Value:
    return filled(door, (num,))
