"""Numbers or other sizes put in for symbols."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias, overload

from cnnlint.dims.atoms import FUNCTIONS, Atom, Extremum, Operation, Quotient, Symbol, Where
from cnnlint.dims.conditions import OPERATORS, And, Comparison, Condition, Not, Or, compare, every, negate, some
from cnnlint.dims.expression import Dim, Expression, Number, expression_of
from cnnlint.dims.functions import ceil, floor, maximum, minimum, opaque, rounded, square_root, truncate, where

Numbers: TypeAlias = Mapping[Symbol, int | float] | Mapping[Expression, int | float] | Mapping[Symbol | Expression, int | float]
Sizes: TypeAlias = Mapping[Symbol, Dim] | Mapping[Expression, Dim] | Mapping[Symbol | Expression, Dim]
Values: TypeAlias = Mapping[Symbol, Number] | Mapping[Expression, Number] | Mapping[Symbol | Expression, Number]

_FOLDING: Final[Mapping[str, Callable[..., Number]]] = {
    **{name: FUNCTIONS[name] for name in ("+", "-", "*", "/", "//", "%", "**", "negative", "abs")},
    "int": truncate,
    "round": rounded,
    "min": minimum,
    "max": maximum,
    "math.ceil": ceil,
    "math.floor": floor,
    "math.sqrt": square_root,
}


def symbols(x: Number | Condition | bool) -> frozenset[Symbol]:
    """All symbols that `x` depends on, those inside atoms and conditions too."""
    found: set[Symbol] = set()
    seen: set[Atom] = set()
    pending: list[object] = [x]
    while pending:
        match pending.pop():
            case Expression() as expression:
                for atom in expression.atoms():
                    if atom not in seen:
                        seen.add(atom)
                        pending.append(atom)
            case Symbol() as symbol:
                found.add(symbol)
            case Quotient(numerator=a, divisor=b) | Comparison(left=a, right=b):
                pending += (a, b)
            case Extremum(operands=operands) | Operation(operands=operands):
                pending += operands
            case Where(condition=condition, chosen=a, otherwise=b):
                pending += (condition, a, b)
            case And(conditions=conditions) | Or(conditions=conditions):
                pending += conditions
            case Not(condition=inner):
                pending.append(inner)
            case _:
                pass
    return frozenset(found)


def evaluate(x: Number, values: Numbers) -> int | float:
    """The number that `x` is for these values of its symbols, computed as Python would.

    Raises KeyError for a symbol without a value, and what Python raises for the arithmetic (ZeroDivisionError ...).
    """
    return x if isinstance(x, (int, float)) else _Evaluation(_by_symbol(values)).number(x)


def evaluate_condition(condition: bool | Condition, values: Numbers) -> bool:
    """Whether the condition holds for these values of its symbols; raises as `evaluate` does."""
    return condition if isinstance(condition, bool) else _Evaluation(_by_symbol(values)).truth(condition)


@overload
def substitute(x: Dim, values: Sizes) -> Dim: ...
@overload
def substitute(x: Number, values: Values) -> Number: ...
def substitute(x: Number, values: Values) -> Number:
    """`x` with the values in place of symbols, in normal form; symbols without one stay. A float only if `x` is one."""
    return x if isinstance(x, (int, float)) else _Substitution(_by_symbol(values)).number(x)


def substitute_condition(condition: bool | Condition, values: Values) -> bool | Condition:
    """The condition with the values in place of symbols: a bool where it is then proven or refuted."""
    return condition if isinstance(condition, bool) else _Substitution(_by_symbol(values)).condition(condition)


def _by_symbol(values: Values) -> dict[Symbol, Number]:
    result: dict[Symbol, Number] = {}
    for key, value in values.items():
        symbol = key.symbol if isinstance(key, Expression) else key
        if symbol is None:
            raise ValueError(f"values are put in for symbols, not for {key}")
        result[symbol] = value
    return result


@dataclass(slots=True)
class _Evaluation:
    """One evaluation; each atom is computed once."""

    values: Mapping[Symbol, Number]
    known: dict[Atom, int | float] = field(default_factory=dict)

    def number(self, x: Number) -> int | float:
        if isinstance(x, (int, float)):
            return x
        if not x.is_integer:
            (atom,) = x.atoms()
            return self.atom(atom)
        total: int | float = x.constant
        for monomial, coefficient in x.terms.items():
            term: int | float = coefficient
            for atom, power in monomial:
                term *= self.atom(atom) ** power
            total += term
        return total

    def atom(self, atom: Atom) -> int | float:
        if atom not in self.known:
            self.known[atom] = self._computed(atom)
        return self.known[atom]

    def _computed(self, atom: Atom) -> int | float:
        match atom:
            case Symbol():
                return self.number(self.values[atom])
            case Quotient():
                return self.number(atom.numerator) // self.number(atom.divisor)
            case Extremum():
                return (max if atom.is_maximum else min)(map(self.number, atom.operands))
            case Where():
                return self.number(atom.chosen if self.truth(atom.condition) else atom.otherwise)
            case Operation():
                result: int | float = FUNCTIONS[atom.name](*map(self.number, atom.operands))
                return result
            case _:
                raise TypeError(f"no value for the atom {type(atom).__name__}")

    def truth(self, condition: bool | Condition) -> bool:
        match condition:
            case bool():
                return condition
            case Comparison(op, left, right):
                return OPERATORS[op](self.number(left), self.number(right))
            case And(conditions):
                return all(map(self.truth, conditions))
            case Or(conditions):
                return any(map(self.truth, conditions))
            case Not(inner):
                return not self.truth(inner)


@dataclass(slots=True)
class _Substitution:
    """One substitution; each atom is rebuilt once."""

    values: Mapping[Symbol, Number]
    known: dict[Atom, Number] = field(default_factory=dict)

    def number(self, x: Number) -> Number:
        if isinstance(x, (int, float)):
            return x
        if not x.is_integer:
            (atom,) = x.atoms()
            return self.atom(atom)
        total: Number = x.constant
        for monomial, coefficient in x.terms.items():
            term: Number = 1
            for atom, power in monomial:
                term = term * self.atom(atom) ** power
            total = total + term * coefficient
        return total

    def atom(self, atom: Atom) -> Number:
        if atom not in self.known:
            self.known[atom] = self._rebuilt(atom)
        return self.known[atom]

    def _rebuilt(self, atom: Atom) -> Number:
        match atom:
            case Symbol():
                return self.values[atom] if atom in self.values else expression_of(atom)
            case Quotient():
                return self.number(atom.numerator) // self.number(atom.divisor)
            case Extremum():
                return (maximum if atom.is_maximum else minimum)(*map(self.number, atom.operands))
            case Where():
                return where(self.condition(atom.condition), self.number(atom.chosen), self.number(atom.otherwise))
            case Operation():
                return _applied(atom.name, *map(self.number, atom.operands))
            case _:
                raise TypeError(f"nothing can be put into the atom {type(atom).__name__}")

    def condition(self, condition: bool | Condition) -> bool | Condition:
        match condition:
            case bool():
                return condition
            case Comparison(op, left, right):
                return compare(op, self.number(left), self.number(right))
            case And(conditions):
                return every(*map(self.condition, conditions))
            case Or(conditions):
                return some(*map(self.condition, conditions))
            case Not(inner):
                return negate(self.condition(inner))


def _applied(name: str, *operands: Number) -> Number:
    """The operation on its new operands, through the function that folds it."""
    folding = _FOLDING.get(name)
    return opaque(name, *operands) if folding is None else folding(*operands)
