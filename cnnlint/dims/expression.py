"""Symbolic integers: a polynomial over atoms in normal form, with Python's arithmetic.

Two expressions that follow from each other by the rules of sums, products and whole division have one form:
`(H - 1) // 2 + 1` is `(H + 1) // 2`, and `((H - 1) // 2) // 2` is `(H - 1) // 4`. What comes out constant is an int.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, Final, NoReturn, TypeAlias

from cnnlint.dims.atoms import Atom, Extremum, Operation, Quotient, Symbol, interval_of, is_integral
from cnnlint.dims.division import division_by_number, division_by_terms, lone_quotient
from cnnlint.dims.intervals import Interval, interval_quotient
from cnnlint.dims.printing import Text, expression_text
from cnnlint.dims.terms import ONE, Terms, exact_quotient, scaled, term_product, term_sum, terms_interval, with_constant

MOST_TERMS: Final = 200
MOST_NODES: Final = 600  # also bounds how deep walks over a tree recurse
MOST_BITS: Final = 4096


class Expression:
    """A number that depends on symbols; integer-valued unless `is_integer` is False.

    `==` and `hash` compare normal forms, for dict keys. Program logic asks `equal`, `differ` and `greater`.
    Immutable. A float-valued expression is one atom: float arithmetic is kept as it was written.
    """

    __slots__ = ("_hash", "_interval", "_size", "_text", "constant", "is_integer", "terms")

    def __init__(self, terms: Terms, constant: int = 0, is_integer: bool = True) -> None:
        self.terms = terms
        self.constant = constant
        self.is_integer = is_integer
        self._hash: int | None = None
        self._interval: Interval | None = None
        self._size = 0
        self._text: Text | None = None

    @property
    def symbol(self) -> Symbol | None:
        """The symbol, if the expression is nothing else."""
        atom = self.atom
        return atom if isinstance(atom, Symbol) else None

    @property
    def atom(self) -> Atom | None:
        """The atom, if the expression is nothing else."""
        if self.constant or len(self.terms) != 1:
            return None
        ((monomial, coefficient),) = self.terms.items()
        if coefficient != 1 or len(monomial) != 1:
            return None
        ((atom, power),) = monomial
        return atom if power == 1 else None

    @property
    def interval(self) -> Interval:
        """Bounds found without any search; `bounds` finds better ones."""
        if self._interval is None:
            self._interval = terms_interval(self.terms, self.constant)
        return self._interval

    @property
    def size(self) -> int:
        """The number of nodes in the tree."""
        if not self._size:
            self._size = 1 + sum(1 + sum(atom.size for atom, _ in monomial) for monomial in self.terms)
        return self._size

    def atoms(self) -> Iterator[Atom]:
        """The atoms of the terms, each once; those inside other atoms are not among them."""
        seen: set[Atom] = set()
        for monomial in self.terms:
            for atom, _ in monomial:
                if atom not in seen:
                    seen.add(atom)
                    yield atom

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash((frozenset(self.terms.items()), self.constant))
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Expression):
            return NotImplemented
        return self.constant == other.constant and self.terms == other.terms

    def __bool__(self) -> NoReturn:
        raise TypeError("the truth of a symbolic size is not known; ask equal, differ, greater")

    def __lt__(self, other: object) -> NoReturn:
        raise TypeError("symbolic sizes have no order; ask equal, differ, greater")

    __le__ = __gt__ = __ge__ = __lt__

    @property
    def text(self) -> Text:
        """The text, and how tightly it binds."""
        if self._text is None:
            self._text = expression_text(self.terms, self.constant)
        return self._text

    def __str__(self) -> str:
        return self.text.text

    def __repr__(self) -> str:
        return f"Expression({self!s})"

    def __format__(self, specification: str) -> str:
        return format(str(self), specification)

    def __copy__(self) -> Expression:
        return self

    def __deepcopy__(self, memo: object) -> Expression:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Expression, (dict(self.terms), self.constant, self.is_integer)

    def __add__(self, other: Number) -> Dim:
        if isinstance(other, int) and self.is_integer:
            return Expression(self.terms, self.constant + other) if other else self
        if isinstance(other, Expression) and self.is_integer and other.is_integer:
            return polynomial(term_sum(self.terms, other.terms), self.constant + other.constant)
        return operation("+", self, other) if isinstance(other, (int, float, Expression)) else NotImplemented

    def __radd__(self, other: int | float) -> Dim:
        if isinstance(other, int) and self.is_integer:
            return self + other
        return operation("+", other, self) if isinstance(other, (int, float)) else NotImplemented

    def __neg__(self) -> Dim:
        if not self.is_integer:
            return operation("negative", self)
        return _rounded_up(Expression(scaled(self.terms, -1), -self.constant))

    def __pos__(self) -> Expression:
        return self

    def __sub__(self, other: Number) -> Dim:
        if isinstance(other, int) and self.is_integer:
            return Expression(self.terms, self.constant - other) if other else self
        if isinstance(other, Expression) and self.is_integer and other.is_integer:
            return polynomial(term_sum(self.terms, scaled(other.terms, -1)), self.constant - other.constant)
        return operation("-", self, other) if isinstance(other, (int, float, Expression)) else NotImplemented

    def __rsub__(self, other: int | float) -> Dim:
        if isinstance(other, int) and self.is_integer:
            return Expression(scaled(self.terms, -1), other - self.constant)
        return operation("-", other, self) if isinstance(other, (int, float)) else NotImplemented

    def __mul__(self, other: Number) -> Dim:
        if isinstance(other, int) and self.is_integer:
            if other in (1, -1):
                return self if other == 1 else -self
            return polynomial(scaled(self.terms, other), self.constant * other) if other else 0
        if isinstance(other, Expression) and self.is_integer and other.is_integer:
            if len(self.terms) * len(other.terms) > MOST_TERMS:
                return unknown_size("a product of too many terms")
            product = term_product(with_constant(self.terms, self.constant), with_constant(other.terms, other.constant))
            return _polynomial_with_one(product)
        return operation("*", self, other) if isinstance(other, (int, float, Expression)) else NotImplemented

    def __rmul__(self, other: int | float) -> Dim:
        if isinstance(other, int) and self.is_integer:
            return self * other
        return operation("*", other, self) if isinstance(other, (int, float)) else NotImplemented

    def __floordiv__(self, other: Number) -> Dim:
        return _quotient(self, other) if isinstance(other, (int, float, Expression)) else NotImplemented

    def __rfloordiv__(self, other: int | float) -> Dim:
        return _quotient(other, self) if isinstance(other, (int, float)) else NotImplemented

    def __mod__(self, other: Number) -> Dim:
        return _remainder(self, other) if isinstance(other, (int, float, Expression)) else NotImplemented

    def __rmod__(self, other: int | float) -> Dim:
        return _remainder(other, self) if isinstance(other, (int, float)) else NotImplemented

    def __truediv__(self, other: Number) -> Expression:
        if isinstance(other, (int, float)) and not other:
            raise ZeroDivisionError("division by zero")
        return operation("/", self, other) if isinstance(other, (int, float, Expression)) else NotImplemented

    def __rtruediv__(self, other: int | float) -> Expression:
        return operation("/", other, self) if isinstance(other, (int, float)) else NotImplemented

    def __pow__(self, power: Number) -> Dim:
        if not isinstance(power, (int, float, Expression)):
            return NotImplemented
        if not isinstance(power, int) or not 0 <= power <= 16 or not self.is_integer:
            return operation("**", self, power)
        result: Dim = 1
        for _ in range(power):
            result = result * self
        return result

    def __rpow__(self, base: int | float) -> Expression:
        return operation("**", base, self) if isinstance(base, (int, float)) else NotImplemented

    def __abs__(self) -> Dim:
        low, high = self.interval
        if not self.is_integer:
            return operation("abs", self)
        if low is not None and low >= 0:
            return self
        if high is not None and high <= 0:
            return -self
        return expression_of(Extremum(True, (self, -self)))


Dim: TypeAlias = int | Expression
Number: TypeAlias = int | float | Expression

_serials = itertools.count(1)  # tells unknown sizes apart; nothing reads it back


def symbol(name: str, minimum: int | None = 1, kind: str = "size") -> Expression:
    """A named integer of at least `minimum`; None: any integer. Equal by name and kind."""
    return expression_of(Symbol(name, minimum, kind))


def own_symbol(name: str) -> Expression:
    """A named integer of at least 1 that is equal only to itself, whatever else goes by the name."""
    return expression_of(Symbol(name, 1, "size", next(_serials)))


def unknown_size(reason: str = "") -> Expression:
    """A size of which nothing is known, equal only to itself; printed `?`."""
    return expression_of(Symbol("?", None, "unknown", next(_serials), reason))


def unknown_number(reason: str = "") -> Expression:
    """A number, perhaps a float, of which nothing is known, equal only to itself; printed `?`."""
    return expression_of(Symbol("?", None, "unknown", next(_serials), reason, is_integer=False))


def expression_of(atom: Atom) -> Expression:
    """The atom as an expression; an unknown number in place of one that has grown too large to reason about."""
    if atom.size > MOST_NODES:
        reason = f"an expression of more than {MOST_NODES} parts"
        return unknown_size(reason) if atom.is_integer else unknown_number(reason)
    return Expression({frozenset(((atom, 1),)): 1}, 0, atom.is_integer)


def operation(name: str, *operands: Number) -> Expression:
    """The operation as it is written, left alone."""
    return expression_of(Operation(name, operands))


def polynomial(terms: Terms, constant: int = 0) -> Dim:
    """The sum of the terms and the constant: an int where no terms are left."""
    if not terms:
        return constant
    if len(terms) > MOST_TERMS:
        return unknown_size(f"a sum of more than {MOST_TERMS} terms")
    if max(map(int.bit_length, terms.values())) > MOST_BITS:
        return unknown_size(f"a coefficient of more than {MOST_BITS} bits")
    return Expression(terms, constant)


def _polynomial_with_one(terms: Terms) -> Dim:
    if ONE not in terms:
        return polynomial(terms)
    return polynomial({monomial: coefficient for monomial, coefficient in terms.items() if monomial}, terms[ONE])


def _terms_of(x: Dim) -> Terms:
    if isinstance(x, int):
        return {ONE: x} if x else {}
    return with_constant(x.terms, x.constant)


def _quotient(a: Number, b: Number) -> Dim:
    """a // b, rounded down; raises ZeroDivisionError where b is the number 0."""
    if isinstance(b, (int, float)) and not b:
        raise ZeroDivisionError("integer division or modulo by zero")
    if isinstance(a, float) or isinstance(b, float) or not (is_integral(a) and is_integral(b)):
        return operation("//", a, b)
    if isinstance(b, int):
        division = division_by_number(_terms_of(a) if b > 0 else scaled(_terms_of(a), -1), abs(b))
    else:
        if a == 0 and b.interval[0] is None:
            return expression_of(Quotient(0, b))
        division = division_by_terms(_terms_of(a), _terms_of(b))
    whole = _polynomial_with_one(division.whole)
    if not division.rest:
        return _half_rounded_up(whole) if isinstance(whole, Expression) else whole
    rest, divisor = _polynomial_with_one(division.rest), _polynomial_with_one(division.divisor)
    if isinstance(divisor, int) and not isinstance(b, int):
        return whole + rest // divisor
    if isinstance(rest, int) and isinstance(divisor, int):
        return whole + rest // divisor
    low, high = interval_quotient(interval_of(rest), interval_of(divisor))
    if low is not None and low == high:
        return whole + int(low)
    return whole + expression_of(Quotient(rest, divisor))


