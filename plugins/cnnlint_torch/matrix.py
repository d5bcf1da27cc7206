"""Products of matrices, and `einsum`, which writes any of them.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.matmul.html, https://docs.pytorch.org/docs/stable/generated/torch.einsum.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.formulas import matmul_macs
from cnnlint.plugin import (
    Dim,
    Dims,
    Expression,
    InvalidArgument,
    ListValue,
    MatmulMismatch,
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
    product,
)
from cnnlint_torch.axes import axes_of
from cnnlint_torch.broadcasting import broadcast_shapes, into_left
from cnnlint_torch.elements import forget_values, made, tensors_of
from cnnlint_torch.elementwise import combined
from cnnlint_torch.framework import torch
from cnnlint_torch.promotion import common_dtype
from cnnlint_torch.reshaping import adjoint


def counted(sizes: Sequence[Dim]) -> Dim:
    """The product of sizes; a symbolic batch in front counts 1."""
    if sizes and isinstance(sizes[0], Expression) and all(isinstance(size, int) for size in sizes[1:]):
        return product(sizes[1:])
    return product(sizes)


@torch.op("matmul", "Tensor.matmul", "Tensor.__matmul__", "linalg.matmul")
def matmul(input: Tensor, other: Tensor, *, out: object = None) -> object:
    """(..., m, k) @ (..., k, n) is (..., m, n); an operand of one axis is a row or a column that is then dropped."""
    left, right = input.shape, other.shape
    for operand in (left, right):
        if operand.rank == 0:
            raise WrongRank("at least 1", operand)
    if left.rank is None or right.rank is None:
        return Result(matmul_open(left, right))
    k = right[-2] if right.rank > 1 else right[0]
    expect_equal(left[-1], k, MatmulMismatch(left, right, "matmul"))
    m = left.dims[-2:-1]
    n = right.dims[-1:] if right.rank > 1 else ()
    batch = broadcast_shapes("matmul", Shape(left.dims[:-2]), Shape(right.dims[:-2]))
    macs = matmul_macs(counted(batch.dims), product(m), left[-1], product(n))
    order = True if left.rank > 2 and right.rank > 2 or left.rank == right.rank == 2 else None
    return Result(Shape((*batch.dims, *m, *n)), macs=macs, is_contiguous=order)


def matmul_open(left: Shape, right: Shape) -> Shape:
    """The product where a number of axes is unknown."""
    if len(left.dims) > 1 and len(right.dims) > 1:
        expect_equal(left[-1], right[-2], MatmulMismatch(left, right, "matmul"))
        return Shape((left[-2], right[-1]), leading=True)
    return Shape((), leading=True)


@torch.op("Tensor.__rmatmul__")
def matmul_reflected(input: Tensor, other: Tensor) -> object:
    return matmul.function(other, input)


def expect_matrix(name: str, x: Shape, rank: int) -> Shape:
    """Raises WrongRank for another number of axes, Undetermined where it is not known."""
    if x.rank is None:
        raise Undetermined(Unknown(f"the shape of an operand of {name}"))
    if x.rank != rank:
        raise WrongRank(str(rank), x)
    return x


@torch.op("mm", "Tensor.mm")
def mm(input: Tensor, mat2: Tensor, *, out: object = None) -> object:
    left, right = expect_matrix("mm", input.shape, 2), expect_matrix("mm", mat2.shape, 2)
    expect_equal(left[1], right[0], MatmulMismatch(left, right, "mm"))
    return Result(Shape((left[0], right[1])), macs=matmul_macs(1, left[0], left[1], right[1]), is_contiguous=True)


@torch.op("bmm", "Tensor.bmm")
def bmm(input: Tensor, mat2: Tensor, *, out: object = None) -> object:
    left, right = expect_matrix("bmm", input.shape, 3), expect_matrix("bmm", mat2.shape, 3)
    expect_equal(left[0], right[0], MatmulMismatch(left, right, "bmm"))
    expect_equal(left[2], right[1], MatmulMismatch(left, right, "bmm"))
    macs = matmul_macs(counted(left.dims[:1]), left[1], left[2], right[2])
    return Result(Shape((left[0], left[1], right[2])), macs=macs, is_contiguous=True)


@torch.op("mv", "Tensor.mv")
def mv(input: Tensor, vec: Tensor, *, out: object = None) -> object:
    left, right = expect_matrix("mv", input.shape, 2), expect_matrix("mv", vec.shape, 1)
    expect_equal(left[1], right[0], MatmulMismatch(left, right, "mv"))
    return Result(Shape((left[0],)), macs=left[0] * left[1])


@torch.op("dot", "Tensor.dot", "vdot", "Tensor.vdot")
def dot(input: Tensor, other: Tensor, *, out: object = None, **named: object) -> object:
    left, right = expect_matrix("dot", input.shape, 1), expect_matrix("dot", other.shape, 1)
    expect_equal(left[0], right[0], MatmulMismatch(left, right, "dot"))
    return Result(Shape(()), macs=left[0])


@torch.op("inner", "Tensor.inner")
def inner(input: Tensor, other: Tensor, *, out: object = None) -> object:
    left, right = input.shape, other.shape
    if left.rank is None or right.rank is None:
        return Result(Shape((), leading=True))
    if not left.rank or not right.rank:
        return combined("inner", [input, other], input.dtype)
    expect_equal(left[-1], right[-1], MatmulMismatch(left, right, "inner"))
    return Result(Shape((*left.dims[:-1], *right.dims[:-1])))


@torch.op("outer", "Tensor.outer", "ger", "Tensor.ger")
def outer(input: Tensor, vec2: Tensor, *, out: object = None) -> object:
    left, right = expect_matrix("outer", input.shape, 1), expect_matrix("outer", vec2.shape, 1)
    return Result(Shape((left[0], right[0])))


@torch.op("addmm", "Tensor.addmm", rank=2)
@torch.op("baddbmm", "Tensor.baddbmm", rank=3)
def addmm(
    input: Tensor, mat1: Tensor, mat2: Tensor, *, beta: object = 1, alpha: object = 1, out: object = None, rank: int, **named: object
) -> object:
    """A product of matrices, plus `input` broadcast to it."""
    result = (mm if rank == 2 else bmm).function(mat1, mat2)
    into_left("addmm", result.shape, input.shape)
    return result


@torch.op("addbmm", "Tensor.addbmm")
def addbmm(input: Tensor, batch1: Tensor, batch2: Tensor, *, beta: object = 1, alpha: object = 1, out: object = None) -> object:
    result = bmm.function(batch1, batch2)
    into_left("addbmm", Shape(result.shape.dims[1:]), input.shape)
    return Result(Shape(result.shape.dims[1:]), macs=result.macs)


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
        result = made(product_of.shape, result.dtype)
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
        found = [axes_of(shape, Dims(axes) if isinstance(axes, (tuple, list)) else axes, "dims") for shape, axes in zip((left, right), lists, strict=True)]
        pairs = (found[0] or [], found[1] or [])
    if len(pairs[0]) != len(pairs[1]):
        raise InvalidArgument("must list as many axes for both tensors", argument="dims")
    for i, j in zip(*pairs, strict=True):
        if equal(left[i], 1) or equal(right[j], 1):
            continue
        expect_equal(left[i], right[j], MatmulMismatch(left, right, "tensordot"))
    kept_left = [size for axis, size in enumerate(left) if axis not in pairs[0]]
    kept_right = [size for axis, size in enumerate(right) if axis not in pairs[1]]
    macs = counted(kept_left) * product(left[axis] for axis in pairs[0]) * product(kept_right)
    return Result(Shape((*kept_left, *kept_right)), macs=macs)


@torch.op("kron", "Tensor.kron")
def kron(input: Tensor, other: Tensor, *, out: object = None) -> object:
    left, right = input.shape, other.shape
    if left.rank is None or right.rank is None:
        return Result(Shape((), leading=True))
    count = max(left.rank, right.rank)
    ours, theirs = ((1,) * (count - len(shape.dims)) + shape.dims for shape in (left, right))
    return Result(Shape(tuple(m * n for m, n in zip(ours, theirs, strict=True))))


@torch.op("einsum", "functional.einsum")
def einsum(*args: object) -> object:
    """The sum of products over the letters that the output does not name.

    Raises OperationFails for an equation that does not fit the operands.
    """
    if not args or not isinstance(args[0], str):
        raise Undetermined(args[0] if args and isinstance(args[0], Unknown) else Unknown("the equation of einsum"))
    rest = args[1:]
    given = tensors_of("einsum", rest[0] if len(rest) == 1 and not isinstance(rest[0], Tensor) else rest, "operands")
    equation = args[0]
    inputs, arrow, output = equation.replace(" ", "").partition("->")
    terms = inputs.split(",")
    if len(terms) != len(given):
        raise OperationFails(f"einsum `{equation}` names {len(terms)} operands, but gets {len(given)}")
    sizes: dict[str, Dim] = {}
    ellipses: list[Shape] = []
    for term, tensor in zip(terms, given, strict=True):
        read_term(equation, term, tensor.shape, sizes, ellipses)
    common = broadcast_shapes(f"einsum `{equation}`", *ellipses) if ellipses else Shape(())
    letters = output if arrow else implied_output(inputs)
    check_letters(equation, letters.replace("...", ""), sizes)
    dims: list[Dim] = []
    before, dots, after = letters.partition("...")
    dims = [sizes[letter] for letter in before]
    if dots:
        dims += common.dims
    dims += [sizes[letter] for letter in after]
    macs = einsum_macs(list(sizes.values()), common) if len(given) > 1 else 0
    return made_product(Shape(tuple(dims), common.leading and bool(dots) and not before), common, dots, before, macs, given)


def made_product(shape: Shape, common: Shape, dots: str, before: str, macs: Dim, given: Sequence[Tensor]) -> Result:
    if common.leading and dots and before:
        shape = Shape(shape.dims[len(before) :], leading=True)
    return Result(shape, macs=0 if common.leading else macs, dtype=common_dtype(given))


def einsum_macs(sizes: list[Dim], common: Shape) -> Dim:
    """The product of all letters' sizes: every term of the sum once; a symbolic batch counts 1."""
    return counted([*common.dims, *sizes])


