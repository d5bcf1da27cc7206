"""Grids and sampling, distances, attention as a function.

Sources: https://docs.pytorch.org/docs/stable/nn.functional.html#vision-functions,
https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.formulas import matmul_macs
from cnnlint.plugin import (
    Dim,
    Dims,
    InvalidArgument,
    MatmulMismatch,
    Mixing,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    WrongRank,
    differ,
    equal,
    expect_equal,
    per_example,
    product,
)
from cnnlint_torch.axes import axes_of, sizes_given
from cnnlint_torch.broadcasting import into_left
from cnnlint_torch.dtypes import expect_product, product_dtype
from cnnlint_torch.elements import made, tensors_of
from cnnlint_torch.framework import torch
from cnnlint_torch.matrix import batch_of


@torch.op("nn.functional.grid_sample")
def grid_sample(
    input: Tensor, grid: Tensor, mode: object = "bilinear", padding_mode: object = "zeros", align_corners: object = None
) -> object:
    """(N, C, *in) at (N, *out, axes) is (N, C, *out)."""
    x, places = input.shape, grid.shape
    if x.rank is None or places.rank is None:
        return Result(Shape((), leading=True))
    reason = f"grid_sample of a tensor of shape {x} at a grid of shape {places}"
    if x.rank not in (4, 5):
        raise WrongRank("4 or 5", x)
    if places.rank != x.rank:
        raise OperationFails(f"{reason}: the numbers of axes differ")
    expect_equal(x[0], places[0], OperationFails(f"{reason}: the batches differ"))
    expect_equal(places[-1], x.rank - 2, OperationFails(f"{reason}: the last axis of the grid must be {x.rank - 2}"))
    expect_product("grid_sample", input, grid)
    return Result(Shape((x[0], x[1], *places.dims[1:-1])))


@torch.op("grid_sampler")
def grid_sampler(input: Tensor, grid: Tensor, interpolation_mode: object, padding_mode: object, align_corners: object) -> object:
    return grid_sample.function(input, grid)


@torch.op("nn.functional.affine_grid", "affine_grid_generator")
def affine_grid(theta: Tensor, size: object, align_corners: object = None) -> object:
    """(N, 2, 3) and (N, C, H, W) give (N, H, W, 2)."""
    sizes = sizes_given("affine_grid", (size,))
    matrix = theta.shape
    if len(sizes) not in (4, 5):
        raise InvalidArgument(f"must have 4 or 5 elements, but has {len(sizes)}", argument="size", exception="NotImplementedError")
    axes = len(sizes) - 2
    if matrix.rank is not None:
        reason = f"affine_grid by matrices of shape {matrix} for {axes} axes, which take (N, {axes}, {axes + 1})"
        if matrix.rank != 3:
            raise OperationFails(reason, exception="ValueError")
        for size_of_axis, wanted in zip(matrix.dims, (sizes[0], axes, axes + 1), strict=True):
            expect_equal(size_of_axis, wanted, OperationFails(reason, exception="ValueError"))
    return Result(Shape((sizes[0], *sizes[2:], axes)))


@torch.op("nn.functional.normalize")
def normalize(input: Tensor, p: object = 2.0, dim: Dims | Dim = 1, eps: object = 1e-12, out: object = None) -> object:
    axes_of(input.shape, dim)
    return Result(input.shape, is_contiguous=input.is_contiguous)


@torch.op("cdist")
def cdist(x1: Tensor, x2: Tensor, p: object = 2.0, compute_mode: object = None) -> object:
    """(..., P, M) and (..., R, M) give (..., P, R)."""
    left, right = x1.shape, x2.shape
    for operand in (left, right):
        if operand.rank is not None and operand.rank < 2:
            raise WrongRank("at least 2", operand)
    if left.rank is None or right.rank is None:
        return Result(Shape((), leading=True))
    expect_equal(left[-1], right[-1], OperationFails(f"cdist of points of shapes {left} and {right}: the last axes differ"))
    batch = batch_of("cdist", left, right)
    return Result(Shape((*batch.dims, left[-2], right[-2])))


@torch.op("meshgrid", "functional.meshgrid")
def meshgrid(*tensors: object, indexing: object = "ij") -> object:
    """One grid for each vector; "xy" exchanges the first two axes."""
    given = tensors_of("meshgrid", tensors[0] if len(tensors) == 1 and not isinstance(tensors[0], Tensor) else tensors)
    if not given:
        raise InvalidArgument("must not be empty", is_absent=True, argument="tensors")
    if indexing not in ("ij", "xy"):
        if isinstance(indexing, str):
            raise InvalidArgument(f"must be 'ij' or 'xy', but is {indexing!r}", argument="indexing")
        raise Undetermined(Unknown("the indexing of meshgrid"))
    sizes: list[Dim] = []
    for tensor in given:
        if tensor.shape.rank is None:
            raise Undetermined(Unknown("the shape of an operand of meshgrid"))
        if tensor.shape.rank > 1:
            raise WrongRank("at most 1", tensor.shape)
        sizes.append(tensor.shape.numel)
    if indexing == "xy" and len(sizes) > 1:
        sizes[:2] = sizes[1::-1]
    return tuple(made(Shape(tuple(sizes)), tensor.dtype) for tensor in given)


@torch.op("cartesian_prod")
def cartesian_prod(*tensors: object) -> object:
    """One row for each combination."""
    given = tensors_of("cartesian_prod", tensors)
    for tensor in given:
        if tensor.shape.rank is None:
            raise Undetermined(Unknown("the shape of an operand of cartesian_prod"))
        if tensor.shape.rank != 1:
            raise WrongRank("1", tensor.shape)
    if len(given) == 1:
        return given[0]
    return made(Shape((product(tensor.shape[0] for tensor in given), len(given))), given[0].dtype)


@torch.op("vander", "linalg.vander")
def vander(input: Tensor, N: Dim | None = None, increasing: object = False) -> object:
    x = input.shape
    if x.rank is None:
        return Result(Shape((), leading=True))
    if x.rank != 1:
        raise WrongRank("1", x)
    return Result(Shape((x[0], x[0] if N is None else N)))


@torch.op("nn.functional.scaled_dot_product_attention")
def attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: object = 0.0,
    is_causal: object = False,
    scale: object = None,
    enable_gqa: object = False,
) -> object:
    """(..., L, E), (..., S, E) and (..., S, Ev) give (..., L, Ev); the mask is broadcast to (..., L, S)."""
    q, k, v = query.shape, key.shape, value.shape
    if q.rank is None or k.rank is None or v.rank is None:
        return Result(q if not q.leading and equal(q[-1], v[-1] if v.dims else 0) else Shape((), leading=True))
    for operand in (q, k, v):
        if operand.rank is not None and operand.rank < 2:
            raise WrongRank("at least 2", operand)
    expect_equal(q[-1], k[-1], MatmulMismatch(q, k, "scaled_dot_product_attention"))
    if q.rank != 4 or differ(q[-1], v[-1]):  # the fused kernels for four axes and one head size do not compare them
        expect_equal(k[-2], v[-2], MatmulMismatch(k, v, "scaled_dot_product_attention"))
    if enable_gqa is True:
        batch = Shape(q.dims[:-2])
    else:
        batch = batch_of("scaled_dot_product_attention", q, k)
        batch = batch_of("scaled_dot_product_attention", Shape((*batch.dims, q[-2], k[-2])), v)
    scores = Shape((*batch.dims, q[-2], k[-2]))
    if attn_mask is not None:
        into_left("scaled_dot_product_attention", scores, attn_mask.shape)
    expect_product("scaled_dot_product_attention", query, key, value)
    macs = matmul_macs(per_example(batch.dims), q[-2], q[-1], k[-2]) + matmul_macs(per_example(batch.dims), q[-2], k[-2], v[-1])
    dtype = product_dtype(query, key, value)
    return Result(Shape((*batch.dims, q[-2], v[-1])), macs=macs, dtype=dtype, flow=Mixing((-2, -1)))


@torch.op("nn.functional.multi_head_attention_forward", "_native_multi_head_attention")
def attention_with_weights(*args: object, **named: object) -> object:
    raise Undetermined(Unknown("the inner function of multi-head attention"))


@torch.op("nn.functional.pdist", "pdist")
def pdist(input: Tensor, p: object = 2.0) -> object:
    x = input.shape
    if x.rank is None:
        return Result(Shape((), leading=True))
    if x.rank != 2:
        raise WrongRank("2", x)
    return Result(Shape((x[0] * (x[0] - 1) // 2,)))


@torch.op("combinations")
def combinations(input: Tensor, r: int = 2, with_replacement: object = False) -> object:
    x = input.shape
    if x.rank is None or r != 2 or with_replacement is not False:
        return Result(Shape((), leading=True))
    if x.rank != 1:
        raise WrongRank("1", x)
    return Result(Shape((x[0] * (x[0] - 1) // 2, 2)))


def decomposed(dims: Sequence[Dim], *shapes: tuple[Dim, ...]) -> tuple[Result, ...]:
    return tuple(Result(Shape((*dims, *shape))) for shape in shapes)


@torch.op("linalg.qr", "qr", kind="qr")
@torch.op("linalg.eigh", "linalg.eig", kind="eig")
@torch.op("linalg.svd", "svd", "Tensor.svd", kind="svd")
@torch.op("linalg.eigvalsh", "linalg.svdvals", kind="values")
def decomposition(input: Tensor, *args: object, kind: str, **named: object) -> object:
    """Factors of a matrix; those of which the sizes depend on options are not followed."""
    if input.shape.rank is not None and input.shape.rank < 2:
        raise WrongRank("at least 2", input.shape)
    x = input.shape
    if kind == "eig" and x.rank is not None:
        return decomposed(x.dims[:-2], (x[-1],), (x[-1], x[-1]))
    raise Undetermined(Unknown(f"the factors that {kind} gives"))
