"""Reductions over axes.

Sources: https://keras.io/api/ops/numpy/ and https://www.tensorflow.org/api_docs/python/tf/math
"""

from __future__ import annotations

from cnnlint.plugin import (
    AxisOutOfRange,
    Expression,
    Flow,
    ListValue,
    Reduced,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
)
from cnnlint_keras.framework import below, keras

NAMES = "sum mean max min prod std var any all amax amin median nanmean nansum logsumexp norm average count_nonzero"
TF_NAMES = "reduce_sum reduce_mean reduce_max reduce_min reduce_prod reduce_any reduce_all reduce_logsumexp reduce_std reduce_variance norm"


def places(axis: Value, rank: int) -> tuple[int, ...]:
    """The places of axes, counted from 0; all where none is named.

    Raises AxisOutOfRange for an axis that there is not, Undetermined for one that is not known.
    """
    items = axis.contents if isinstance(axis, ListValue) else axis
    if items is None:
        return tuple(range(rank))
    found = tuple(items) if isinstance(items, (tuple, list)) else (items,)
    if any(isinstance(one, (Unknown, Expression)) or not isinstance(one, int) for one in found):
        raise Undetermined(next((one for one in found if isinstance(one, Unknown)), Unknown("an axis")))
    for one in found:
        if not -rank <= one < rank:
            raise AxisOutOfRange(one, -rank, rank - 1, argument="axis", exception="ValueError")
    return tuple(one % rank for one in found)


def reduced(shape: Shape, axis: Value, keepdims: object) -> Shape:
    """The shape without the axes, or with 1 in their place."""
    if shape.leading:
        return Shape(()) if axis is None and keepdims is not True else Shape((), leading=True)
    gone = places(axis, len(shape))
    if keepdims is True:
        return Shape(tuple(1 if at in gone else dim for at, dim in enumerate(shape.dims)))
    return Shape(tuple(dim for at, dim in enumerate(shape.dims) if at not in gone))


def over(shape: Shape, axis: Value, keepdims: object) -> Flow | None:
    """What a reduction comes from; None where the number of axes is not known."""
    return None if shape.leading else Reduced(tuple(places(axis, len(shape))), keepdims is True)


@keras.op(*below("ops", NAMES), *below("ops.numpy", NAMES))
@keras.op(*below("backend", "sum mean max min prod std var any all logsumexp"))
def reduction(x: Tensor, axis: object = None, keepdims: object = False, *options: object, **named: object) -> Result:
    """One value for all along the axes."""
    return Result(reduced(x.shape, axis, keepdims), flow=over(x.shape, axis, keepdims))


@keras.op(*below("tf", TF_NAMES), *below("tf.math", TF_NAMES))
def tf_reduction(input_tensor: Tensor, axis: object = None, keepdims: object = False, name: object = None, **named: object) -> Result:
    """One value for all along the axes."""
    keeps = named.get("keep_dims", keepdims)
    return Result(reduced(input_tensor.shape, axis, keeps), flow=over(input_tensor.shape, axis, keeps))


@keras.op("ops.argmax", "ops.argmin", "tf.argmax", "tf.argmin", "tf.math.argmax", "tf.math.argmin", "backend.argmax", "backend.argmin")
def arg(x: Tensor, axis: object = None, keepdims: object = False, *options: object, **named: object) -> Shape:
    """The index of one value along an axis; TensorFlow takes the first axis where none is named."""
    return reduced(x.shape, axis, keepdims is True)


@keras.op("ops.moments", "tf.nn.moments")
def moments(x: Tensor, axes: object, *options: object, keepdims: object = False, **named: object) -> tuple[Shape, Shape]:
    found = reduced(x.shape, axes, keepdims)
    return found, found