def read_term(equation: str, term: str, shape: Shape, sizes: dict[str, Dim], ellipses: list[Shape]) -> None:
    """Match the letters of one operand with its axes."""
    before, dots, after = term.partition("...")
    letters = before + after
    if not all(letter.isascii() and letter.isalpha() for letter in letters):
        raise OperationFails(f"einsum `{equation}`: `{term}` holds something else than letters and `...`")
    if shape.rank is None:
        known = shape.dims[-len(letters) :] if letters and not dots and len(shape.dims) >= len(letters) else ()
        for letter, size in zip(letters, known, strict=False):
            sizes.setdefault(letter, size)
        for letter in letters:
            if letter not in sizes:
                raise Undetermined(Unknown("the shape of an operand of einsum"))
        if dots:
            ellipses.append(Shape((), leading=True))
        return
    extra = shape.rank - len(letters)
    if extra < 0 or (extra > 0 and not dots):
        raise OperationFails(f"einsum `{equation}`: `{term}` names {len(letters)} axes, but the operand has shape {shape}")
    if dots:
        ellipses.append(Shape(shape.dims[len(before) : len(before) + extra]))
    dims = (*shape.dims[: len(before)], *shape.dims[len(before) + extra :])
    here: dict[str, Dim] = {}
    for letter, size in zip(letters, dims, strict=True):
        failure = OperationFails(f"einsum `{equation}`: `{letter}` is {sizes.get(letter, here.get(letter))} and {size} (operand of shape {shape})")
        if letter in here:
            expect_equal(here[letter], size, failure)
        here[letter] = size
        old = sizes.get(letter)
        if old is None or equal(old, 1):
            sizes[letter] = size
        elif not equal(size, 1):
            if differ(size, 1) and differ(old, 1):
                expect_equal(old, size, failure)
            if isinstance(old, Expression) and isinstance(size, int):
                sizes[letter] = size


