"""What is proven of sizes, for all values that their symbols can take. True means proven; False means nothing.

`differ` is not the negation of `equal`, nor `greater` that of `at_least`. No question here ever raises.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cnnlint.dims.atoms import Atom, Extremum, Quotient, Symbol, Where, interval_of, is_integral
from cnnlint.dims.expression import Dim, Expression, Number, expression_of, polynomial
from cnnlint.dims.intervals import EVERYTHING, Bound, Interval
from cnnlint.dims.samples import sample_values
from cnnlint.dims.terms import ONE, Monomial, content, term_product, term_sum, terms_interval

MOST_WORK: Final = 120  # terms that one search for a bound may look at
MOST_RESIDUES: Final = 32  # of one look at every remainder
FEW_RESIDUES: Final = 6  # where it seldom helps
MOST_DEGREE: Final = 6
MODULI: Final = (2, 3, 4)


def equal(a: Number, b: Number) -> bool:
    """Whether `a` and `b` are proven equal."""
    if a is b or (isinstance(a, (int, float)) and isinstance(b, (int, float))):
        return a == b
    if not (is_integral(a) and is_integral(b)):
        return type(a) is type(b) and a == b
    difference = a - b
    if isinstance(difference, int):
        return difference == 0
    if not _has_structure(difference):
        return difference.interval == (0, 0)
    if any(sample_values(difference)):
        return False
    if bounds(difference) == (0, 0):
        return True
    parts = list(_residues(difference))
    return bool(parts) and all(part == 0 for part in parts)


def differ(a: Number, b: Number) -> bool:
    """Whether `a` and `b` are proven to differ."""
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return a != b
    if not (is_integral(a) and is_integral(b)):
        return _is_above(bounds(a), bounds(b)) or _is_above(bounds(b), bounds(a))
    difference = a - b
    return difference != 0 if isinstance(difference, int) else _is_never_zero(difference)


def greater(a: Number, b: Number) -> bool:
    """Whether `a` is proven to be greater than `b`."""
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return a > b
    if not (is_integral(a) and is_integral(b)):
        return _is_above(bounds(a), bounds(b))
    return _is_never_below(a - b, 1)


def at_least(a: Number, b: Number) -> bool:
    """Whether `a` is proven to be `b` or greater."""
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return a >= b
    if not (is_integral(a) and is_integral(b)):
        (low, _), (_, high) = bounds(a), bounds(b)
        return (low is not None and high is not None and low >= high) or (type(a) is type(b) and a == b)
    return _is_never_below(a - b, 0)


def divisible(a: Number, n: Number) -> bool:
    """Whether `a` is proven to be a multiple of `n`, and `n` not to be 0."""
    if not (is_integral(a) and is_integral(n)) or not differ(n, 0):
        return False
    return equal(a % n, 0)


def bounds(x: Number) -> Interval:
    """The least and the greatest value that `x` is proven to lie between; None where there is no bound."""
    if isinstance(x, (int, float)):
        return x, x
    if not x.is_integer or not _has_structure(x):
        return x.interval
    return _least(x), _negative(_least(-x))


def _negative(bound: Bound) -> Bound:
    return None if bound is None else -bound


def _is_above(a: Interval, b: Interval) -> bool:
    return a[0] is not None and b[1] is not None and a[0] > b[1]


def _has_structure(x: Expression) -> bool:
    """Whether a search can find more than the interval and the coefficients say."""
    return any(len(monomial) > 1 for monomial in x.terms) or any(
        power > 1 or not isinstance(atom, Symbol) for monomial in x.terms for atom, power in monomial
    )


def _is_never_zero(x: Expression) -> bool:
    low, high = x.interval
    if (low is not None and low > 0) or (high is not None and high < 0):
        return True
    common = content(x.terms)
    if common > 1 and x.constant % common:
        return True
    if not _has_structure(x):
        return False
    values = list(sample_values(x))
    if 0 in values:
        return False
    signs = {value > 0 for value in values}
    if len(signs) < 2:  # else it can be on either side of 0
        for side in (x, -x):
            least = _least(side)
            if least is not None and least > 0:
                return True
    if any(_is_never_zero_modulo(x, modulus) for modulus in MODULI):
        return True
    parts = list(_residues(x, FEW_RESIDUES))
    return bool(parts) and all(_is_part_never_zero(part) for part in parts)


def _is_never_below(x: Dim, bound: int) -> bool:
    if isinstance(x, int):
        return x >= bound
    least = x.interval[0]
    if least is not None and least >= bound:
        return True
    if not _has_structure(x) or any(value < bound for value in sample_values(x)):
        return False
    least = _least(x)
    if least is not None and least >= bound:
        return True
    parts = list(_residues(x))
    return bool(parts) and all((least := interval_of(part)[0]) is not None and least >= bound for part in parts)


def _is_part_never_zero(part: Dim) -> bool:
    if isinstance(part, int):
        return part != 0
    low, high = part.interval
    common = content(part.terms)
    return (low is not None and low > 0) or (high is not None and high < 0) or (common > 1 and part.constant % common != 0)


def _is_never_zero_modulo(x: Expression, modulus: int) -> bool:
    """Whether the polynomial is 0 modulo a number for no remainders of its atoms."""
    terms = [(monomial, coefficient % modulus) for monomial, coefficient in x.terms.items() if coefficient % modulus]
    atoms = list({atom: None for monomial, _ in terms for atom, _ in monomial})
    if modulus ** len(atoms) > MOST_RESIDUES:
        return False
    for remainders in itertools.product(range(modulus), repeat=len(atoms)):
        value = dict(zip(atoms, remainders, strict=True))
        total = x.constant
        for monomial, coefficient in terms:
            total += coefficient * math.prod(pow(value[atom], power, modulus) for atom, power in monomial)
        if total % modulus == 0:
            return False
    return True


@dataclass(slots=True)
class _Budget:
    """How many more terms a search may look at."""

    terms: int


def _least(x: Dim) -> Bound:
    """A number that an integer `x` is proven never to be less than; None if none is found."""
    if isinstance(x, int):
        return x
    if not _has_structure(x):
        return x.interval[0]
    return _searched_least(x, _Budget(MOST_WORK))


def _searched_least(x: Dim, budget: _Budget) -> Bound:
    if isinstance(x, int):
        return x
    budget.terms -= len(x.terms)
    best = _greater_of(x.interval[0], _shifted_least(x))
    if budget.terms <= 0:
        return best
    for monomial, coefficient in x.terms.items():
        for atom, power in _in_order(monomial):
            match atom:
                case Quotient() if power == 1 and isinstance(atom.divisor, int):
                    relaxed = _relaxed(x, monomial, coefficient, atom, atom.divisor)
                    if relaxed is not None:
                        least = _searched_least(relaxed, budget)
                        return (
                            best
                            if least is None
                            else _greater_of(
                                best, math.ceil(least / atom.divisor) if isinstance(least, float) else -(-least // atom.divisor)
                            )
                        )
                case Extremum():
                    return _greater_of(best, _least_by_cases(x, atom, atom.operands, atom.is_maximum, budget))
                case Where() if is_integral(atom.chosen) and is_integral(atom.otherwise):
                    return _greater_of(best, _least_by_cases(x, atom, (atom.chosen, atom.otherwise), None, budget))
                case _:
                    pass
    return best


def _in_order(monomial: Monomial) -> list[tuple[Atom, int]]:
    """The factors in an order that is the same in every run, which that of a set is not: it decides what is found."""
    if len(monomial) == 1:
        return list(monomial)
    factors = [factor for factor in monomial if not isinstance(factor[0], Symbol)]
    return factors if len(factors) < 2 else sorted(factors, key=lambda factor: str(expression_of(factor[0])))


def _greater_of(a: Bound, b: Bound) -> Bound:
    return b if a is None else a if b is None else max(a, b)


def _relaxed(x: Expression, monomial: Monomial, coefficient: int, quotient: Quotient, n: int) -> Dim | None:
    """n * x or less, without the quotient in one term: (y - n + 1) / n <= y // n <= y / n.

    None where the other factors of the term may be negative.
    """
    others = frozenset(factor for factor in monomial if factor[0] is not quotient)
    low = terms_interval({others: 1}, 0)[0]
    if low is None or low < 0:
        return None
    least_multiple = quotient.numerator if coefficient < 0 else quotient.numerator - n + 1
    rest = term_sum(x.terms, {monomial: -coefficient})
    replaced = polynomial({others: coefficient}) * least_multiple if others else coefficient * least_multiple
    return n * polynomial(rest, x.constant) + replaced


def _least_by_cases(x: Expression, atom: Atom, values: tuple[Dim, ...], is_maximum: bool | None, budget: _Budget) -> Bound:
    """The bound over the values of an atom: the best of them where any is a bound, else the worst."""
    leasts = [_searched_least(_replaced(x, atom, value), budget) for value in values]
    if is_maximum is not None and _sign_of_factors(x, atom) == (1 if is_maximum else -1):
        return max((least for least in leasts if least is not None), default=None)
    known = [least for least in leasts if least is not None]
    return min(known) if len(known) == len(leasts) else None


def _sign_of_factors(x: Expression, atom: Atom) -> int:
    """1 where `x` can only rise with the atom, -1 where it can only fall, else 0."""
    signs = set()
    for monomial, coefficient in x.terms.items():
        power = dict(monomial).get(atom, 0)
        if power:
            others = frozenset(factor for factor in monomial if factor[0] != atom)
            low = terms_interval({others: 1}, 0)[0] if others else 1
            signs.add(0 if power > 1 or low is None or low < 0 else 1 if coefficient > 0 else -1)
    return signs.pop() if len(signs) == 1 else 0


def _replaced(x: Expression, atom: Atom, value: Dim) -> Dim:
    """`x` with `value` in place of an atom; not inside other atoms."""
    total: Dim = x.constant
    rest = dict(x.terms)
    for monomial, coefficient in x.terms.items():
        power = dict(monomial).get(atom, 0)
        if power:
            del rest[monomial]
            others = frozenset(factor for factor in monomial if factor[0] != atom)
            total = total + (polynomial({others: coefficient}) if others else coefficient) * value**power
    return total + polynomial(rest)


def _shifted_least(x: Expression) -> Bound:
    """The interval's lower end once every atom counts from its own lower end: proves H*W >= H."""
    if not 2 <= max(sum(power for _, power in monomial) for monomial in x.terms) <= MOST_DEGREE:
        return None
    if all(coefficient > 0 for coefficient in x.terms.values()):
        return None  # the interval is as good
    total: dict[Monomial, int] = {}
    constant = x.constant
    for monomial, coefficient in x.terms.items():
        product: dict[Monomial, int] = {ONE: coefficient}
        for atom, power in monomial:
            low = atom.interval[0]
            factor: dict[Monomial, int] = {frozenset(((atom, 1),)): 1}
            if low:
                factor[ONE] = int(low)
            for _ in range(power):
                product = term_product(product, factor)
        constant += product.pop(ONE, 0)
        total = term_sum(total, product)
        if len(total) > 2 * MOST_RESIDUES:
            return None
    return terms_interval(total, constant, _shifted_interval)[0]


