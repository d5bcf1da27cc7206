"""Functions that put elements elsewhere: reshape, transpose, joining, splitting, padding, resizing.

Sources: https://keras.io/api/ops/numpy/ and https://www.tensorflow.org/api_docs/python/tf
"""

from __future__ import annotations

import itertools

from cnnlint.plugin import (
    AxisOutOfRange,
    ConcatenationMismatch,
    CountMismatch,
    Dim,
    Expression,
    ListValue,
    OperationFails,
    ReshapeCount,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    as_dim,
    expect_equal,
    reshape,
    unknown_size,
)
from cnnlint_keras.broadcasting import broadcast_shapes
from cnnlint_keras.framework import keras
from cnnlint_keras.joining import concatenated, shapes_in
from cnnlint_keras.reductions import places
from cnnlint_keras.reshaping import target_of


@keras.op("ops.reshape", "tf.reshape", "backend.reshape", "ops.numpy.reshape")
def reshaped(x: Tensor, newshape: object, name: object = None) -> Shape:
    """The same elements under another shape. Raises ReshapeCount where the counts are proven to differ."""
    target = target_of(newshape, "newshape") if not isinstance(newshape, (int, Expression)) else (newshape,)
    if x.shape.leading:
        return Shape(tuple(size if size != -1 else unknown_size("a size") for size in target))
    try:
        return reshape(x.shape, target)
    except CountMismatch:
        raise ReshapeCount(x.shape, target, exception="ValueError") from None


@keras.op("ops.transpose", "tf.transpose", "backend.permute_dimensions")
def transposed(x: Tensor, axes: object = None, *options: object, **named: object) -> Shape:
    shape = x.shape
    order = named.get("perm", named.get("pattern", axes))
    if shape.leading:
        return Shape((), leading=True)
    if order is None:
        return Shape(shape.dims[::-1])
    found = places(order, len(shape))
    if sorted(found) != list(range(len(shape))):
        raise OperationFails(f"axes {found} of a tensor of shape {shape}", exception="ValueError")
    return Shape(tuple(shape.dims[at] for at in found))


@keras.op("ops.swapaxes")
def swapped(x: Tensor, axis1: object, axis2: object) -> Shape:
    if x.shape.leading:
        return Shape((), leading=True)
    (a,), (b,) = places(axis1, len(x.shape)), places(axis2, len(x.shape))
    dims = list(x.shape.dims)
    dims[a], dims[b] = dims[b], dims[a]
    return Shape(tuple(dims))


@keras.op("ops.moveaxis")
def moved(x: Tensor, source: object, destination: object) -> Shape:
    if x.shape.leading:
        return Shape((), leading=True)
    rank = len(x.shape)
    from_, to = places(source, rank), places(destination, rank)
    order = [at for at in range(rank) if at not in from_]
    for target, at in sorted(zip(to, from_, strict=True)):
        order.insert(target, at)
    return Shape(tuple(x.shape.dims[at] for at in order))


@keras.op("ops.expand_dims", "tf.expand_dims", "backend.expand_dims")
def expanded(x: Tensor, axis: object = -1, name: object = None) -> Shape:
    shape = x.shape
    items = axis.contents if isinstance(axis, ListValue) else axis
    if isinstance(items, (tuple, list)) and len(items) == 1:
        items = items[0]
    if not isinstance(items, int) or (shape.leading and not -len(shape.dims) - 1 <= items < 0):
        return Shape((), leading=True)
    if not -len(shape.dims) - 1 <= items <= len(shape.dims) and not shape.leading:
        raise AxisOutOfRange(items, -len(shape.dims) - 1, len(shape.dims), shape, argument="axis", exception="ValueError")
    return shape.inserted(items, 1)


@keras.op("ops.squeeze", "tf.squeeze", "backend.squeeze")
def squeezed(x: Tensor, axis: object = None, name: object = None) -> Shape:
    shape = x.shape
    if shape.leading:
        return Shape((), leading=True)
    if axis is None:
        if any(isinstance(dim, Expression) for dim in shape.dims[1:]):
            return Shape((), leading=True)
        return Shape(tuple(dim for dim in shape.dims if dim != 1))
    gone = places(axis, len(shape))
    for at in gone:
        expect_equal(shape.dims[at], 1, OperationFails(f"axis {at} of a tensor of shape {shape} is not 1", exception="ValueError"))
    return Shape(tuple(dim for at, dim in enumerate(shape.dims) if at not in gone))


