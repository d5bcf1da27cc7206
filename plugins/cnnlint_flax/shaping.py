"""The same elements under another shape or order of axes, repeated, padded and resized.

Sources: https://docs.jax.dev/en/latest/jax.numpy.html, https://docs.jax.dev/en/latest/jax.image.html
"""

from __future__ import annotations

from cnnlint.plugin import (
    REGROUPED,
    CountMismatch,
    Dim,
    Expression,
    InvalidArgument,
    OperationFails,
    ReshapeCount,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    as_dim,
    expect_equal,
    items_of,
    reshape,
    unknown_size,
)
from cnnlint_flax.arrays import array
from cnnlint_flax.broadcasting import broadcast_shapes
from cnnlint_flax.framework import flax
from cnnlint_flax.reductions import placed
from cnnlint_flax.sizes import size


def sizes_in(value: Value) -> tuple[Dim, ...] | None:
    """The sizes in a sequence, or a lone one; None where they are not known."""
    items = items_of(value)
    found = [as_dim(item) for item in (items if isinstance(items, tuple) else (items,))]
    return tuple(found) if not isinstance(items, Unknown) and all(isinstance(dim, (int, Expression)) for dim in found) else None


def target_of(value: Value) -> tuple[Dim, ...]:
    """The sizes of a new shape. Raises FloatSize and InvalidArgument for what is none, Undetermined for what is not known."""
    items = items_of(value)
    if isinstance(items, tuple):
        return tuple(size("shape", item) for item in items)
    if items is None or isinstance(items, (float, str)):
        raise InvalidArgument(f"must hold ints, but is {items!r}", items is None, argument="shape", exception="TypeError")
    dim = as_dim(items)
    if isinstance(items, Unknown) or not isinstance(dim, (int, Expression)):
        raise Undetermined(items if isinstance(items, Unknown) else Unknown("the shape that is asked for"))
    return (dim,)


def reshaped(x: Tensor, target: tuple[Dim, ...]) -> Shape:
    """The same elements under another shape. Raises ReshapeCount with JAX's TypeError where the counts are proven to differ."""
    if x.shape.leading:
        return Shape(tuple(dim if dim != -1 else unknown_size("a size that follows from the others") for dim in target))
    try:
        return reshape(x.shape, target)
    except CountMismatch:
        raise ReshapeCount(x.shape, target, exception="TypeError") from None


def regrouped(x: Tensor, target: tuple[Dim, ...]) -> Tensor:
    return array(reshaped(x, target), x.dtype, REGROUPED)


@flax.op("jax.numpy.reshape", "jax.lax.reshape")
def reshape_function(a: Tensor, shape: object = None, *options: object, **named: object) -> Tensor:
    """Earlier releases took the shape as `newshape`."""
    return regrouped(a, target_of(named.get("newshape", named.get("new_sizes", shape))))


@flax.op("Tensor.reshape")
def reshape_method(x: Tensor, *shape: object, order: object = "C", copy: object = None) -> Tensor:
    if len(shape) == 1 and isinstance(items_of(shape[0]), tuple):
        return regrouped(x, target_of(shape[0]))
    unknown = next((item for item in shape if isinstance(item, Unknown)), None)
    if len(shape) == 1 and unknown is not None:
        raise Undetermined(unknown)
    return regrouped(x, target_of(shape))


@flax.op("jax.numpy.ravel", "Tensor.ravel", "Tensor.flatten")
def ravel(a: Tensor, *options: object, **named: object) -> Shape:
    if a.shape.leading:
        return Shape((unknown_size("what is flattened of a shape that is not known"),))
    return a.shape.flattened() if a.shape.dims else Shape((1,))


@flax.op("jax.numpy.transpose", "Tensor.transpose", "jax.lax.transpose", "jax.numpy.permute_dims", "jax.numpy.matrix_transpose")
def transpose(a: Tensor, /, *axes: object, **named: object) -> Shape:
    """Axes in another order: reversed without `axes`."""
    shape = a.shape
    given = axes or tuple(value for value in (named.get("axes", named.get("permutation")),) if value is not None)
    if shape.leading:
        return Shape((), leading=True)
    wanted = items_of(given[0]) if len(given) == 1 else given
    if not given or wanted is None:
        return Shape(shape.dims[::-1])
    order = placed(wanted, shape)
    if sorted(order) != list(range(len(shape))):
        raise OperationFails(f"transpose of a tensor of shape {shape} by axes {order}", exception="ValueError")
    return Shape(tuple(shape.dims[at] for at in order))


