"""Arrays joined along an axis, stacked along a new one, and split.

Source: https://docs.jax.dev/en/latest/jax.numpy.html
"""

from __future__ import annotations

import itertools

from cnnlint.plugin import (
    Concatenated,
    ConcatenationMismatch,
    Dim,
    Expression,
    OperationFails,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    as_dim,
    expect_equal,
    expect_multiple,
    items_of,
)
from cnnlint_flax.arrays import array
from cnnlint_flax.dtypes import common
from cnnlint_flax.framework import flax
from cnnlint_flax.reductions import placed
from cnnlint_flax.tensor import as_tensor


def tensors_in(name: str, arrays: Value) -> list[Tensor]:
    """The tensors of a list. Raises OperationFails for none, Undetermined for what is not known."""
    items = items_of(arrays)
    if isinstance(items, Tensor) and items.shape.dims and isinstance(items.shape.dims[0], int) and not items.shape.leading:
        return [array(Shape(items.shape.dims[1:]), items.dtype)] * items.shape.dims[0]
    if not isinstance(items, tuple):
        raise Undetermined(items if isinstance(items, Unknown) else Unknown(f"the arrays of `{name}`"))
    if not items:
        raise OperationFails(f"`{name}` of no arrays", exception="ValueError")
    found = [as_tensor(item) for item in items]
    unknown = next((item for item in found if not isinstance(item, Tensor)), None)
    if unknown is not None:
        raise Undetermined(unknown if isinstance(unknown, Unknown) else Unknown(f"one of the arrays of `{name}`"))
    return [item for item in found if isinstance(item, Tensor)]


def concatenated(given: list[Tensor], axis: int) -> Shape:
    """Raises ConcatenationMismatch with JAX's TypeError, WrongRank, and AxisOutOfRange."""
    shapes = [one.shape for one in given]
    known = [shape for shape in shapes if not shape.leading]
    if not known:
        return joined_at_end(shapes, axis)
    rank = len(known[0])
    other = next((shape for shape in known if len(shape) != rank), None)
    if other is not None:
        raise WrongRank(str(rank), other, exception="TypeError")
    (place,) = placed(axis, known[0])
    dims = list(known[0].dims)
    for shape in known[1:]:
        for at in range(rank):
            if at != place:
                expect_equal(dims[at], shape.dims[at], ConcatenationMismatch(tuple(known), place, at, exception="TypeError"))
        dims[place] = dims[place] + shape.dims[place]
    if len(known) < len(shapes):
        return Shape((), leading=True)
    return Shape(tuple(dims))


def joined_at_end(shapes: list[Shape], axis: int) -> Shape:
    """Of tensors whose number of axes is not known at least the size along a last axis."""
    if axis != -1 or not all(shape.dims for shape in shapes):
        return Shape((), leading=True)
    total: Dim = 0
    for shape in shapes:
        total = total + shape.dims[-1]
    return Shape((total,), leading=True)


@flax.op("jax.numpy.concatenate", "jax.numpy.concat")
def concatenate(arrays: object, axis: object = 0, dtype: object = None) -> Tensor:
    given = tensors_in("concatenate", arrays)
    if axis is None:
        given, axis = [array(Shape((one.shape.numel,)), one.dtype) for one in given], 0
    if not isinstance(axis, int):
        raise Undetermined(axis if isinstance(axis, Unknown) else Unknown("an axis"))
    shape = concatenated(given, axis)
    return array(shape, common(given), None if shape.leading else Concatenated(axis))


@flax.op("jax.lax.concatenate")
def lax_concatenate(operands: object, dimension: object) -> object:
    return concatenate.function(operands, dimension)


@flax.op("jax.numpy.append")
def append(arr: object, values: object, axis: object = None) -> object:
    return concatenate.function((arr, values), axis)