def _shifted_interval(atom: Atom) -> Interval:
    low, high = atom.interval
    return EVERYTHING if low is None else (0, None if high is None else high - low)


def _residues(x: Expression, most: int = MOST_RESIDUES) -> Iterator[Dim]:
    """`x` for each remainder of its symbols by the divisors of its quotients, which are then gone.

    Yields nothing where there are too many cases, or where a case still holds a quotient.
    """
    needed: dict[Symbol, int] = {}
    for atom in x.atoms():
        if isinstance(atom, Symbol):
            continue
        if not isinstance(atom, Quotient) or not isinstance(atom.divisor, int) or isinstance(atom.numerator, int):
            return
        for inner in atom.numerator.atoms():
            if not isinstance(inner, Symbol):
                return
            needed[inner] = math.lcm(needed.get(inner, 1), atom.divisor)
    if not needed or math.prod(needed.values()) > most:
        return
    yield from _parts_by_residue(x, needed)


def _parts_by_residue(x: Expression, moduli: dict[Symbol, int]) -> Iterator[Dim]:
    for remainders in itertools.product(*map(range, moduli.values())):
        values: dict[Atom, Dim] = {}
        for (atom, modulus), remainder in zip(moduli.items(), remainders, strict=True):
            minimum = None if atom.minimum is None else -(-(atom.minimum - remainder) // modulus)
            multiple = expression_of(Symbol(f"{atom.name} // {modulus}", minimum, "unknown", atom.serial))
            values[atom] = modulus * multiple + remainder
        part: Dim = x
        for quotient in x.atoms():
            if isinstance(quotient, Quotient):
                numerator = _all_replaced(quotient.numerator, values)
                part = _all_replaced(part, {quotient: numerator // quotient.divisor})
        yield _all_replaced(part, values)


def _all_replaced(x: Dim, values: Mapping[Atom, Dim]) -> Dim:
    for atom, value in values.items():
        x = x if isinstance(x, int) else _replaced(x, atom, value)
    return x
