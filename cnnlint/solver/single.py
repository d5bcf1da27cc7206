"""Conditions on one size, solved: monotone ones by bisection, the rest by a table."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from typing import Final

from cnnlint.dims import And, Comparison, Condition, Dim, Number, Or, Symbol, evaluate, symbol, symbols
from cnnlint.dims.atoms import Atom, Extremum, Quotient, interval_of
from cnnlint.dims.expression import expression_of
from cnnlint.solver.demands import Demand, accepts
from cnnlint.solver.ranges import EVERYTHING, NOTHING, TABLE, Ranges, tabulated

MOST: Final = 1 << 24
"""Bisection looks no further."""


def solved(demands: Sequence[Demand], axis: Symbol) -> Ranges:
    """The sizes of `axis`, the only symbol, that meet all demands."""
    found = EVERYTHING
    pending = list(dict.fromkeys(demand.implication for demand in demands))
    while pending and found:
        rest = []
        search = Search(axis, found.least)
        for condition in pending:
            exact = search.solution(condition)
            if exact is None:
                rest.append(condition)
            else:
                found = found.intersection(exact)
        if len(rest) == len(pending):
            return found.intersection(tabulated(found, accepts([Demand(condition) for condition in rest], (axis,))))
        pending = rest
    return found


class Search:
    """Looks for the solutions of conditions on one size that is known to be at least `start`: from there on, what rises is monotone."""

    def __init__(self, axis: Symbol, start: int = 1) -> None:
        self.axis = axis
        self.start = start
        self.slopes: dict[Atom, int | None] = {}

    def solution(self, condition: bool | Condition) -> Ranges | None:
        """The sizes from `start` on for which a condition holds, where it is made of monotone parts; else None."""
        match condition:
            case bool():
                return EVERYTHING if condition else NOTHING
            case Comparison():
                return self.compared(condition)
            case And(conditions):
                return self.combined(conditions, Ranges.intersection)
            case Or(conditions):
                return self.combined(conditions, Ranges.union)
        return None

    def combined(self, conditions: Sequence[Condition], join: Callable[[Ranges, Ranges], Ranges]) -> Ranges | None:
        found = [self.solution(condition) for condition in conditions]
        return None if None in found else reduce(join, found)  # type: ignore[arg-type]

    def compared(self, comparison: Comparison) -> Ranges | None:
        difference = comparison.left - comparison.right
        direction = self.slope(difference)
        if direction is None:
            return None
        match comparison.op:
            case ">=":
                return self.threshold(difference, direction, 0)
            case ">":
                return self.threshold(difference, direction, 1)
            case "<":
                return self.threshold(difference, direction, 0).complement()
            case "<=":
                return self.threshold(difference, direction, 1).complement()
        equal = self.threshold(difference, direction, 0).intersection(self.threshold(difference, direction, 1).complement())
        return equal if comparison.op == "==" else equal.complement()

    def threshold(self, x: Number, direction: int, least: int) -> Ranges:
        """Where an integer that rises (`direction` 1), falls (-1) or stays (0) from `start` on is at least `least`."""
        low, high = interval_of(x)
        if low is not None and low >= least:
            return EVERYTHING
        if high is not None and high < least:
            return NOTHING
        test = accepts([Demand(Comparison(">=", x, least))], (self.axis,))
        first = self.bisected(test if direction >= 0 else lambda n: not test(n))
        if direction >= 0:
            return Ranges((), MOST) if first is None else Ranges(((first, None),))
        if first is None:
            return Ranges(((1, MOST),), MOST)
        return NOTHING if first == self.start else Ranges(((1, first - 1),))

    def bisected(self, holds: Callable[[int], bool]) -> int | None:
        """The first number for which something holds that then goes on to hold; None where that is beyond `MOST`."""
        if holds(self.start):
            return self.start
        low, high = self.start, min(2 * self.start, MOST)
        while not holds(high):
            if high == MOST:
                return None
            low, high = high, min(2 * high, MOST)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(middle) else (middle, high)
        return high

    def slope(self, x: Number) -> int | None:
        """1 where `x` never falls from `start` on as the axis grows, -1 where it never rises, 0 where it stays; None if that is open.

        Each atom is its value at `start` plus what it has grown since, or less what it has fallen: where all coefficients of the growths
        have one sign, so has the growth of the whole.
        """
        if isinstance(x, (int, float)):
            return 0
        if not x.is_integer:
            return None
        if len(x.terms) == 1:
            ((monomial, coefficient),) = x.terms.items()
            (atom, power), *others = monomial
            if power == 1 and not others:
                way = self.atom_slope(atom)
                return way if way is None or coefficient > 0 else -way
        moved: Dim = 0
        growths: dict[Atom, Dim] = {}
        for monomial, coefficient in x.terms.items():
            term: Dim = coefficient
            for atom, power in monomial:
                if atom not in growths:
                    way = self.atom_slope(atom)
                    if way is None or symbols(expression_of(atom)) != {self.axis}:
                        return None
                    at_start = int(evaluate(expression_of(atom), {self.axis: self.start}))
                    growths[atom] = at_start + way * symbol(f"growth{len(growths)}")
                term = term * growths[atom] ** power
            moved = moved + term
        signs = {1 if coefficient > 0 else -1 for coefficient in (() if isinstance(moved, int) else moved.terms.values())}
        return None if len(signs) > 1 else next(iter(signs), 0)

    def atom_slope(self, atom: Atom) -> int | None:
        if atom not in self.slopes:
            self.slopes[atom] = self.slope_found(atom)
        return self.slopes[atom]

    def slope_found(self, atom: Atom) -> int | None:
        match atom:
            case Symbol():
                return 1 if atom == self.axis else 0
            case Quotient():
                low = interval_of(atom.divisor)[0]
                if self.axis in symbols(atom.divisor) or low is None or low < 1:
                    return None
                return self.slope(atom.numerator)
            case Extremum():
                slopes = {self.slope(operand) for operand in atom.operands} - {0}
                return next(iter(slopes), 0) if len(slopes) <= 1 else None
        return None if self.axis in symbols(expression_of(atom)) else 0


def period(demands: Sequence[Demand], axis: Symbol) -> int | None:
    """After how many steps the demands repeat, behind the thresholds of those that were solved; None where that isn't known to be soon."""
    search = Search(axis)
    periods = [condition_period(demand.implication, search) for demand in demands]
    if any(each is None for each in periods):
        return None
    common = math.lcm(*(each for each in periods if each is not None))
    return common if common <= TABLE // 4 else None


