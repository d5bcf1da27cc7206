"""Products of matrices and vectors.

Source: https://docs.pytorch.org/docs/stable/generated/torch.matmul.html and the pages beside it.
"""

from __future__ import annotations

from cnnlint.formulas import matmul_macs
from cnnlint.plugin import (
    Dims,
    InvalidArgument,
    ListValue,
    MatmulMismatch,
    Product,
    Result,
    Shape,
    Tensor,
    Unbroadcastable,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    equal,
    expect_equal,
    expect_rank,
    per_example,
    product,
)
from cnnlint_torch.axes import axes_of
from cnnlint_torch.broadcasting import broadcast_shapes, into_left
from cnnlint_torch.dtypes import expect_product, product_dtype
from cnnlint_torch.elements import forget_values
from cnnlint_torch.elementwise import combined
from cnnlint_torch.framework import torch
from cnnlint_torch.promotion import common_dtype


@torch.op("matmul", "Tensor.matmul", "Tensor.__matmul__", "linalg.matmul")
def matmul(input: Tensor, other: Tensor, *, out: object = None) -> object:
    """(..., m, k) @ (..., k, n) is (..., m, n); an operand of one axis is a row or a column that is then dropped."""
    left, right = input.shape, other.shape
    for operand in (left, right):
        if operand.rank == 0:
            raise WrongRank("at least 1", operand)
    if left.rank is None or right.rank is None:
        result = matmul_open(left, right)
        expect_product("matmul", input, other)
        return Result(result, dtype=product_dtype(input, other), is_exact=False)
    k = right[-2] if right.rank > 1 else right[0]
    expect_equal(left[-1], k, MatmulMismatch(left, right, "matmul"))
    m = left.dims[-2:-1]
    n = right.dims[-1:] if right.rank > 1 else ()
    batch = batch_of("matmul", left, right)
    expect_product("matmul", input, other)
    macs = matmul_macs(per_example(batch.dims), product(m), left[-1], product(n))
    order = True if (left.rank > 2 and right.rank > 2) or left.rank == right.rank == 2 else None
    flow = Product() if m and n else None
    return Result(Shape((*batch.dims, *m, *n)), macs=macs, is_contiguous=order, dtype=product_dtype(input, other), flow=flow)


def batch_of(operation: str, left: Shape, right: Shape) -> Shape:
    """The common shape of the axes in front of two matrices.

    Raises Unbroadcastable, with the whole shapes.
    """
    try:
        return broadcast_shapes(operation, Shape(left.dims[:-2]), Shape(right.dims[:-2]))
    except Unbroadcastable as failure:
        raise Unbroadcastable(left, right, failure.axis - 2, operation) from None


def matmul_open(left: Shape, right: Shape) -> Shape:
    """The product where a number of axes is unknown."""
    if len(left.dims) > 1 and len(right.dims) > 1:
        expect_equal(left[-1], right[-2], MatmulMismatch(left, right, "matmul"))
        return Shape((left[-2], right[-1]), leading=True)
    return Shape((), leading=True)


@torch.op("Tensor.__rmatmul__")
def matmul_reflected(input: Tensor, other: Tensor) -> object:
    return matmul.function(other, input)


@torch.op("mm", "Tensor.mm")
def mm(input: Tensor, mat2: Tensor, *, out_dtype: object = None, out: object = None) -> object:
    if out_dtype is not None:
        raise Undetermined(Unknown("a product of a dtype of its own"))
    left, right = expect_rank(input, 2), expect_rank(mat2, 2)
    expect_equal(left[1], right[0], MatmulMismatch(left, right, "mm"))
    expect_product("mm", input, mat2)
    macs = matmul_macs(1, left[0], left[1], right[1])
    return Result(Shape((left[0], right[1])), macs=macs, is_contiguous=True, dtype=product_dtype(input, mat2), flow=Product())


@torch.op("bmm", "Tensor.bmm")
def bmm(input: Tensor, mat2: Tensor, *, out_dtype: object = None, out: object = None) -> object:
    if out_dtype is not None:
        raise Undetermined(Unknown("a product of a dtype of its own"))
    left, right = expect_rank(input, 3), expect_rank(mat2, 3)
    expect_equal(left[0], right[0], MatmulMismatch(left, right, "bmm"))
    expect_equal(left[2], right[1], MatmulMismatch(left, right, "bmm"))
    expect_product("bmm", input, mat2)
    macs = matmul_macs(per_example(left.dims[:1]), left[1], left[2], right[2])
    return Result(Shape((left[0], left[1], right[2])), macs=macs, is_contiguous=True, dtype=product_dtype(input, mat2), flow=Product())


@torch.op("mv", "Tensor.mv")
def mv(input: Tensor, vec: Tensor, *, out: object = None) -> object:
    left, right = expect_rank(input, 2), expect_rank(vec, 1)
    expect_equal(left[1], right[0], MatmulMismatch(left, right, "mv"))
    expect_product("mv", input, vec)
    return Result(Shape((left[0],)), macs=left[0] * left[1], dtype=product_dtype(input, vec))


@torch.op("dot", "Tensor.dot", "vdot", "Tensor.vdot")
def dot(input: Tensor, other: Tensor, *, out: object = None, **named: object) -> object:
    left, right = expect_rank(input, 1), expect_rank(other, 1)
    expect_equal(left[0], right[0], MatmulMismatch(left, right, "dot"))
    expect_product("dot", input, other)
    return Result(Shape(()), macs=left[0], dtype=product_dtype(input, other))