@keras.op("ops.concatenate", "tf.concat", "backend.concatenate")
def concatenate(xs: object, axis: object = 0, name: object = None, **named: object) -> Shape:
    items = named.get("values", named.get("tensors", xs))
    if not isinstance(axis, int):
        raise Undetermined(axis if isinstance(axis, Unknown) else Unknown("an axis"))
    return concatenated(shapes_in("concatenate", items), axis)


keras.alias("ops.concatenate", "ops.numpy.concatenate")


@keras.op("ops.stack", "tf.stack", "backend.stack")
def stacked(x: object, axis: object = 0, name: object = None) -> Shape:
    shapes = shapes_in("stack", x)
    if not isinstance(axis, int) or any(shape.leading for shape in shapes):
        return Shape((), leading=True)
    first = shapes[0]
    for shape in shapes[1:]:
        if len(shape) != len(first):
            raise WrongRank(str(len(first)), shape, exception="ValueError")
        for place, (a, b) in enumerate(zip(first.dims, shape.dims, strict=True)):
            expect_equal(a, b, ConcatenationMismatch(tuple(shapes), None, place, exception="ValueError"))
    return first.inserted(axis, len(shapes))


@keras.op("ops.split", are_sizes=False)
@keras.op("tf.split", are_sizes=True)
def split(x: Tensor, indices_or_sections: object, axis: object = 0, *options: object, are_sizes: bool, **named: object) -> list[Shape]:
    """Equal parts, or cut before these indices; TensorFlow is told the sizes of the parts."""
    return parts(x.shape, indices_or_sections, axis, are_sizes=are_sizes)


