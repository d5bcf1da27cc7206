"""`einsum`: any sum of products, written with letters for axes.

Source: https://docs.pytorch.org/docs/stable/generated/torch.einsum.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.formulas import implied_output
from cnnlint.plugin import (
    Dim,
    EinsumMismatch,
    Expression,
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
)
from cnnlint_torch.broadcasting import broadcast_shapes
from cnnlint_torch.dtypes import expect_product, product_dtype
from cnnlint_torch.elements import tensors_of
from cnnlint_torch.framework import torch


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
    expect_product("einsum", *given)
    if common.leading and dots and before:
        shape = Shape(shape.dims[len(before) :], leading=True)
    return Result(shape, macs=0 if common.leading else macs, dtype=product_dtype(*given), is_exact=not common.leading)


def einsum_macs(sizes: list[Dim], common: Shape) -> Dim:
    """The product of all letters' sizes: every term of the sum once; a symbolic batch counts 1."""
    return per_example([*common.dims, *sizes])


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
        raise WrongRank(f"at least {len(letters)}" if dots else str(len(letters)), shape, term)
    if dots:
        ellipses.append(Shape(shape.dims[len(before) : len(before) + extra]))
    dims = (*shape.dims[: len(before)], *shape.dims[len(before) + extra :])
    here: dict[str, Dim] = {}
    for letter, size in zip(letters, dims, strict=True):
        failure = EinsumMismatch(equation, letter, sizes.get(letter, here.get(letter, size)), size, shape)
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


def check_letters(equation: str, letters: str, sizes: dict[str, Dim]) -> None:
    for letter in letters:
        if letter not in sizes:
            raise OperationFails(f"einsum `{equation}`: `{letter}` of the output is in no operand")
        if letters.count(letter) > 1:
            raise OperationFails(f"einsum `{equation}`: the output names `{letter}` twice")