def condition_period(condition: bool | Condition, search: Search) -> int | None:
    match condition:
        case bool():
            return 1
        case Comparison(left=left, right=right):
            exact = search.solution(condition)
            if exact is not None:
                return 1 if all((end or low) <= TABLE // 2 for low, end in exact.ranges) else None
            steps, rise = linear_period(left - right, search.axis) or (1, None)
            return steps if rise == 0 else None
        case And(conditions) | Or(conditions):
            periods = [condition_period(part, search) for part in conditions]
            return None if None in periods else math.lcm(*periods)  # type: ignore[arg-type]
    return None


def linear_period(x: Number, axis: Symbol) -> tuple[int, Fraction] | None:
    """`(p, s)` where x(n + p) = x(n) + p * s for all n; None for what is not so made."""
    if isinstance(x, int):
        return 1, Fraction(0)
    if isinstance(x, float) or not x.is_integer:
        return None
    steps, rise = 1, Fraction(0)
    for monomial, coefficient in x.terms.items():
        (atom, power), *others = monomial
        if others or power != 1:
            return None
        own = atom_period(atom, axis)
        if own is None:
            return None
        if own[0] > TABLE:
            return None
        steps, rise = math.lcm(steps, own[0]), rise + coefficient * own[1]
    return steps, rise


def atom_period(atom: Atom, axis: Symbol) -> tuple[int, Fraction] | None:
    """As `linear_period`, of one atom."""
    if atom == axis:
        return 1, Fraction(1)
    if not isinstance(atom, Quotient) or not isinstance(atom.divisor, int) or atom.divisor < 1:
        return None
    inner = linear_period(atom.numerator, axis)
    if inner is None:
        return None
    steps, rise = inner
    gain = int(rise * steps)
    return steps * (atom.divisor // math.gcd(gain, atom.divisor) if gain else 1), rise / atom.divisor
