"""Pure functions of sizes: min, max, rounding, roots and choices, folded where that is proven to be the same."""

from __future__ import annotations

import math
from typing import Final, overload

from cnnlint.dims.atoms import FUNCTIONS, Extremum, Operation, Where, is_integral
from cnnlint.dims.conditions import Comparison, Condition, negate
from cnnlint.dims.expression import Dim, Expression, Number, expression_of, operation
from cnnlint.dims.proof import at_least, differ, divisible, equal, greater

MOST_COMPARED: Final = 5  # operands of one minimum or maximum against each other


@overload
def minimum(*values: Dim) -> Dim: ...
@overload
def minimum(*values: Number) -> Number: ...
def minimum(*values: Number) -> Number:
    """The least of the values, without those that another is proven not to exceed."""
    return _extremum(False, values)


@overload
def maximum(*values: Dim) -> Dim: ...
@overload
def maximum(*values: Number) -> Number: ...
def maximum(*values: Number) -> Number:
    """The greatest of the values, without those that are proven not to exceed another."""
    return _extremum(True, values)


def ceil(x: Number) -> Dim:
    """`x` rounded up; a quotient a / b becomes -(-a // b)."""
    if isinstance(x, (int, float)):
        return math.ceil(x)
    ratio = _ratio(x)
    if ratio is not None:
        return -(-ratio[0] // ratio[1])
    return x if x.is_integer else operation("math.ceil", x)


def floor(x: Number) -> Dim:
    """`x` rounded down; a quotient a / b becomes a // b."""
    if isinstance(x, (int, float)):
        return math.floor(x)
    ratio = _ratio(x)
    if ratio is not None:
        return ratio[0] // ratio[1]
    return x if x.is_integer else operation("math.floor", x)


def truncate(x: Number) -> Dim:
    """`x` rounded towards 0, as Python's `int`; a quotient a / b becomes a // b where neither is negative."""
    if isinstance(x, (int, float)):
        return int(x)
    ratio = _ratio(x)
    if ratio is not None:
        a, b = ratio
        if divisible(a, b) or (at_least(a, 0) and greater(b, 0)) or (at_least(0, a) and greater(0, b)):
            return a // b
    return x if x.is_integer else operation("int", x)


def rounded(x: Number, digits: int | None = None) -> Number:
    """`x` rounded to the nearest, half to even, as Python's `round`."""
    if isinstance(x, (int, float)):
        return round(x, digits)
    if x.is_integer and (digits is None or digits >= 0):
        return x
    ratio = _ratio(x)
    if digits is None and ratio is not None and divisible(*ratio):
        return ratio[0] // ratio[1]
    return operation("round", x) if digits is None else operation("round", x, digits)


def square_root(x: Number) -> float | Expression:
    """The square root, a float as from `math.sqrt`; raises ValueError for a negative number."""
    return math.sqrt(x) if isinstance(x, (int, float)) else operation("math.sqrt", x)


@overload
def where(condition: bool | Condition, chosen: Dim, otherwise: Dim) -> Dim: ...
@overload
def where(condition: bool | Condition, chosen: Number, otherwise: Number) -> Number: ...
def where(condition: bool | Condition, chosen: Number, otherwise: Number) -> Number:
    """`chosen` where the condition holds, else `otherwise`; either, where they are proven equal."""
    if isinstance(condition, bool):
        return chosen if condition else otherwise
    if is_integral(chosen) == is_integral(otherwise) and equal(chosen, otherwise):
        return chosen
    if isinstance(condition, Comparison) and condition.op == "!=":
        opposite = negate(condition)
        assert not isinstance(opposite, bool)
        condition, chosen, otherwise = opposite, otherwise, chosen
    chosen = int(chosen) if isinstance(chosen, bool) else chosen
    otherwise = int(otherwise) if isinstance(otherwise, bool) else otherwise
    return expression_of(Where(condition, chosen, otherwise))


def opaque(name: str, *values: Number) -> Number:
    """A pure function by its Python name (`math.log2`), equal only to itself and computed at once for numbers.

    Raises what Python raises for numbers that it refuses, and KeyError for a function that is not known.
    """
    function = FUNCTIONS[name]
    if all(isinstance(value, (int, float)) for value in values):
        result: Number = function(*values)
        return result
    return operation(name, *values)


def _ratio(x: Expression) -> tuple[Dim, Dim] | None:
    """The integers a and b, where `x` is a / b and b is proven not to be 0."""
    atom = x.atom
    if not isinstance(atom, Operation) or atom.name != "/":
        return None
    a, b = atom.operands
    if isinstance(a, float) or isinstance(b, float) or not (is_integral(a) and is_integral(b)) or not differ(b, 0):
        return None
    return a, b


def _extremum(is_maximum: bool, values: tuple[Number, ...]) -> Number:
    if all(isinstance(value, (int, float)) for value in values):
        return max(values) if is_maximum else min(values)
    dims = [value for value in values if not isinstance(value, float) and is_integral(value)]
    if len(dims) < len(values):
        return operation("max" if is_maximum else "min", *values) if len(values) > 1 else values[0]
    kept: list[Dim] = []
    for dim in dict.fromkeys(_spread(is_maximum, dims)):
        if len(kept) > MOST_COMPARED:
            kept.append(dim)
            continue
        if any(_covers(is_maximum, other, dim) for other in kept):
            continue
        kept = [other for other in kept if not _covers(is_maximum, dim, other)]
        kept.append(dim)
    return kept[0] if len(kept) == 1 else expression_of(Extremum(is_maximum, tuple(kept)))


def _covers(is_maximum: bool, a: Dim, b: Dim) -> bool:
    return at_least(a, b) if is_maximum else at_least(b, a)


def _spread(is_maximum: bool, dims: list[Dim]) -> list[Dim]:
    """The values, with those of an inner extremum of the same kind in its place."""
    result: list[Dim] = []
    for dim in dims:
        atom = None if isinstance(dim, int) else dim.atom
        if isinstance(atom, Extremum) and atom.is_maximum == is_maximum:
            result += atom.operands
        else:
            result.append(int(dim) if isinstance(dim, bool) else dim)
    return result