@flax.op("jax.numpy.stack")
def stack(arrays: object, axis: object = 0, out: object = None, dtype: object = None) -> Tensor:
    given = tensors_in("stack", arrays)
    shapes = [one.shape for one in given]
    if not isinstance(axis, int) or any(shape.leading for shape in shapes):
        return array(Shape((), leading=True))
    first = shapes[0]
    for shape in shapes[1:]:
        failure = OperationFails(f"`stack` of arrays of shapes {first} and {shape}", exception="ValueError")
        if len(shape) != len(first):
            raise failure
        for a, b in zip(first.dims, shape.dims, strict=True):
            expect_equal(a, b, failure)
    return array(first.inserted(axis, len(shapes)), common(given))


@flax.op("jax.numpy.hstack", kind="hstack")
@flax.op("jax.numpy.vstack", "jax.numpy.row_stack", kind="vstack")
@flax.op("jax.numpy.column_stack", kind="column_stack")
@flax.op("jax.numpy.dstack", kind="dstack")
def stacked(tup: object, *, kind: str, **named: object) -> Tensor:
    """Beside each other, below each other, or as columns."""
    given = tensors_in(kind, tup)
    if any(one.shape.leading for one in given):
        return array(Shape((), leading=True))
    if kind == "hstack":
        return array(concatenated(given, 0 if len(given[0].shape) == 1 else 1), common(given))
    if kind == "dstack":
        flat = [array(Shape((*one.shape.dims, *(1,) * (3 - len(one.shape)))), one.dtype) for one in given if len(one.shape) >= 2]
        if len(flat) < len(given):
            raise Undetermined(Unknown("`dstack` of tensors of one axis"))
        return array(concatenated(flat, 2), common(given))
    place = 0 if kind == "vstack" else 1
    flat = [array(one.shape.inserted(place, 1), one.dtype) if len(one.shape) == 1 else one for one in given]
    return array(concatenated(flat, place), common(given))


@flax.op("jax.numpy.split", is_strict=True)
@flax.op("jax.numpy.array_split", is_strict=False)
def split(ary: Tensor, indices_or_sections: object, axis: object = 0, *, is_strict: bool) -> object:
    """Equal parts, or cut before these indices."""
    shape, how = ary.shape, items_of(indices_or_sections)
    if shape.leading and not (isinstance(axis, int) and -len(shape.dims) <= axis < 0):
        return [Tensor(Shape((), leading=True), flax)] * how if isinstance(how, int) else Unknown("the parts of a tensor")
    at = axis if shape.leading else placed(axis, shape)[0]
    assert isinstance(at, int)
    whole = shape.dims[at]
    if isinstance(how, int):
        failure = OperationFails(f"{whole} cannot be split into {how} equal parts", exception="ValueError")
        if how < 1:
            raise failure
        if is_strict:
            expect_multiple(whole, how, failure)
            return [array(shape.replaced(at, whole // how), ary.dtype)] * how
        if not isinstance(whole, int):
            raise Undetermined(Unknown("the parts of a tensor"))
        sizes: list[Dim] = [whole // how + (1 if part < whole % how else 0) for part in range(how)]
        return [array(shape.replaced(at, size), ary.dtype) for size in sizes]
    ends = [as_dim(item) for item in how] if isinstance(how, tuple) else None
    if ends is None or not all(isinstance(end, (int, Expression)) for end in ends):
        raise Undetermined(Unknown("where a tensor is split"))
    if isinstance(whole, int) and all(isinstance(end, int) for end in ends):
        ends = [min(end + whole if end < 0 else end, whole) for end in ends]
    return [array(shape.replaced(at, after - before), ary.dtype) for before, after in itertools.pairwise([0, *ends, whole])]


@flax.op("jax.numpy.unstack")
def unstack(x: Tensor, axis: object = 0) -> tuple[Tensor, ...]:
    (at,) = placed(axis, x.shape) if not x.shape.leading else (0,)
    count = None if x.shape.leading else x.shape.dims[at]
    if not isinstance(count, int):
        raise Undetermined(Unknown("how many parts a tensor has"))
    return (array(x.shape.removed(at), x.dtype),) * count
