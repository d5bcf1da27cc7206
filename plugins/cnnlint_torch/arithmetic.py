"""What functions of elements compute, where the elements are known.

Every result is computed in double precision and rounded to the dtype. Sums, products and quotients are then the framework's own;
its roots, logarithms, exponentials and powers may differ in the last bit, which their rounding to widths and depths takes away.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence

from cnnlint.plugin import Shape, Tensor, Value, equal, quotient
from cnnlint_torch.elements import FLOATS, MOST_VALUES, as_float, rounded

Function = Callable[..., Value]


def power(a: float, b: float) -> float:
    try:
        result: float = a**b
    except OverflowError:
        return math.inf
    except ZeroDivisionError:
        return math.inf
    return result if isinstance(result, (int, float)) else math.nan


def exponential(a: float) -> float:
    try:
        return math.exp(a)
    except OverflowError:
        return math.inf


def logarithm(a: float) -> float:
    return -math.inf if a == 0 else math.nan if a < 0 else math.log(a)


def root(a: float) -> float:
    return math.nan if a < 0 else math.sqrt(a)


BINARY: dict[str, Function] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": quotient,
    "pow": power,
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "maximum": max,
    "minimum": min,
    "and": operator.and_,
    "or": operator.or_,
    "floor_divide": lambda a, b: a // b if b else math.nan,
    "remainder": lambda a, b: a % b if b else math.nan,
}
UNARY: dict[str, Function] = {
    "neg": operator.neg,
    "abs": abs,
    "round": lambda a: float(round(a)) if isinstance(a, float) else a,
    "floor": lambda a: float(math.floor(a)) if isinstance(a, float) else a,
    "ceil": lambda a: float(math.ceil(a)) if isinstance(a, float) else a,
    "trunc": lambda a: float(math.trunc(a)) if isinstance(a, float) else a,
    "sqrt": root,
    "exp": exponential,
    "log": logarithm,
    "log2": lambda a: math.log2(a) if a > 0 else logarithm(a),
    "log10": lambda a: math.log10(a) if a > 0 else logarithm(a),
    "square": lambda a: a * a,
    "reciprocal": lambda a: quotient(1.0, a),
    "sign": lambda a: (a > 0) - (a < 0),
    "logical_not": operator.not_,
    "sin": math.sin,
    "cos": math.cos,
}


def computed(name: str, function: Function | None, operands: Sequence[Value], shape: Shape, dtype: str | None) -> tuple[Value, ...] | None:
    """The elements of the result, where those of all operands are known and few; None else.

    Numbers beside tensors are first rounded as the tensors are.
    """
    if function is None or not shape.is_known:
        return None
    count = shape.numel
    if not isinstance(count, int) or count > MOST_VALUES:
        return None
    columns = []
    for operand in operands:
        if isinstance(operand, float) and dtype in FLOATS:
            operand = as_float(operand, FLOATS[dtype])
        column = elements(operand, shape)
        if column is None:
            return None
        columns.append(column)
    try:
        results = [function(*row) for row in zip(*columns, strict=True)]
    except (TypeError, ValueError, OverflowError):
        return None
    return rounded(results, dtype)


def elements(operand: Value, shape: Shape) -> list[Value] | None:
    """The elements of an operand, repeated to the common shape."""
    count = shape.numel
    if not isinstance(count, int):
        return None
    if isinstance(operand, (bool, int, float)):
        return [operand] * count
    if not isinstance(operand, Tensor) or operand.values is None or operand.shape.leading:
        return None
    own = operand.shape
    if len(own.dims) == len(shape.dims) and all(equal(a, b) for a, b in zip(own, shape, strict=True)):
        return list(operand.values)
    if len(operand.values) == 1:
        return list(operand.values) * count
    return repeated_elements(operand.values, own, shape)


def repeated_elements(values: Sequence[Value], own: Shape, shape: Shape) -> list[Value] | None:
    if not own.is_known or not shape.is_known:
        return None
    sizes = [dim if isinstance(dim, int) else 0 for dim in shape.dims]
    small = [1] * (len(sizes) - len(own.dims)) + [dim if isinstance(dim, int) else 0 for dim in own.dims]
    result = []
    for place in range(math.prod(sizes)):
        index, step, rest = 0, 1, place
        for size, mine in zip(reversed(sizes), reversed(small), strict=True):
            rest, at = divmod(rest, size)
            index += (at if mine != 1 else 0) * step
            step *= mine
        result.append(values[index])
    return result