@flax.op("jax.numpy.swapaxes", "Tensor.swapaxes")
def swapped(a: Tensor, axis1: object, axis2: object) -> Shape:
    shape = a.shape
    if shape.leading:
        known = all(isinstance(axis, int) and -len(shape.dims) <= axis < 0 for axis in (axis1, axis2))
        if not known:
            return Shape((), leading=True)
    first, second = (axis1, axis2) if shape.leading else (*placed(axis1, shape), *placed(axis2, shape))
    assert isinstance(first, int) and isinstance(second, int)
    dims = list(shape.dims)
    dims[first], dims[second] = dims[second], dims[first]
    return Shape(tuple(dims), shape.leading)


@flax.op("jax.numpy.moveaxis")
def moved(a: Tensor, source: object, destination: object) -> Shape:
    shape = a.shape
    if shape.leading:
        return Shape((), leading=True)
    old, new = placed(source, shape), placed(destination, shape)
    order = [at for at in range(len(shape)) if at not in old]
    for target, at in sorted(zip(new, old, strict=True)):
        order.insert(target, at)
    return Shape(tuple(shape.dims[at] for at in order))


@flax.op("jax.numpy.rollaxis", "jax.numpy.rot90")
def not_followed(a: Tensor, *given: object, **named: object) -> Shape:
    return Shape((), leading=True)


@flax.op("jax.numpy.expand_dims", "jax.lax.expand_dims")
def expanded(a: Tensor, axis: object = None, *, dimensions: object = None) -> Shape:
    items = items_of(dimensions if axis is None else axis)
    found = items if isinstance(items, tuple) else (items,)
    if not all(isinstance(one, int) for one in found):
        raise Undetermined(next((one for one in found if isinstance(one, Unknown)), Unknown("an axis")))
    shape = a.shape
    if shape.leading:
        return shape.inserted(items, 1) if isinstance(items, int) and -len(shape.dims) - 1 <= items < 0 else Shape((), leading=True)
    rank = len(shape) + len(found)
    new = placed(items, Shape((1,) * rank))
    rest = iter(shape.dims)
    return Shape(tuple(1 if at in new else next(rest) for at in range(rank)))


@flax.op("jax.numpy.squeeze", "Tensor.squeeze", "jax.lax.squeeze")
def squeezed(a: Tensor, axis: object = None, *, dimensions: object = None) -> Shape:
    """Without the axes of size 1, or those named. Raises OperationFails for one of another size."""
    shape, chosen = a.shape, dimensions if axis is None else axis
    if shape.leading:
        return Shape((), leading=True)
    if chosen is None:
        if any(isinstance(dim, Expression) for dim in shape.dims):
            return Shape((), leading=True)
        return Shape(tuple(dim for dim in shape.dims if dim != 1))
    gone = placed(chosen, shape)
    for at in gone:
        expect_equal(shape.dims[at], 1, OperationFails(f"axis {at} of a tensor of shape {shape} is not 1", exception="ValueError"))
    return Shape(tuple(dim for at, dim in enumerate(shape.dims) if at not in gone))


@flax.op("jax.numpy.atleast_1d", least=1)
@flax.op("jax.numpy.atleast_2d", least=2)
def at_least(a: Tensor, *, least: int) -> Shape:
    missing = 0 if a.shape.leading else max(least - len(a.shape), 0)
    return Shape((*(1,) * missing, *a.shape.dims), a.shape.leading)


@flax.op("jax.numpy.repeat", "Tensor.repeat")
def repeated(a: Tensor, repeats: object, axis: object = None, *, total_repeat_length: object = None, **named: object) -> Shape:
    count, total = as_dim(repeats), as_dim(total_repeat_length)
    if a.shape.leading or not isinstance(count, (int, Expression)):
        return Shape((), leading=True)
    if axis is None:
        return Shape((total if isinstance(total, int) else a.shape.numel * count,))
    (at,) = placed(axis, a.shape)
    return a.shape.replaced(at, total if isinstance(total, int) else a.shape.dims[at] * count)


@flax.op("jax.numpy.tile")
def tiled(A: Tensor, reps: object) -> Shape:
    counts = sizes_in(reps)
    if A.shape.leading or counts is None:
        return Shape((), leading=True)
    rank = max(len(counts), len(A.shape))
    dims = (*(1,) * (rank - len(A.shape)), *A.shape.dims)
    times = (*(1,) * (rank - len(counts)), *counts)
    return Shape(tuple(dim * count for dim, count in zip(dims, times, strict=True)))


@flax.op("jax.numpy.broadcast_to")
def broadcast_to(array: Tensor, shape: object, **named: object) -> Shape:
    target = sizes_in(shape.shape.dims if isinstance(shape, Tensor) else shape)
    if target is None:
        return Shape((), leading=True)
    if not array.shape.leading:
        common = broadcast_shapes("broadcast_to", array.shape, Shape(target))
        if len(common) != len(target):
            raise OperationFails(f"`broadcast_to` of shape {Shape(target)} for a tensor of shape {array.shape}", exception="ValueError")
    return Shape(target)


