"""Reductions over axes.

Source: https://docs.jax.dev/en/latest/jax.numpy.html
"""

from __future__ import annotations

from cnnlint.plugin import AxisOutOfRange, Choice, Expression, Instance, Reduced, Shape, Tensor, Undetermined, Unknown, Value, items_of
from cnnlint_flax.arrays import array
from cnnlint_flax.dtypes import is_float
from cnnlint_flax.framework import below, flax

NAMES = (
    "sum mean max min prod std var any all amax amin median nansum nanmean nanmax nanmin nanstd nanvar average ptp count_nonzero nanprod "
    "nanmedian"
)
METHODS = "sum mean max min prod std var any all ptp"
POSITIONS = "argmax argmin nanargmax nanargmin"


def places(axis: Value, rank: int) -> tuple[int, ...]:
    """The places of axes, counted from 0; all where none is named.

    Raises AxisOutOfRange for an axis that there is not, Undetermined for one that is not known.
    """
    items = items_of(axis)
    if items is None:
        return tuple(range(rank))
    found = items if isinstance(items, tuple) else (items,)
    for one in found:
        if isinstance(one, (Unknown, Expression, Choice, Instance, Tensor)) or not isinstance(one, int):
            raise Undetermined(one if isinstance(one, Unknown) else Unknown("an axis"))
        if not -rank <= one < rank:
            shape = Shape((1,) * rank)
            raise AxisOutOfRange(one, -rank, rank - 1, shape, argument="axis", exception="ValueError")
    return tuple(one % rank for one in found)


def placed(axis: Value, shape: Shape) -> tuple[int, ...]:
    """As `places`, in words that show the shape."""
    try:
        return places(axis, len(shape))
    except AxisOutOfRange as failure:
        raise AxisOutOfRange(failure.axis, failure.least, failure.most, shape, argument="axis", exception="ValueError") from None


def reduced(shape: Shape, axis: Value, keepdims: object) -> Shape:
    """The shape without the axes, or with 1 in their place."""
    if shape.leading:
        items = items_of(axis)
        if items is None and keepdims is not True:
            return Shape(())
        last = items if isinstance(items, tuple) else (items,)
        if keepdims is True and all(isinstance(one, int) and -len(shape.dims) <= one < 0 for one in last):
            gone = {one + len(shape.dims) for one in last if isinstance(one, int)}
            return Shape(tuple(1 if at in gone else dim for at, dim in enumerate(shape.dims)), leading=True)
        return Shape((), leading=True)
    gone = set(placed(axis, shape))
    if keepdims is True:
        return Shape(tuple(1 if at in gone else dim for at, dim in enumerate(shape.dims)))
    return Shape(tuple(dim for at, dim in enumerate(shape.dims) if at not in gone))


@flax.op(*below("jax.numpy", NAMES), *below("Tensor", METHODS))
@flax.op("jax.nn.logsumexp", "jax.scipy.special.logsumexp", "nnx.logsumexp", "linen.logsumexp")
def reduction(a: Tensor, /, axis: object = None, *options: object, keepdims: object = False, **named: object) -> Tensor:
    """One value for all along the axes."""
    shape = reduced(a.shape, axis, keepdims)
    flow = None if a.shape.leading else Reduced(placed(axis, a.shape), keepdims is True)
    return array(shape, a.dtype if is_float(a.dtype) else None, flow)


@flax.op(*below("jax.numpy", POSITIONS), *below("Tensor", "argmax argmin"))
def position(a: Tensor, /, axis: object = None, *options: object, keepdims: object = False) -> Tensor:
    """The index of one value along an axis."""
    return array(reduced(a.shape, axis, keepdims), "int32")


@flax.op("jax.lax.argmax", "jax.lax.argmin")
def lax_position(operand: Tensor, axis: object, index_dtype: object = None) -> Tensor:
    return array(reduced(operand.shape, axis, False), "int32")


@flax.op("jax.numpy.argsort", "Tensor.argsort")
def argsort(a: Tensor, /, axis: object = -1, **named: object) -> Tensor:
    return array(a.shape, "int32")


@flax.op("jax.numpy.linalg.norm")
def norm(x: Tensor, ord: object = None, axis: object = None, keepdims: object = False) -> Tensor:
    return array(reduced(x.shape, axis, keepdims), x.dtype if is_float(x.dtype) else None)


@flax.op("jax.numpy.quantile", "jax.numpy.percentile", "jax.numpy.nanpercentile", "jax.numpy.nanquantile")
def quantile(a: Tensor, q: object, axis: object = None, *options: object, keepdims: object = False, **named: object) -> Shape:
    if not isinstance(q, (int, float)):
        return Shape((), leading=True)
    return reduced(a.shape, axis, keepdims)


@flax.op(*below("jax.lax", "pmean pmax pmin"))
def over_devices(x: object, axis_name: object, **named: object) -> object:
    """The same on every device: shapes stay."""
    return x


@flax.op("jax.lax.top_k")
def top_k(operand: Tensor, k: int) -> tuple[Tensor, Tensor]:
    shape = operand.shape
    dims = (*shape.dims[:-1], k)
    made = Shape(dims, shape.leading)
    return array(made, operand.dtype), array(made, "int32")
