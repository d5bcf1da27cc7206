"""The atoms that expressions are sums of products of: symbols, quotients, minima and maxima, choices, operations.

Atoms are made by `expression` and `functions`, which bring their arguments into normal form; never by hand.
"""

from __future__ import annotations

import builtins
import math
import operator
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeGuard

from cnnlint.dims.intervals import (
    EVERYTHING,
    Interval,
    interval_image,
    interval_maximum,
    interval_minimum,
    interval_product,
    interval_quotient,
    interval_sum,
    interval_true_quotient,
    interval_union,
)

if TYPE_CHECKING:
    from cnnlint.dims.conditions import Condition
    from cnnlint.dims.expression import Expression

    Number: TypeAlias = int | float | Expression


class Atom:
    """A part of an expression that arithmetic does not take apart.

    `interval` bounds its values, `size` counts the nodes of its tree. Immutable; equal when made alike.
    """

    __slots__ = ("_hash", "interval", "is_integer", "key", "size")

    def __init__(self, key: Hashable, interval: Interval, is_integer: bool, size: int) -> None:
        self.key = key
        self.interval = interval
        self.is_integer = is_integer
        self.size = size
        self._hash = hash((type(self), key))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Atom) and self._hash == other._hash and type(self) is type(other) and self.key == other.key

    def __copy__(self) -> Atom:
        return self

    def __deepcopy__(self, memo: object) -> Atom:
        return self


class Symbol(Atom):
    """A named unknown integer of at least `minimum` (None: any integer).

    `kind` is "size", "parameter" or "unknown". Equal by name and kind, so whoever makes a symbol twice
    states the same minimum twice; unknown ones are equal only to themselves.
    """

    __slots__ = ("kind", "minimum", "name", "reason", "serial")

    def __init__(self, name: str, minimum: int | None, kind: str, serial: int = 0, reason: str = "", is_integer: bool = True) -> None:
        self.name = name
        self.minimum = minimum
        self.kind = kind
        self.serial = serial
        self.reason = reason
        super().__init__((name, kind, serial), (minimum, None), is_integer, 1)

    def __reduce__(self) -> tuple[Any, ...]:
        return Symbol, (self.name, self.minimum, self.kind, self.serial, self.reason, self.is_integer)

    def __repr__(self) -> str:
        return f"Symbol({self.name!r}, {self.minimum}, {self.kind!r})"


class Quotient(Atom):
    """`numerator // divisor`, rounded down; both integers, and at least one of them not known."""

    __slots__ = ("divisor", "numerator")

    def __init__(self, numerator: int | Expression, divisor: int | Expression) -> None:
        self.numerator = numerator
        self.divisor = divisor
        interval = interval_quotient(interval_of(numerator), interval_of(divisor))
        super().__init__((numerator, divisor), interval, True, 1 + size_of(numerator) + size_of(divisor))

    def __reduce__(self) -> tuple[Any, ...]:
        return Quotient, (self.numerator, self.divisor)


class Extremum(Atom):
    """The least or (`is_maximum`) the greatest of several integers; their order does not matter."""

    __slots__ = ("is_maximum", "operands")

    def __init__(self, is_maximum: bool, operands: tuple[int | Expression, ...]) -> None:
        self.is_maximum = is_maximum
        self.operands = operands
        intervals = map(interval_of, operands)
        interval = interval_maximum(intervals) if is_maximum else interval_minimum(intervals)
        super().__init__((is_maximum, frozenset(operands)), interval, True, 1 + sum(map(size_of, operands)))

    def __reduce__(self) -> tuple[Any, ...]:
        return Extremum, (self.is_maximum, self.operands)