def implied_output(inputs: str) -> str:
    """Without an arrow: the ellipsis, then the letters that stand once, in alphabetical order (capitals first)."""
    letters = inputs.replace(",", "").replace(".", "")
    once = sorted(letter for letter in set(letters) if letters.count(letter) == 1)
    return ("..." if "..." in inputs else "") + "".join(once)


def check_letters(equation: str, letters: str, sizes: dict[str, Dim]) -> None:
    for letter in letters:
        if letter not in sizes:
            raise OperationFails(f"einsum `{equation}`: `{letter}` of the output is in no operand")
        if letters.count(letter) > 1:
            raise OperationFails(f"einsum `{equation}`: the output names `{letter}` twice")


@torch.attribute("Tensor.H")
def conjugate_transposed(door: object, tensor: Tensor) -> object:
    if tensor.shape.rank not in (None, 0, 2):
        raise WrongRank("0 or 2", tensor.shape)
    return adjoint(tensor)


@torch.attribute("Tensor.mT", "Tensor.mH")
def matrix_transposed(door: object, tensor: Tensor) -> object:
    return adjoint(tensor)


@torch.op("linalg.inv", "inverse", "Tensor.inverse", "linalg.cholesky", "cholesky", "linalg.matrix_exp", "matrix_exp")
def square(input: Tensor, *args: object, **named: object) -> object:
    """A square matrix, or many, to one of the same size."""
    x = input.shape
    if x.rank is not None and x.rank < 2:
        raise WrongRank("at least 2", x)
    if len(x.dims) >= 2:
        expect_equal(x[-2], x[-1], OperationFails(f"a tensor of shape {x} holds no square matrices"))
    return made(x, input.dtype)


@torch.op("linalg.det", "det", "Tensor.det", "logdet")
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
    batch = broadcast_shapes("linalg.solve", Shape(matrix.dims[:-2]), Shape(right.dims[:-2]))
    return made(Shape((*batch.dims, *right.dims[-2:])), B.dtype)


@torch.op("Tensor.addmm_", "Tensor.baddbmm_")
def addmm_in_place(input: Tensor, mat1: Tensor, mat2: Tensor, *, beta: object = 1, alpha: object = 1) -> object:
    forget_values(input)
    return input


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