def parts(shape: Shape, how: Value, axis: Value, *, are_sizes: bool) -> list[Shape]:
    """The parts of a tensor along an axis: so many equal ones, or cut before these indices. Raises OperationFails."""
    items = how.contents if isinstance(how, ListValue) else how
    if shape.leading or not isinstance(axis, int):
        raise Undetermined(Unknown("the parts of a tensor whose shape is not known"))
    (at,) = places(axis, len(shape))
    whole = shape.dims[at]
    if isinstance(items, int):
        if isinstance(whole, int) and items and whole % items:
            raise OperationFails(f"{whole} cannot be split into {items} equal parts", exception="ValueError")
        return [shape.replaced(at, whole // items)] * items
    if not isinstance(items, (tuple, list)) or not all(isinstance(item, int) for item in items):
        raise Undetermined(Unknown("where a tensor is split"))
    if are_sizes:
        return [shape.replaced(at, item) for item in items]
    ends = [0, *items, whole]
    return [shape.replaced(at, after - before) for before, after in itertools.pairwise(ends)]


@keras.op("ops.unstack", "tf.unstack")
def unstacked(x: Tensor, num: object = None, axis: object = 0, name: object = None) -> list[Shape]:
    if x.shape.leading or not isinstance(axis, int):
        raise Undetermined(Unknown("the parts of a tensor whose shape is not known"))
    (at,) = places(axis, len(x.shape))
    count = x.shape.dims[at]
    if not isinstance(count, int):
        raise Undetermined(Unknown("how many parts a tensor has"))
    return [x.shape.removed(at)] * count


@keras.op("ops.repeat", "tf.repeat", "backend.repeat_elements")
def repeated(x: Tensor, repeats: object, axis: object = None, *options: object, **named: object) -> Shape:
    count = as_dim(repeats)
    if x.shape.leading or not isinstance(axis, int) or not isinstance(count, (int, Expression)):
        return Shape((), leading=True)
    (at,) = places(axis, len(x.shape))
    return x.shape.replaced(at, x.shape.dims[at] * count)


@keras.op("ops.tile", "tf.tile", "backend.tile")
def tiled(x: Tensor, repeats: object, name: object = None) -> Shape:
    counts = sizes_in(repeats)
    if x.shape.leading or counts is None:
        return Shape((), leading=True)
    rank = max(len(counts), len(x.shape))
    dims = (*(1,) * (rank - len(x.shape)), *x.shape.dims)
    times = (*(1,) * (rank - len(counts)), *counts)
    return Shape(tuple(dim * count for dim, count in zip(dims, times, strict=True)))


def sizes_in(value: Value) -> tuple[Dim, ...] | None:
    """The sizes in a sequence, or a lone one; None where they are not known."""
    items = value.contents if isinstance(value, ListValue) else value
    found = [as_dim(item) for item in (items if isinstance(items, (tuple, list)) else (items,))]
    return tuple(found) if not isinstance(items, Unknown) and all(isinstance(size, (int, Expression)) for size in found) else None


@keras.op("ops.broadcast_to", "tf.broadcast_to")
def broadcast_to(x: Tensor, shape: object, name: object = None) -> Shape:
    target = sizes_in(shape)
    if target is None or x.shape.leading:
        return Shape((), leading=True)
    broadcast_shapes("broadcast_to", x.shape, Shape(target))
    return Shape(target)


@keras.op("ops.pad", "tf.pad")
def padded(x: Tensor, pad_width: object, mode: object = "constant", *options: object, **named: object) -> Shape:
    """O = I + before + after, for each axis."""
    items = pad_width.contents if isinstance(pad_width, ListValue) else pad_width
    if x.shape.leading or not isinstance(items, (tuple, list)):
        return Shape((), leading=True)
    rows = [sizes_in(item) for item in items]
    if any(row is None for row in rows):
        return Shape((), leading=True)
    ends: list[tuple[Dim, ...]] = [row for row in rows if row is not None]
    if len(ends) == 2 and all(len(row) == 1 for row in ends):
        ends = [(ends[0][0], ends[1][0])]
    if len(ends) == 1:
        ends = ends * len(x.shape)
    if len(ends) != len(x.shape) or any(len(row) != 2 for row in ends):
        raise OperationFails(f"padding of {len(ends)} axes for a tensor of shape {x.shape}", exception="ValueError")
    return Shape(tuple(dim + row[0] + row[1] for dim, row in zip(x.shape.dims, ends, strict=True)))


@keras.op("ops.image.resize", "tf.image.resize", "tf.compat.v1.image.resize_bilinear")
def resized(images: Tensor, size: object, *options: object, data_format: object = None, **named: object) -> Shape:
    """Images of another height and width."""
    sizes, shape = sizes_in(size), images.shape
    if sizes is None or len(sizes) != 2 or shape.leading:
        return Shape((), leading=True)
    if len(shape) not in (3, 4):
        raise OperationFails(f"an image of shape {shape}", exception="ValueError")
    if data_format == "channels_first":
        return Shape((*shape.dims[:-2], *sizes))
    return Shape((*shape.dims[:-3], *sizes, shape.dims[-1]))


@keras.op("ops.one_hot", "tf.one_hot", "ops.nn.one_hot", "backend.one_hot")
def one_hot(x: Tensor, num_classes: object, axis: object = -1, *options: object, **named: object) -> Shape:
    count = as_dim(num_classes)
    if not isinstance(count, (int, Expression)) or axis != -1:
        return Shape((), leading=True)
    return Shape((*x.shape.dims, count), x.shape.leading)


@keras.op("ops.take", "tf.gather", "ops.numpy.take")
def taken(x: Tensor, indices: object, *options: object, axis: object = 0, **named: object) -> Shape:
    """The parts of a tensor at these indices along an axis."""
    chosen = indices.shape if isinstance(indices, Tensor) else Shape(()) if isinstance(indices, int) else None
    if chosen is None or x.shape.leading or chosen.leading or not isinstance(axis, int):
        return Shape((), leading=True)
    (at,) = places(axis, len(x.shape))
    return Shape((*x.shape.dims[:at], *chosen.dims, *x.shape.dims[at + 1 :]))


@keras.op("tf.nn.depth_to_space", grows=True)
@keras.op("tf.nn.space_to_depth", grows=False)
def blocks(input: Tensor, block_size: object, data_format: object = "NHWC", name: object = None, *, grows: bool) -> Shape:
    """Channels become blocks of pixels, or blocks of pixels channels."""
    shape, size = input.shape, as_dim(block_size)
    if shape.leading or len(shape) != 4 or not isinstance(size, int) or size < 1 or data_format != "NHWC":
        return Shape((), leading=True)
    batch, H, W, C = shape.dims
    if grows:
        if isinstance(C, int) and C % (size * size):
            raise OperationFails(f"{C} channels cannot be shared out to blocks of {size} x {size} pixels", exception="ValueError")
        return Shape((batch, H * size, W * size, C // (size * size)))
    return Shape((batch, H // size, W // size, C * size * size))
