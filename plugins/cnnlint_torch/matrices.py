"""Matrices as wholes: transposed, inverted, multiplied in chains, put beside each other.

Source: https://docs.pytorch.org/docs/stable/linalg.html
"""

from __future__ import annotations

from cnnlint.plugin import (
    Dim,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    WrongRank,
    expect_equal,
)
from cnnlint_torch.axis_order import adjoint
from cnnlint_torch.elements import made, tensors_of
from cnnlint_torch.framework import torch
from cnnlint_torch.matrix import batch_of, matmul
from cnnlint_torch.promotion import common_dtype


@torch.op("chain_matmul")
def chain_matmul(*matrices: object, out: object = None) -> object:
    for tensor in matrices:
        if isinstance(tensor, Tensor) and tensor.shape.rank not in (None, 2):
            raise WrongRank("2", tensor.shape)
    return multi_dot.function(matrices)


@torch.op("linalg.multi_dot")
def multi_dot(*matrices: object, out: object = None) -> object:
    given = tensors_of("multi_dot", matrices[0] if len(matrices) == 1 and not isinstance(matrices[0], Tensor) else matrices)
    for place, tensor in enumerate(given):
        if tensor.shape.rank is not None and tensor.shape.rank != 2 and not (tensor.shape.rank == 1 and place in (0, len(given) - 1)):
            raise WrongRank("2 (the first and the last may have 1)", tensor.shape)
    result = given[0]
    for factor in given[1:]:
        product_of = matmul.function(result, factor)
        result = made(product_of.shape, product_of.dtype)
    return result


@torch.op("kron", "Tensor.kron")
def kron(input: Tensor, other: Tensor, *, out: object = None) -> object:
    left, right = input.shape, other.shape
    if left.rank is None or right.rank is None:
        return Result(Shape((), leading=True))
    count = max(left.rank, right.rank)
    ours, theirs = ((1,) * (count - len(shape.dims)) + shape.dims for shape in (left, right))
    return made(Shape(tuple(m * n for m, n in zip(ours, theirs, strict=True))), common_dtype([input, other]))


@torch.attribute("Tensor.H")
def conjugate_transposed(door: object, tensor: Tensor, /) -> object:
    if tensor.shape.rank not in (None, 0, 2):
        raise WrongRank("0 or 2", tensor.shape)
    return adjoint(tensor)


@torch.attribute("Tensor.mT", "Tensor.mH")
def matrix_transposed(door: object, tensor: Tensor, /) -> object:
    return adjoint(tensor)


@torch.op(
    "linalg.inv",
    "inverse",
    "Tensor.inverse",
    "linalg.cholesky",
    "cholesky",
    "linalg.matrix_exp",
    "matrix_exp",
    "Tensor.matrix_exp",
    "matrix_power",
    "Tensor.matrix_power",
    "linalg.matrix_power",
)
def square(input: Tensor, *args: object, **named: object) -> object:
    """A square matrix, or many, to one of the same size."""
    x = input.shape
    if x.rank is not None and x.rank < 2:
        raise WrongRank("at least 2", x)
    if len(x.dims) >= 2:
        expect_equal(x[-2], x[-1], OperationFails(f"a tensor of shape {x} holds no square matrices"))
    return made(x, input.dtype)


@torch.op("linalg.det", "det", "Tensor.det", "logdet", "Tensor.logdet")
def det(input: Tensor, *args: object, **named: object) -> object:
    return made(Shape(square.function(input).shape.dims[:-2], input.shape.leading), input.dtype)


@torch.op("pinverse", "linalg.pinv", "Tensor.pinverse")
def pinverse(input: Tensor, *args: object, **named: object) -> object:
    return made(adjoint.function(input).shape, input.dtype)


@torch.op("linalg.solve")
def solve(A: Tensor, B: Tensor, *, left: object = True, out: object = None) -> object:
    """X of A X = B: the shape of B, or a vector for each matrix."""
    square.function(A)
    matrix, right = A.shape, B.shape
    if matrix.rank is None or right.rank is None or left is not True:
        return made(Shape((), leading=True), B.dtype)
    is_vector = right.rank == 1 or (right.rank == matrix.rank - 1 and right == Shape(matrix.dims[:-1]))
    rows = right[-1] if is_vector else right[-2]
    expect_equal(matrix[-1], rows, OperationFails(f"linalg.solve of matrices of shape {matrix} and right sides of shape {right}"))
    if is_vector:
        return made(Shape(matrix.dims[:-1]), B.dtype)
    batch = batch_of("linalg.solve", matrix, right)
    return made(Shape((*batch.dims, *right.dims[-2:])), B.dtype)


@torch.op("block_diag")
def block_diag(*tensors: object) -> object:
    """Matrices along the diagonal of a larger one."""
    rows: Dim = 0
    columns: Dim = 0
    dtype = None
    for tensor in tensors:
        if not isinstance(tensor, Tensor) or tensor.shape.rank is None:
            raise Undetermined(Unknown("the shape of an operand of block_diag"))
        if tensor.shape.rank > 2:
            raise WrongRank("at most 2", tensor.shape)
        sizes = (1, 1, *tensor.shape.dims)[-2:]
        rows, columns, dtype = rows + sizes[0], columns + sizes[1], tensor.dtype
    return made(Shape((rows, columns)), dtype)
