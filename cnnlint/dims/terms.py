"""Polynomials over atoms, as plain data: {monomial: integer coefficient} beside a constant.

A monomial is a frozen set of (atom, power) pairs, so that it has no order to keep; the constant is held apart, so
that adding a number copies nothing. Mappings are shared between expressions and never written to once returned.
"""

from collections.abc import Callable, Mapping
from math import gcd
from typing import Final, TypeAlias

from cnnlint.dims.atoms import Atom
from cnnlint.dims.intervals import Interval, interval_power, interval_product, interval_sum

Monomial: TypeAlias = frozenset[tuple[Atom, int]]
Terms: TypeAlias = Mapping[Monomial, int]

ONE: Final[Monomial] = frozenset()


def term_sum(a: Terms, b: Terms) -> dict[Monomial, int]:
    """The terms of a + b."""
    if len(a) < len(b):
        a, b = b, a
    result = dict(a)
    for monomial, coefficient in b.items():
        total = result.get(monomial, 0) + coefficient
        if total:
            result[monomial] = total
        else:
            del result[monomial]
    return result


def scaled(terms: Terms, factor: int) -> dict[Monomial, int]:
    """The terms times a number other than 0."""
    return {monomial: coefficient * factor for monomial, coefficient in terms.items()}


def monomial_product(a: Monomial, b: Monomial) -> Monomial:
    """The product of two monomials: powers of one atom add up."""
    if not a:
        return b
    if not b:
        return a
    powers = dict(a)
    for atom, power in b:
        powers[atom] = powers.get(atom, 0) + power
    return frozenset(powers.items())


def monomial_quotient(a: Monomial, b: Monomial) -> Monomial | None:
    """`a` without the factors of `b`; None if `b` does not divide it."""
    powers = dict(a)
    for atom, power in b:
        left = powers.get(atom, 0) - power
        if left < 0:
            return None
        if left:
            powers[atom] = left
        else:
            del powers[atom]
    return frozenset(powers.items())


def common_monomial(monomials: list[Monomial]) -> Monomial:
    """The greatest monomial that divides every one of them."""
    powers = dict(monomials[0])
    for monomial in monomials[1:]:
        other = dict(monomial)
        powers = {atom: min(power, other[atom]) for atom, power in powers.items() if atom in other}
    return frozenset(powers.items())


def term_product(a: Terms, b: Terms) -> dict[Monomial, int]:
    """The terms of a * b; the constants must stand in the mappings, under `ONE`."""
    result: dict[Monomial, int] = {}
    for left, left_coefficient in a.items():
        for right, right_coefficient in b.items():
            monomial = monomial_product(left, right)
            result[monomial] = result.get(monomial, 0) + left_coefficient * right_coefficient
    return {monomial: coefficient for monomial, coefficient in result.items() if coefficient}


def with_constant(terms: Terms, constant: int) -> Terms:
    """The terms with the constant among them, under `ONE`."""
    return {**terms, ONE: constant} if constant else terms


def content(terms: Terms, start: int = 0) -> int:
    """The greatest common divisor of the coefficients and `start`."""
    for coefficient in terms.values():
        start = gcd(start, coefficient)
        if start == 1:
            break
    return start


def exact_quotient(a: Terms, b: Terms, most_steps: int = 64) -> Terms | None:
    """The terms q with a = q * b, constants under `ONE`; None if there are none (or the division takes too long).

    Long division by the leading term of `b`, under a lexicographic order of the atoms as they are met: whether a
    polynomial divides another does not depend on the order.
    """
    if len(b) == 1:
        ((monomial, coefficient),) = b.items()
        return _quotient_by_term(a, monomial, coefficient)
    places: dict[Atom, int] = {}
    for terms in (b, a):
        for monomial in terms:
            for atom, _ in monomial:
                places.setdefault(atom, len(places))

    def rank(monomial: Monomial) -> list[int]:
        exponents = [0] * len(places)
        for atom, power in monomial:
            exponents[places[atom]] = power
        return exponents

    leading = max(b, key=rank)
    quotient: dict[Monomial, int] = {}
    rest: Terms = a
    for _ in range(most_steps):
        if not rest:
            return quotient
        first = max(rest, key=rank)
        factor = monomial_quotient(first, leading)
        if factor is None or rest[first] % b[leading]:
            return None
        coefficient = rest[first] // b[leading]
        quotient[factor] = coefficient
        rest = term_sum(rest, term_product({factor: -coefficient}, b))
    return None


def _quotient_by_term(a: Terms, divisor: Monomial, number: int) -> Terms | None:
    result: dict[Monomial, int] = {}
    for monomial, coefficient in a.items():
        factor = monomial_quotient(monomial, divisor)
        if factor is None or coefficient % number:
            return None
        result[factor] = coefficient // number
    return result


def _own_interval(atom: Atom) -> Interval:
    return atom.interval


def terms_interval(terms: Terms, constant: int, atom_interval: Callable[[Atom], Interval] = _own_interval) -> Interval:
    """Bounds of the polynomial, each term taken for itself."""
    total: Interval = (constant, constant)
    for monomial, coefficient in terms.items():
        term: Interval = (coefficient, coefficient)
        for atom, power in monomial:
            interval = atom_interval(atom)
            term = interval_product(term, interval if power == 1 else interval_power(interval, power))
        total = interval_sum(total, term)
        if total == (None, None):
            break
    return total