class Where(Atom):
    """`chosen` where the condition holds, else `otherwise`."""

    __slots__ = ("chosen", "condition", "otherwise")

    def __init__(self, condition: Condition, chosen: Number, otherwise: Number) -> None:
        self.condition = condition
        self.chosen = chosen
        self.otherwise = otherwise
        super().__init__(
            (condition, typed(chosen), typed(otherwise)),
            interval_union(interval_of(chosen), interval_of(otherwise)),
            is_integral(chosen) and is_integral(otherwise),
            1 + condition.size + size_of(chosen) + size_of(otherwise),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return Where, (self.condition, self.chosen, self.otherwise)


class Operation(Atom):
    """A pure function of numbers that is not taken apart: float arithmetic, `ceil`, `round`, `math.log2`, ...

    Evaluated by calling the Python function of that name, in the order written: floats are never reassociated.
    """

    __slots__ = ("name", "operands")

    def __init__(self, name: str, operands: tuple[Number, ...]) -> None:
        self.name = name
        self.operands = operands
        arguments = tuple(map(typed, operands))
        is_integer = name in INTEGER_FUNCTIONS or (name in INTEGER_PRESERVING and all(map(is_integral, operands)))
        if name == "round" and len(operands) == 1:
            is_integer = True
        super().__init__(
            (name, frozenset(arguments) if name in ("+", "*") else arguments),
            _operation_interval(name, operands),
            is_integer,
            1 + sum(map(size_of, operands)),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return Operation, (self.name, self.operands)


FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "negative": operator.neg,
    **{name: getattr(builtins, name) for name in ("abs", "int", "float", "round", "min", "max", "pow")},
    **{f"math.{name}": function for name, function in vars(math).items() if callable(function)},
}
INTEGER_FUNCTIONS: Final = frozenset(
    {"int", "math.ceil", "math.floor", "math.trunc", "math.gcd", "math.lcm", "math.isqrt", "math.comb", "math.factorial"}
)
INTEGER_PRESERVING: Final = frozenset({"abs", "min", "max", "round"})
FLOAT_FUNCTIONS: Final = frozenset(
    {"/", "float"}
    | {f"math.{name}" for name in ("sqrt", "cbrt", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "pow", "hypot", "fabs", "fmod")}
    | {f"math.{name}" for name in ("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "degrees", "radians")}
)
FLOAT_PRESERVING: Final = frozenset({"+", "-", "*", "//", "%", "**", "pow"})
_RISING: Final = frozenset(
    {"int", "float", "math.ceil", "math.floor", "math.trunc", "round"}
    | {f"math.{name}" for name in ("sqrt", "log2", "log", "log10", "log1p", "exp", "isqrt")}
)


def interval_of(x: Number) -> Interval:
    """The bounds of a number or an expression, without any search."""
    return (x, x) if isinstance(x, (int, float)) else x.interval


def size_of(x: Number) -> int:
    """The number of nodes in the tree of `x`; 1 for a number."""
    return 1 if isinstance(x, (int, float)) else x.size


def is_integral(x: Number) -> TypeGuard[int | Expression]:
    """Whether `x` is proven to be of integer type."""
    return isinstance(x, int) or (not isinstance(x, float) and x.is_integer)


def is_float(x: Number) -> bool:
    """Whether `x` is proven to be of float type, which is more than not being proven an integer: `2 ** n` may be either."""
    if isinstance(x, (int, float)) or x.is_integer:
        return isinstance(x, float)
    match x.atom:
        case Where(chosen=a, otherwise=b):
            return is_float(a) and is_float(b)
        case Operation(name=name, operands=operands):
            if name in FLOAT_FUNCTIONS:
                return True
            if name in FLOAT_PRESERVING:
                return any(map(is_float, operands))
            if name in ("abs", "negative", "min", "max"):
                return all(map(is_float, operands))
            return name == "round" and len(operands) == 2 and is_float(operands[0])
    return False


def typed(x: Number) -> Hashable:
    """A key that tells 1 from 1.0 and 0.0 from -0.0."""
    return (type(x), repr(x)) if isinstance(x, (int, float)) else x


def _operation_interval(name: str, operands: tuple[Number, ...]) -> Interval:
    intervals = [interval_of(x) for x in operands]
    if any(isinstance(x, float) and not math.isfinite(x) for x in operands):
        return EVERYTHING
    try:
        match name, intervals:
            case "+", [a, b]:
                return interval_sum(a, b)
            case "-", [a, (low, high)]:
                return interval_sum(a, (None if high is None else -high, None if low is None else -low))
            case "negative", [(low, high)]:
                return (None if high is None else -high), (None if low is None else -low)
            case "*", [a, b]:
                return interval_product(a, b)
            case "/", [a, b]:
                return interval_true_quotient(a, b)
            case "abs", [(low, high)]:
                return (low, high) if low is not None and low >= 0 else (0, None)
            case _, [a] if name in _RISING:
                return interval_image(FUNCTIONS[name], a)
            case _:
                return EVERYTHING
    except ArithmeticError:  # an integer too large for a float
        return EVERYTHING
