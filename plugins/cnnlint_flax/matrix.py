"""Products of matrices, and sums of products that letters describe.

Source: https://docs.jax.dev/en/latest/jax.numpy.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.formulas import implied_output, matmul_macs
from cnnlint.plugin import (
    Dim,
    EinsumMismatch,
    Expression,
    MatmulMismatch,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    differ,
    equal,
    expect_equal,
    expect_rank,
    items_of,
    minimum,
    per_example,
    product,
)
from cnnlint_flax.broadcasting import broadcast_shapes
from cnnlint_flax.framework import flax
from cnnlint_flax.sizes import axes_given
from cnnlint_flax.tensor import as_tensor


@flax.op("jax.numpy.matmul", "Tensor.__matmul__", "jax.lax.batch_matmul", is_reflected=False)
@flax.op("Tensor.__rmatmul__", is_reflected=True)
def matmul(a: Tensor, b: Tensor, /, *, is_reflected: bool, **named: object) -> Result:
    """The last two axes as matrices, the others brought to one shape; an operand of one axis is a row or a column."""
    left, right = (b.shape, a.shape) if is_reflected else (a.shape, b.shape)
    if left.leading or right.leading:
        return Result(partly(left, right))
    for shape in (left, right):
        if not shape.dims:
            raise WrongRank("at least 1", shape, exception="ValueError")
    rows = left if len(left) > 1 else Shape((1, *left.dims))
    columns = right if len(right) > 1 else Shape((*right.dims, 1))
    expect_equal(rows.dims[-1], columns.dims[-2], MatmulMismatch(left, right, "matmul", exception="TypeError"))
    batch = broadcast_shapes("matmul", Shape(rows.dims[:-2]), Shape(columns.dims[:-2]))
    ends = (*(rows.dims[-2:-1] if len(left) > 1 else ()), *(columns.dims[-1:] if len(right) > 1 else ()))
    before = (*batch.dims, rows.dims[-2])
    return Result(
        Shape((*batch.dims, *ends)),
        macs=matmul_macs(per_example(before[:-1] or before), before[-1] if len(before) > 1 else 1, rows.dims[-1], columns.dims[-1]),
    )


def partly(left: Shape, right: Shape) -> Shape:
    """What is known of a product where the number of axes of an operand is not."""
    if left.leading and not right.leading and len(right) == 2 and left.dims:
        expect_equal(left.dims[-1], right.dims[0], MatmulMismatch(left, right, "matmul", exception="TypeError"))
        return Shape((*left.dims[:-1], right.dims[1]), leading=True)
    return Shape((), leading=True)


@flax.op("jax.numpy.dot", "Tensor.dot", "jax.lax.dot")
def dot(a: Tensor, b: Tensor, *options: object, **named: object) -> object:
    """A product of matrices; of more axes the last of one with the last but one of the other, without broadcasting."""
    left, right = a.shape, b.shape
    if left.leading or right.leading:
        return Result(Shape((), leading=True) if len(right.dims) != 2 else partly(left, right))
    if not left.dims or not right.dims:
        return broadcast_shapes("dot", left, right)
    if len(left) <= 2 and len(right) <= 2:
        return matmul.function(a, b, is_reflected=False)
    inner = right.dims[-2] if len(right) > 1 else right.dims[0]
    expect_equal(left.dims[-1], inner, MatmulMismatch(left, right, "dot", exception="TypeError"))
    rest = (*right.dims[:-2], right.dims[-1]) if len(right) > 1 else ()
    return Result(Shape((*left.dims[:-1], *rest)), macs=per_example(left.dims) * product(rest))


@flax.op("jax.numpy.outer")
def outer(a: Tensor, b: Tensor) -> Shape:
    return Shape((a.shape.numel, b.shape.numel))


@flax.op("jax.numpy.linalg.inv", "jax.numpy.linalg.cholesky", loses=0)
@flax.op("jax.numpy.linalg.det", loses=2)
def square(a: Tensor, *options: object, loses: int, **named: object) -> Shape:
    """A matrix for each matrix, or one number. Raises WrongRank for fewer than two axes, MatmulMismatch where it is not square."""
    shape = a.shape
    if shape.leading:
        return Shape((), leading=True)
    if len(shape) < 2:
        raise WrongRank("at least 2", shape, exception="ValueError")
    expect_equal(shape.dims[-2], shape.dims[-1], MatmulMismatch(shape, shape, "linalg", exception="ValueError"))
    return Shape(shape.dims[: len(shape) - loses])


@flax.op("jax.numpy.trace")
def trace(a: Tensor, *options: object, **named: object) -> Shape:
    return Shape(a.shape.dims[2:], a.shape.leading) if len(a.shape.dims) >= 2 and not options else Shape((), leading=True)


@flax.op("jax.numpy.diag")
def diag(v: Tensor, k: object = 0) -> Shape:
    """A matrix with these numbers on its diagonal, or the diagonal of a matrix."""
    shape = v.shape
    if shape.leading or k != 0 or len(shape) not in (1, 2):
        return Shape((), leading=True)
    return Shape((*shape.dims, *shape.dims)) if len(shape) == 1 else Shape((minimum(*shape.dims),))


@flax.op("jax.numpy.vdot")
def vdot(a: Tensor, b: Tensor, **named: object) -> Shape:
    return Shape(())


@flax.op("jax.numpy.tensordot")
def tensordot(a: Tensor, b: Tensor, axes: object = 2, **named: object) -> Result:
    """The sum of products over some axes of both."""
    left, right = a.shape, b.shape
    if left.leading or right.leading:
        return Result(Shape((), leading=True))
    chosen = items_of(axes)
    if isinstance(chosen, int):
        first, second = list(range(len(left) - chosen, len(left))), list(range(chosen))
    elif isinstance(chosen, tuple) and len(chosen) == 2:
        first, second = list(axes_in(chosen[0], len(left))), list(axes_in(chosen[1], len(right)))
    else:
        raise Undetermined(Unknown("the axes of `tensordot`"))
    return contracted(left, right, (first, second), ([], []))


def axes_in(value: Value, rank: int) -> tuple[int, ...]:
    """Axes in the order in which they are given."""
    items = items_of(value)
    found = items if isinstance(items, tuple) else (items,)
    return tuple(axes_given("axes", axis, rank)[0] for axis in found)


@flax.op("jax.lax.dot_general")
def dot_general(lhs: Tensor, rhs: Tensor, dimension_numbers: object, *options: object, **named: object) -> Result:
    """Batch axes first, then what is left of each operand."""
    if lhs.shape.leading or rhs.shape.leading:
        return Result(Shape((), leading=True))
    pairs = items_of(dimension_numbers)
    if not isinstance(pairs, tuple) or len(pairs) != 2:
        raise Undetermined(Unknown("the axes of `dot_general`"))
    contracting, batch = (items_of(pair) for pair in pairs)
    ranks = (len(lhs.shape), len(rhs.shape))
    gone = tuple(list(axes_in(one, rank)) for one, rank in zip(contracting, ranks, strict=True))
    kept = tuple(list(axes_in(one, rank)) for one, rank in zip(batch, ranks, strict=True))
    return contracted(lhs.shape, rhs.shape, (gone[0], gone[1]), (kept[0], kept[1]))


def contracted(left: Shape, right: Shape, gone: tuple[list[int], list[int]], batch: tuple[list[int], list[int]]) -> Result:
    """Raises MatmulMismatch where the axes that are summed over are proven to differ."""
    failure = MatmulMismatch(left, right, "dot_general", exception="TypeError")
    for pairs in (gone, batch):
        if len(pairs[0]) != len(pairs[1]):
            raise failure
        for first, second in zip(*pairs, strict=True):
            expect_equal(left.dims[first], right.dims[second], failure)
    rest_left = [dim for at, dim in enumerate(left.dims) if at not in gone[0] and at not in batch[0]]
    rest_right = [dim for at, dim in enumerate(right.dims) if at not in gone[1] and at not in batch[1]]
    shape = (*(left.dims[at] for at in batch[0]), *rest_left, *rest_right)
    return Result(Shape(shape), macs=per_example(left.dims) * product(rest_right))


@flax.op("jax.numpy.einsum")
def einsum(*args: object, precision: object = None, preferred_element_type: object = None, **named: object) -> Result:
    """The sum of products over the letters that the output does not name.

    Raises OperationFails for an equation that does not fit the operands, EinsumMismatch for sizes that differ.
    """
    if not args or not isinstance(args[0], str):
        raise Undetermined(args[0] if args and isinstance(args[0], Unknown) else Unknown("the equation of einsum"))
    given = [as_tensor(value) for value in args[1:]]
    if not all(isinstance(value, Tensor) for value in given):
        raise Undetermined(next((value for value in given if isinstance(value, Unknown)), Unknown("an operand of einsum")))
    return summed(args[0], shapes_for(args[0], [value for value in given if isinstance(value, Tensor)]))


def shapes_for(equation: str, given: Sequence[Tensor]) -> list[Shape]:
    """The shapes of the operands; one that is not known has as many axes as its term has letters."""
    terms = equation.replace(" ", "").partition("->")[0].split(",")
    if len(terms) != len(given):
        return [one.shape for one in given]
    return [
        expect_rank(one, len(term), exception="ValueError") if one.shape.leading and "." not in term and term else one.shape
        for term, one in zip(terms, given, strict=True)
    ]


def summed(equation: str, shapes: Sequence[Shape]) -> Result:
    """The result of an equation on operands of these shapes."""
    inputs, arrow, output = equation.replace(" ", "").partition("->")
    terms = inputs.split(",")
    if len(terms) != len(shapes):
        raise OperationFails(f"einsum `{equation}` names {len(terms)} operands, but gets {len(shapes)}", exception="ValueError")
    sizes: dict[str, Dim] = {}
    ellipses: list[Shape] = []
    for term, shape in zip(terms, shapes, strict=True):
        read_term(equation, term, shape, sizes, ellipses)
    common = broadcast_shapes(f"einsum `{equation}`", *ellipses) if ellipses else Shape(())
    letters = output if arrow else implied_output(inputs)
    before, dots, after = letters.partition("...")
    for letter in before + after:
        if letter not in sizes:
            raise OperationFails(f"einsum `{equation}`: `{letter}` of the output is in no operand", exception="ValueError")
    dims = [*(sizes[letter] for letter in before), *(common.dims if dots else ()), *(sizes[letter] for letter in after)]
    return Result(Shape(tuple(dims)), macs=einsum_macs(dims, sizes, common) if len(shapes) > 1 else 0)


def einsum_macs(dims: list[Dim], sizes: dict[str, Dim], common: Shape) -> Dim:
    """Every term of the sum once; a symbolic batch, the first axis of the output, counts 1."""
    everything = [*common.dims, *sizes.values()]
    if dims and isinstance(dims[0], Expression) and dims[0] in everything:
        everything.remove(dims[0])
    return product(tuple(everything))


def read_term(equation: str, term: str, shape: Shape, sizes: dict[str, Dim], ellipses: list[Shape]) -> None:
    """Match the letters of one operand with its axes."""
    before, dots, after = term.partition("...")
    letters = before + after
    if not all(letter.isascii() and letter.isalpha() for letter in letters):
        raise OperationFails(f"einsum `{equation}`: `{term}` holds something else than letters and `...`", exception="ValueError")
    if shape.rank is None:
        raise Undetermined(Unknown("the shape of an operand of einsum"))
    extra = shape.rank - len(letters)
    if extra < 0 or (extra > 0 and not dots):
        reason = f"einsum `{equation}`: `{term}` names {len(letters)} axes, but the operand has shape {shape}"
        raise OperationFails(reason, exception="ValueError")
    if dots:
        ellipses.append(Shape(shape.dims[len(before) : len(before) + extra]))
    dims = (*shape.dims[: len(before)], *shape.dims[len(before) + extra :])
    for letter, size in zip(letters, dims, strict=True):
        old = sizes.get(letter)
        if old is None or equal(old, 1):
            sizes[letter] = size
        elif not equal(size, 1):
            if differ(size, 1) and differ(old, 1):
                expect_equal(old, size, EinsumMismatch(equation, letter, old, size, shape, exception="ValueError"))
            if isinstance(old, Expression) and isinstance(size, int):
                sizes[letter] = size