@torch.op("inner", "Tensor.inner")
def inner(input: Tensor, other: Tensor, *, out: object = None) -> object:
    left, right = input.shape, other.shape
    if left.rank is None or right.rank is None:
        return Result(Shape((), leading=True))
    if not left.rank or not right.rank:
        return combined("inner", [input, other], common_dtype([input, other]))
    expect_equal(left[-1], right[-1], MatmulMismatch(left, right, "inner"))
    expect_product("inner", input, other)
    return Result(Shape((*left.dims[:-1], *right.dims[:-1])), dtype=product_dtype(input, other))


@torch.op("outer", "Tensor.outer", "ger", "Tensor.ger")
def outer(input: Tensor, vec2: Tensor, *, out: object = None) -> object:
    left, right = expect_rank(input, 1), expect_rank(vec2, 1)
    return Result(Shape((left[0], right[0])), dtype=common_dtype([input, vec2]))


@torch.op("addmm", "Tensor.addmm", rank=2)
@torch.op("baddbmm", "Tensor.baddbmm", rank=3)
def addmm(
    input: Tensor, mat1: Tensor, mat2: Tensor, *, beta: object = 1, alpha: object = 1, out: object = None, rank: int, **named: object
) -> object:
    """A product of matrices, plus `input` broadcast to it."""
    result = (mm if rank == 2 else bmm).function(mat1, mat2)
    into_left("addmm", result.shape, input.shape)
    expect_product("addmm" if rank == 2 else "baddbmm", input, mat1)
    return result


@torch.op("addbmm", "Tensor.addbmm")
def addbmm(input: Tensor, batch1: Tensor, batch2: Tensor, *, beta: object = 1, alpha: object = 1, out: object = None) -> object:
    result = bmm.function(batch1, batch2)
    into_left("addbmm", Shape(result.shape.dims[1:]), input.shape)
    return Result(Shape(result.shape.dims[1:]), macs=result.macs, dtype=result.dtype)


@torch.op("addmv", "Tensor.addmv")
def addmv(input: Tensor, mat: Tensor, vec: Tensor, *, beta: object = 1, alpha: object = 1, out: object = None) -> object:
    result = mv.function(mat, vec)
    into_left("addmv", result.shape, input.shape)
    return result


@torch.op("addr", "Tensor.addr")
def addr(input: Tensor, vec1: Tensor, vec2: Tensor, *, beta: object = 1, alpha: object = 1, out: object = None) -> object:
    result = outer.function(vec1, vec2)
    into_left("addr", result.shape, input.shape)
    return result


@torch.op("tensordot")
def tensordot(a: Tensor, b: Tensor, dims: object = 2, out: object = None) -> object:
    """The last axes of one against the first of the other, or those that are listed."""
    left, right = a.shape, b.shape
    if left.rank is None or right.rank is None:
        return Result(Shape((), leading=True))
    if isinstance(dims, int):
        if dims < 0 or dims > min(left.rank, right.rank):
            raise InvalidArgument(f"must be at most the number of axes of {left} and {right}, but is {dims}", argument="dims")
        pairs = ([*range(left.rank - dims, left.rank)], [*range(dims)])
    else:
        items = dims.contents if isinstance(dims, ListValue) else dims
        if not isinstance(items, (tuple, list)) or len(items) != 2:
            raise Undetermined(Unknown("the axes of tensordot"))
        lists = [item.contents if isinstance(item, ListValue) else item for item in items]
        pairs = (listed_axes(left, lists[0]), listed_axes(right, lists[1]))
    if len(pairs[0]) != len(pairs[1]):
        raise InvalidArgument("must list as many axes for both tensors", argument="dims")
    if pairs[0] and not (left.rank and right.rank):
        raise WrongRank("at least 1", right if left.rank else left, exception="IndexError")
    for i, j in zip(*pairs, strict=True):
        if equal(left[i], 1) or equal(right[j], 1):
            continue
        expect_equal(left[i], right[j], MatmulMismatch(left, right, "tensordot"))
    kept_left = [size for axis, size in enumerate(left) if axis not in pairs[0]]
    kept_right = [size for axis, size in enumerate(right) if axis not in pairs[1]]
    macs = per_example(kept_left) * product(left[axis] for axis in pairs[0]) * product(kept_right)
    expect_product("tensordot", a, b)
    return Result(Shape((*kept_left, *kept_right)), macs=macs, dtype=product_dtype(a, b))


def listed_axes(x: Shape, axes: Value) -> list[int]:
    """The axes of one operand that a contraction sums over."""
    if isinstance(axes, (tuple, list)) and all(isinstance(axis, int) for axis in axes):
        return axes_of(x, Dims(axes), "dims") or []
    if isinstance(axes, int):
        return axes_of(x, axes, "dims") or []
    raise Undetermined(Unknown("the axes of tensordot"))


@torch.op("Tensor.addmm_", "Tensor.baddbmm_", "Tensor.addbmm_", "Tensor.addmv_", "Tensor.addr_")
def add_product_in_place(input: Tensor, *factors: object, **named: object) -> object:
    forget_values(input)
    return input
