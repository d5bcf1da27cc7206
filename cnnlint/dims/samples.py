"""A few values of a size, tried before a proof is searched for: one counterexample shows that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cnnlint.dims.atoms import Atom, Extremum, Quotient, Symbol
from cnnlint.dims.expression import Dim, Expression

_STEPS: Final = ((0, 0), (5, 3), (223, 32), (6, 1))  # how far above its minimum the first symbol is put, and each next one more
_LOWEST: Final = -11  # in place of the minimum of a symbol that has none


class NoSample(Exception):
    """The size holds an atom that is not computed here, or divides by 0 at the sample."""


def sample_values(x: Expression) -> Iterator[int]:
    """Values that the integer `x` takes; none where it holds a choice or an operation."""
    for first, step in _STEPS:
        try:
            yield _value(x, {}, first, step)
        except NoSample:
            return


def _value(x: Dim, known: dict[Atom, int], first: int, step: int) -> int:
    if isinstance(x, int):
        return x
    total = x.constant
    for monomial, coefficient in x.terms.items():
        for atom, power in monomial:
            value = known.get(atom)
            if value is None:
                value = known[atom] = _atom_value(atom, known, first, step)
            coefficient *= value if power == 1 else value**power
        total += coefficient
    return total


def _atom_value(atom: Atom, known: dict[Atom, int], first: int, step: int) -> int:
    match atom:
        case Symbol():
            return (_LOWEST if atom.minimum is None else atom.minimum) + first + step * len(known)
        case Quotient():
            divisor = _value(atom.divisor, known, first, step)
            if not divisor:
                raise NoSample
            return _value(atom.numerator, known, first, step) // divisor
        case Extremum():
            values = [_value(operand, known, first, step) for operand in atom.operands]
            return max(values) if atom.is_maximum else min(values)
        case _:
            raise NoSample
