"""Conditions on sizes: comparisons, and what `and`, `or` and `not` make of them."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn, TypeAlias

from cnnlint.dims.atoms import is_integral, size_of
from cnnlint.dims.expression import Number
from cnnlint.dims.proof import at_least, differ, equal, greater
from cnnlint.record import value

OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OPPOSITES: Final = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class _Undecided:
    """What every condition shares: it has no truth of its own."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("the truth of a condition on symbolic sizes is not known")


@value
class Comparison(_Undecided):
    """`left op right`, with `op` one of == != < <= > >=, of which neither outcome is proven."""

    op: str
    left: Number
    right: Number

    @property
    def size(self) -> int:
        """The number of nodes in the tree."""
        return 1 + size_of(self.left) + size_of(self.right)

    def __str__(self) -> str:
        return f"{self.left} {self.op} {self.right}"


@dataclass(frozen=True, slots=True)
class And(_Undecided):
    """All of at least two conditions; made by `every`."""

    conditions: tuple[Condition, ...]
    size: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", 1 + sum(condition.size for condition in self.conditions))

    def __str__(self) -> str:
        return " and ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.conditions)


@dataclass(frozen=True, slots=True)
class Or(_Undecided):
    """Any of at least two conditions; made by `some`."""

    conditions: tuple[Condition, ...]
    size: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", 1 + sum(condition.size for condition in self.conditions))

    def __str__(self) -> str:
        return " or ".join(map(str, self.conditions))


@value
class Not(_Undecided):
    """The opposite of a comparison of floats, which nan keeps from being another comparison; made by `negate`."""

    condition: Comparison

    @property
    def size(self) -> int:
        """The number of nodes in the tree."""
        return 1 + self.condition.size

    def __str__(self) -> str:
        return f"not {self.condition}"


Condition: TypeAlias = Comparison | And | Or | Not


def compare(op: str, a: Number, b: Number) -> bool | Condition:
    """`a op b`: a bool where it is proven or refuted, else the comparison. Raises KeyError for another operator."""
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return OPERATORS[op](a, b)
    proven = {"==": equal, "!=": differ, "<": _less, "<=": _at_most, ">": greater, ">=": at_least}
    if proven[op](a, b):
        return True
    if proven[_OPPOSITES[op]](a, b):
        return False
    return Comparison(op, a, b)


def every(*conditions: bool | Condition) -> bool | Condition:
    """All of the conditions: False if one is, those proven left out, each once."""
    return _folded(And, False, conditions)


def some(*conditions: bool | Condition) -> bool | Condition:
    """Any of the conditions: True if one is, those refuted left out, each once."""
    return _folded(Or, True, conditions)


def negate(condition: bool | Condition) -> bool | Condition:
    """The opposite, with the negation brought inwards to the comparisons."""
    match condition:
        case bool():
            return not condition
        case Comparison(op, left, right):
            if op in ("==", "!=") or (is_integral(left) and is_integral(right)):
                return Comparison(_OPPOSITES[op], left, right)
            return Not(condition)
        case And(conditions):
            return some(*map(negate, conditions))
        case Or(conditions):
            return every(*map(negate, conditions))
        case Not(inner):
            return inner


def _less(a: Number, b: Number) -> bool:
    return greater(b, a)


def _at_most(a: Number, b: Number) -> bool:
    return at_least(b, a)


def _folded(kind: type[And] | type[Or], absorbing: bool, conditions: tuple[bool | Condition, ...]) -> bool | Condition:
    parts: dict[Condition, None] = {}
    for condition in conditions:
        if isinstance(condition, bool):
            if condition is absorbing:
                return absorbing
        elif isinstance(condition, kind):
            parts.update(dict.fromkeys(condition.conditions))
        else:
            parts[condition] = None
    if any(negate(part) in parts for part in parts):
        return absorbing
    if not parts:
        return not absorbing
    return next(iter(parts)) if len(parts) == 1 else kind(tuple(parts))
