"""Arrays made of nothing but a shape, of numbers, or of chance.

Sources: https://docs.jax.dev/en/latest/jax.numpy.html, https://docs.jax.dev/en/latest/jax.random.html
"""

from __future__ import annotations

from cnnlint.plugin import (
    Dim,
    Door,
    Expression,
    FloatSize,
    InvalidArgument,
    Shape,
    Tensor,
    Unknown,
    Value,
    as_dim,
    at_least,
    greater,
    is_float,
    items_of,
    maximum,
    unknown_size,
)
from cnnlint_flax.arrays import array
from cnnlint_flax.dtypes import dtype_name
from cnnlint_flax.framework import below, flax
from cnnlint_flax.reductions import reduced
from cnnlint_flax.tensor import as_tensor


def shape_given(value: Value, argument: str = "shape") -> Shape:
    """A shape as the program writes it: a lone size is one axis. Raises FloatSize and InvalidArgument for what is none."""
    items = items_of(value)
    if isinstance(items, Unknown):
        return Shape((), leading=True)
    if not isinstance(items, tuple):
        if items is None or isinstance(items, str):
            raise InvalidArgument(f"must hold ints, but is {items!r}", items is None, argument=argument, exception="TypeError")
        items = (items,)
    dims: list[Dim] = []
    for item in items:
        if isinstance(item, float) or (isinstance(item, Expression) and is_float(item)):
            raise FloatSize(item, argument=argument, exception="TypeError")
        dim = as_dim(item)
        dims.append(dim if isinstance(dim, (int, Expression)) else unknown_size("a size of an array"))
        if greater(0, dims[-1]):
            raise InvalidArgument(f"must not be negative, but holds {dims[-1]}", argument=argument, exception="ValueError")
    return Shape(tuple(dims))


@flax.op(*below("jax.numpy", "zeros ones empty"))
def filled(shape: object, dtype: object = None, **named: object) -> Tensor:
    return array(shape_given(shape), "float32" if dtype is None else dtype_name(dtype))


@flax.op("jax.numpy.full", "jax.lax.full")
def full(shape: object, fill_value: object, dtype: object = None, **named: object) -> Tensor:
    return array(shape_given(shape), dtype_name(dtype))


@flax.op(*below("jax.numpy", "zeros_like ones_like empty_like full_like"), "jax.lax.full_like")
def like(a: Tensor, *options: object, dtype: object = None, shape: object = None, **named: object) -> Tensor:
    return array(a.shape if shape is None else shape_given(shape), a.dtype if dtype is None else dtype_name(dtype))


@flax.op("jax.numpy.eye", "jax.numpy.identity")
def eye(N: Dim, M: Dim | None = None, *options: object, dtype: object = None, **named: object) -> Tensor:
    return array(Shape((N, N if M is None else M)), "float32" if dtype is None else dtype_name(dtype))


@flax.native("jax.numpy.array", "jax.numpy.asarray", takes_unknown=True)
def new_array(door: Door, /, object: Value = None, dtype: Value = None, *options: Value, **named: Value) -> Value:
    """An array of the numbers in nested lists, or of what another framework calls an array."""
    given = as_tensor(named.get("a", object))
    if isinstance(given, Unknown):
        return Tensor(Shape((), leading=True), flax, dtype=dtype_name(dtype))
    if not isinstance(given, Tensor):
        return door.unknown("an array of what is no array")
    return array(given.shape, given.dtype if dtype is None and given.framework is flax else dtype_name(dtype))


def number(value: Value) -> Value:
    """A number; None for what is none, or not known."""
    return value if isinstance(value, (int, float, Expression)) and not isinstance(value, bool) else None