def exactly_divided(a: Dim, b: Dim) -> Dim | None:
    """The polynomial that times `b` is `a`, which is what `a // b` gives wherever `b` isn't 0; None if there is none."""
    if isinstance(b, int) or not (is_integral(a) and is_integral(b)):
        return None
    exact = exact_quotient(_terms_of(a), _terms_of(b)) if a != 0 else None
    return None if exact is None else _polynomial_with_one(exact)


def _rounded_up(x: Expression) -> Dim:
    """`x` with a quotient that is taken away written as one that is added, where that is shorter.

    `-(-a // n)` is how rounding up is written; this makes it `(a + n - 1) // n`. Half of a quotient, rounded up, is left by it as
    `q - q // 2`, and becomes `(q + 1) // 2`.
    """
    inner = lone_quotient(x.terms)
    if inner is None:
        return _half_rounded_up(x)
    if x.terms[inner[1]] != -1 or not isinstance(inner[0].divisor, int):
        return x
    quotient, n = inner[0], inner[0].divisor
    other = x + expression_of(quotient) + (n - 1 - quotient.numerator) // n
    return other if isinstance(other, int) or len(other.terms) <= len(x.terms) else x


def _half_rounded_up(x: Expression) -> Dim:
    """`x` with `(q + 1) // 2` for the quotients `q - q // 2`, if it has just these two."""
    quotients = dict(_lone_quotients(x.terms))
    if sorted(quotients.values()) != [-1, 1]:
        return x
    half, whole = sorted(quotients, key=quotients.__getitem__)
    q, taken = expression_of(whole), expression_of(half)
    return x - q + taken + (q + 1) // 2 if q // 2 == taken else x


def _lone_quotients(terms: Terms) -> Iterator[tuple[Quotient, int]]:
    """The quotients that stand alone in a term, with how often they do."""
    for monomial, coefficient in terms.items():
        if len(monomial) == 1:
            ((atom, power),) = monomial
            if power == 1 and isinstance(atom, Quotient):
                yield atom, coefficient


def _remainder(a: Number, b: Number) -> Dim:
    """a % b, written a - b * (a // b), so that a remainder and its quotient add up again."""
    if isinstance(a, float) or isinstance(b, float) or not (is_integral(a) and is_integral(b)):
        if isinstance(b, (int, float)) and not b:
            raise ZeroDivisionError("float modulo")
        return operation("%", a, b)
    return a - b * (a // b)