@flax.op("jax.lax.broadcast")
def lax_broadcast(operand: Tensor, sizes: object) -> Shape:
    target = sizes_in(sizes)
    return Shape((), leading=True) if target is None else Shape((*target, *operand.shape.dims), operand.shape.leading)


@flax.op("jax.numpy.pad")
def padded(array: Tensor, pad_width: object, mode: object = "constant", *options: object, **named: object) -> Shape:
    """O = I + before + after, for each axis."""
    items, shape = items_of(pad_width), array.shape
    rows = [sizes_in(item) for item in items] if isinstance(items, tuple) else [sizes_in(items)]
    if shape.leading or isinstance(items, Unknown) or any(row is None for row in rows):
        return Shape((), leading=True)
    ends: list[tuple[Dim, ...]] = [row for row in rows if row is not None]
    if len(ends) == 2 and all(len(row) == 1 for row in ends) and isinstance(items, tuple) and not isinstance(items_of(items[0]), tuple):
        ends = [(ends[0][0], ends[1][0])]
    if len(ends) == 1:
        ends = ends * len(shape)
    ends = [row * 2 if len(row) == 1 else row for row in ends]
    if len(ends) != len(shape) or any(len(row) != 2 for row in ends):
        raise OperationFails(f"padding of {len(ends)} axes for a tensor of shape {shape}", exception="ValueError")
    return Shape(tuple(dim + row[0] + row[1] for dim, row in zip(shape.dims, ends, strict=True)))


@flax.op("jax.lax.pad")
def lax_padded(operand: Tensor, padding_value: object, padding_config: object) -> Shape:
    """O = I + low + high, and (I - 1) interior more between the elements."""
    items, shape = items_of(padding_config), operand.shape
    rows = [sizes_in(item) for item in items] if isinstance(items, tuple) else [None]
    if shape.leading or any(row is None or len(row) != 3 for row in rows):
        return Shape((), leading=True)
    ends = [row for row in rows if row is not None]
    if len(ends) != len(shape):
        raise OperationFails(f"padding of {len(ends)} axes for a tensor of shape {shape}", exception="TypeError")
    return Shape(tuple(dim + low + high + (dim - 1) * interior for dim, (low, high, interior) in zip(shape.dims, ends, strict=True)))


@flax.op("jax.image.resize")
def resized(image: Tensor, shape: object, *options: object, **named: object) -> Tensor:
    """An image of another shape, which is stated whole. Raises OperationFails for another number of axes."""
    target = sizes_in(shape)
    if target is None:
        return array(Shape((), leading=True))
    if not image.shape.leading and len(image.shape) != len(target):
        reason = f"`resize` of a tensor of shape {image.shape} to {Shape(target)}, which has another number of axes"
        raise OperationFails(reason, exception="ValueError")
    return array(Shape(target))


@flax.op("jax.image.scale_and_translate")
def scaled(image: Tensor, shape: object, *options: object, **named: object) -> object:
    return resized.function(image, shape)


@flax.op("jax.numpy.take", "Tensor.take")
def taken(a: Tensor, indices: object, axis: object = None, *options: object, **named: object) -> Shape:
    """The parts of a tensor at these indices along an axis."""
    chosen = indices.shape if isinstance(indices, Tensor) else Shape(()) if isinstance(indices, int) else None
    if chosen is None or chosen.leading:
        return Shape((), leading=True)
    if axis is None:
        return chosen
    if a.shape.leading:
        return Shape((), leading=True)
    (at,) = placed(axis, a.shape)
    return Shape((*a.shape.dims[:at], *chosen.dims, *a.shape.dims[at + 1 :]))


@flax.op("jax.numpy.take_along_axis")
def taken_along(arr: Tensor, indices: Tensor, axis: object = None, *options: object, **named: object) -> Shape:
    """As many along the axis as there are indices."""
    if arr.shape.leading or indices.shape.leading or axis is None or len(arr.shape) != len(indices.shape):
        return Shape((), leading=True)
    (at,) = placed(axis, arr.shape)
    return arr.shape.replaced(at, indices.shape.dims[at])


@flax.op("jax.lax.dynamic_slice")
def dynamic_slice(operand: Tensor, start_indices: object, slice_sizes: object, **named: object) -> Tensor:
    """A part of a stated size."""
    sizes = sizes_in(slice_sizes)
    return array(Shape((), leading=True) if sizes is None else Shape(sizes), operand.dtype)