@flax.op("jax.numpy.arange")
def arange(start: object, stop: object = None, step: object = None, dtype: object = None, **named: object) -> Tensor:
    """ceil((stop - start) / step) numbers."""
    first, last = (0, start) if stop is None else (start, stop)
    by = 1 if step is None else step
    given = [number(first), number(last), number(by)]
    kind = dtype_name(dtype)
    if dtype is None and all(isinstance(one, int) for one in given):
        kind = "int32"
    if not all(isinstance(one, (int, Expression)) for one in given) or not isinstance(by, int) or by < 1:
        if all(isinstance(one, (int, float)) for one in given) and by:
            return array(Shape((max(-int(-((given[1] - given[0]) / given[2]) // 1), 0),)), kind)
        return array(Shape((unknown_size("the length of a range"),)), kind)
    length = -(-(given[1] - given[0]) // by)
    return array(Shape((length if at_least(length, 0) else maximum(length, 0),)), kind)


@flax.op("jax.numpy.linspace", "jax.numpy.logspace", "jax.numpy.geomspace")
def linspace(start: object, stop: object, num: Dim = 50, *options: object, **named: object) -> Tensor:
    return array(Shape((num,)) if not isinstance(start, Tensor) else Shape((), leading=True))


@flax.op("jax.numpy.meshgrid")
def meshgrid(*xi: object, indexing: object = "xy", sparse: object = False, copy: object = True) -> object:
    """Coordinates of a grid: the second array runs along the first axis, unless `indexing` is `ij`."""
    tensors = [as_tensor(x) for x in xi]
    if sparse is not False or not all(isinstance(x, Tensor) and not x.shape.leading for x in tensors):
        return Unknown("the coordinates of a grid")
    dims = [x.shape.numel for x in tensors]
    if indexing == "xy" and len(dims) > 1:
        dims[0], dims[1] = dims[1], dims[0]
    return [array(Shape(tuple(dims)))] * len(dims)


# Chance


@flax.op("jax.random.PRNGKey", "jax.random.key")
def key(seed: object = None, *options: object, **named: object) -> Tensor:
    """A source of chance: what it consists of does not matter."""
    return Tensor(Shape((2,)), flax, dtype="uint32")


@flax.op("jax.random.split", "jax.random.clone_split")
def split(key: object, num: object = 2) -> Tensor:
    count = as_dim(num)
    dims = tuple(as_dim(item) for item in items_of(num)) if isinstance(items_of(num), tuple) else (count,)
    known = tuple(dim if isinstance(dim, (int, Expression)) else unknown_size("how many keys") for dim in dims)
    return Tensor(Shape((*known, 2)), flax, dtype="uint32")


@flax.op("jax.random.fold_in", "jax.random.clone", "jax.random.wrap_key_data", "jax.random.key_data")
def folded(key: object, *data: object, **named: object) -> Tensor:
    return Tensor(Shape((2,)), flax, dtype="uint32")


FLOATING = "normal uniform truncated_normal gumbel laplace logistic cauchy exponential t rademacher ball"
WITH_PARAMETERS = "bernoulli gamma beta poisson chisquare binomial geometric pareto"


@flax.op(*below("jax.random", FLOATING))
def drawn(key: object, *given: object, shape: object = (), dtype: object = None, **named: object) -> Tensor:
    """So many numbers as the shape says. A truncated normal has its bounds before it."""
    stated = [value for value in given if isinstance(items_of(value), tuple)]
    if isinstance(shape, tuple) and not shape and not stated and given:
        return array(shape_given(given[0]), None)
    return array(shape_given(stated[0] if stated else shape), "float32" if dtype is None else dtype_name(dtype))


@flax.op(*below("jax.random", WITH_PARAMETERS))
def drawn_with(key: object, *given: object, shape: object = None, dtype: object = None, **named: object) -> Tensor:
    """So many numbers as the shape says, or as the parameters have elements."""
    stated = shape if shape is not None else next((value for value in given if isinstance(items_of(value), tuple)), None)
    if stated is not None:
        return array(shape_given(stated))
    first = next((value for value in (*given, *named.values()) if isinstance(value, Tensor)), None)
    return array(
        Shape((), leading=True) if any(isinstance(value, Unknown) for value in given) else Shape(()) if first is None else first.shape
    )


@flax.op("jax.random.randint")
def randint(key: object, shape: object, minval: object, maxval: object, dtype: object = None, **named: object) -> Tensor:
    return array(shape_given(shape), "int32" if dtype is None else dtype_name(dtype))


@flax.op("jax.random.categorical")
def categorical(key: object, logits: Tensor, axis: object = -1, shape: object = None, **named: object) -> Tensor:
    return array(reduced(logits.shape, axis, False) if shape is None else shape_given(shape), "int32")


@flax.op("jax.random.permutation", "jax.random.shuffle")
def permutation(key: object, x: Tensor, *options: object, **named: object) -> Tensor:
    return array(x.shape if x.shape.dims or x.shape.leading else Shape((unknown_size("a permutation"),)), x.dtype)


@flax.op("jax.random.choice")
def choice(key: object, a: Tensor, shape: object = (), *options: object, **named: object) -> Tensor:
    if a.shape.leading or len(a.shape) > 1:
        return array(Shape((), leading=True))
    return array(shape_given(shape))


@flax.op("jax.random.multivariate_normal", "jax.random.dirichlet", "jax.random.orthogonal", "jax.random.bits")
def not_followed(key: object, *given: object, **named: object) -> Tensor:
    return array(Shape((), leading=True))
