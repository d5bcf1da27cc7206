"""The normal form of whole division, on terms: what comes out of a quotient, and what is left under it.

Every step is an identity of floor(x / n) for integers, so it holds for negative sizes too.
"""

from __future__ import annotations

from collections.abc import Mapping

from cnnlint.dims.atoms import Atom, Quotient
from cnnlint.dims.terms import (
    ONE,
    Monomial,
    Terms,
    common_monomial,
    content,
    exact_quotient,
    monomial_quotient,
    scaled,
    term_product,
    term_sum,
    terms_interval,
    with_constant,
)
from cnnlint.record import value


@value
class Division:
    """x // d = whole + rest // divisor; constants under `ONE`; nothing is left where `rest` is empty."""

    whole: Terms
    rest: Terms
    divisor: Terms


def division_by_number(terms: Terms, n: int) -> Division:
    """The division by a positive number n.

    Multiples come out, (a*n + r) // n = a + r // n; a common divisor is cancelled; and a quotient inside is merged:
    (x // a + y) // n = (x + a*y) // (a*n).
    """
    whole: Terms = {}
    while True:
        multiples, rest = _split(terms, n)
        whole = term_sum(whole, multiples)
        constant = rest.pop(ONE, 0)
        if not rest:  # 0 <= constant < n
            return Division(whole, {}, {ONE: n})
        common = content(rest, n)
        if common > 1:  # (g*x + c) // (g*n) = (x + c // g) // n
            rest = {monomial: coefficient // common for monomial, coefficient in rest.items()}
            constant //= common
            n //= common
        inner = lone_quotient(rest)
        if inner is None:
            return Division(whole, with_constant(rest, constant), {ONE: n})
        quotient, monomial = inner
        coefficient = rest.pop(monomial)
        if coefficient not in (1, n - 1) or not isinstance(quotient.divisor, int):
            rest[monomial] = coefficient
            return Division(whole, with_constant(rest, constant), {ONE: n})
        a = quotient.divisor
        numerator = _dim_terms(quotient.numerator)
        if coefficient != 1:  # n - 1 of them are n less one, and -(x // a) is (-x + a - 1) // a
            whole = term_sum(whole, {monomial: 1})
            numerator = term_sum(scaled(numerator, -1), {ONE: a - 1}) if a > 1 else scaled(numerator, -1)
        outside = with_constant(rest, constant)
        terms = term_sum(numerator, scaled(outside, a)) if outside else numerator
        n *= a


def division_by_terms(terms: Terms, divisor: Terms) -> Division:
    """The division by something symbolic; what needs the divisor not to be 0 is done where that is proven."""
    whole: Terms = {}
    low, high = terms_interval(divisor, 0)
    if high is not None and high < 0:
        terms, divisor, low = scaled(terms, -1), scaled(divisor, -1), 1
    is_positive = low is not None and low > 0
    while is_positive:
        exact = exact_quotient(terms, divisor)
        if exact is not None:
            return Division(term_sum(whole, exact), {}, divisor)
        if len(divisor) == 1:
            ((monomial, number),) = divisor.items()
            multiples, terms = _split(terms, number, monomial)
            whole = term_sum(whole, multiples)
        inner = lone_quotient(terms) if len(terms) == 1 else None
        if inner is None or terms[inner[1]] != 1:
            break
        terms = _dim_terms(inner[0].numerator)  # (x // a) // d = x // (a*d)
        divisor = term_product(_dim_terms(inner[0].divisor), divisor)
        low = terms_interval(divisor, 0)[0]
        is_positive = low is not None and low > 0
    terms, divisor = _without_common_factors(terms, divisor)
    return Division(whole, terms, divisor)


def lone_quotient(terms: Terms) -> tuple[Quotient, Monomial] | None:
    """The quotient that stands alone in a term, if exactly one does: a choice between two would not be canonical."""
    found: tuple[Quotient, Monomial] | None = None
    for monomial in terms:
        if len(monomial) == 1:
            ((atom, power),) = monomial
            if power == 1 and isinstance(atom, Quotient):
                if found is not None:
                    return None
                found = atom, monomial
    return found


def _split(terms: Terms, number: int, monomial: Monomial = ONE) -> tuple[Terms, dict[Monomial, int]]:
    """The multiples of a positive number of monomials, divided by it, and the rest."""
    multiples: dict[Monomial, int] = {}
    rest: dict[Monomial, int] = {}
    for own, coefficient in terms.items():
        factor = monomial_quotient(own, monomial) if monomial else own
        if factor is None:
            rest[own] = coefficient
            continue
        times, left = divmod(coefficient, number)
        if times:
            multiples[factor] = times
        if left:
            rest[own] = left
    return multiples, rest


def _without_common_factors(terms: Terms, divisor: Terms) -> tuple[Terms, Terms]:
    common = content(divisor, content(terms))
    shared = common_monomial([*terms, *divisor])
    factor: Monomial = frozenset((atom, power) for atom, power in shared if _is_never_zero(atom))
    if common <= 1 and not factor:
        return terms, divisor
    by: Mapping[Monomial, int] = {factor: common}
    return exact_quotient(terms, by) or terms, exact_quotient(divisor, by) or divisor


def _is_never_zero(atom: Atom) -> bool:
    low, high = atom.interval
    return (low is not None and low > 0) or (high is not None and high < 0)


def _dim_terms(x: object) -> Terms:
    """The terms of a dim, its constant among them."""
    if isinstance(x, int):
        return {ONE: x} if x else {}
    terms: Terms = with_constant(x.terms, x.constant)  # type: ignore[attr-defined]  # an Expression, which imports us
    return terms
