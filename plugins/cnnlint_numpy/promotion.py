"""Dtypes by name, and which one a result has.

A number of Python's own gives way to every dtype of its kind: `float32 array * 0.5` is float32.
Sources: https://numpy.org/doc/stable/reference/arrays.promotion.html, https://numpy.org/neps/nep-0050-scalar-promotion.html
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from cnnlint.plugin import Expression, FrameworkNumber, Tensor, Value, wrapped

FLOATS = {"float16": "e", "float32": "f", "float64": "d"}
INTEGERS = {"int8": 8, "int16": 16, "int32": 32, "int64": 64, "uint8": -8, "uint16": -16, "uint32": -32, "uint64": -64}
COMPLEX = {"complex64": "float32", "complex128": "float64"}
ITEM_SIZES = {
    "bool": 1,
    **{name: abs(bits) // 8 for name, bits in INTEGERS.items()},
    "float16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
    "complex128": 16,
}


def promoted(a: str, b: str) -> str:
    """The smallest dtype that holds the numbers of both."""
    if a == b or b == "bool":
        return a
    if a == "bool":
        return b
    if a in COMPLEX or b in COMPLEX:
        parts = [COMPLEX.get(name, name if name in FLOATS else with_floats(name)) for name in (a, b)]
        return "complex128" if "float64" in parts else "complex64"
    if a in FLOATS or b in FLOATS:
        wide = [name if name in FLOATS else with_floats(name) for name in (a, b)]
        return max(wide, key=list(FLOATS).index)
    left, right = INTEGERS[a], INTEGERS[b]
    if (left > 0) == (right > 0):
        return a if abs(left) > abs(right) else b
    signed, unsigned = max(left, right), -min(left, right)
    if signed > unsigned:
        return f"int{signed}"
    return f"int{unsigned * 2}" if unsigned < 64 else "float64"


def with_floats(name: str) -> str:
    """The dtype of a root or an exponential of these numbers."""
    if name in FLOATS or name in COMPLEX:
        return name
    bits = abs(INTEGERS.get(name, 8))
    return "float16" if bits == 8 else "float32" if bits == 16 else "float64"


def quotient_dtype(name: str) -> str:
    """The dtype of a true quotient: whole numbers of every width give float64."""
    return name if name in FLOATS or name in COMPLEX else "float64"


def common_dtype(operands: Sequence[Value]) -> str | None:
    """The dtype of an operation; None where that of an operand is not known."""
    result: str | None = None
    weak = ""
    for operand in operands:
        own: str | None = None
        if isinstance(operand, Tensor):
            if operand.dtype is None:
                return None
            own = operand.dtype
        elif isinstance(operand, FrameworkNumber):
            own = operand.kind
        elif isinstance(operand, bool):
            own = "bool"
        elif isinstance(operand, (float, complex)) or (isinstance(operand, Expression) and not operand.is_integer):
            weak = "complex" if isinstance(operand, complex) else "float"
        elif isinstance(operand, (int, Expression)):
            weak = weak or "int"
        else:
            return None
        if own is not None:
            result = own if result is None else promoted(result, own)
    return with_weak(result, weak)


def with_weak(result: str | None, weak: str) -> str | None:
    if weak == "complex":
        return None
    if weak == "float":
        return result if result in FLOATS or result in COMPLEX else "float64"
    if weak == "int" and (result is None or result == "bool"):
        return "int64"
    return result


def rounded(value: Value, dtype: str | None) -> Value:
    """A number as the dtype holds it: to the nearest, or modulo its range. None where that is not known."""
    if isinstance(value, Expression):
        return value if (dtype == "float64" or dtype == "int64") else None
    if not isinstance(value, (int, float)):
        return None
    if dtype in FLOATS:
        return as_float(value, FLOATS[dtype])
    if dtype == "bool":
        return bool(value)
    if dtype in INTEGERS:
        return wrapped(int(value), INTEGERS[dtype]) if isinstance(value, int) or math.isfinite(value) else None
    return None


def as_float(value: float, code: str) -> float:
    """The nearest number that the format holds."""
    try:
        number: float = struct.unpack(code, struct.pack(code, float(value)))[0]
    except OverflowError:
        return math.copysign(math.inf, value)
    return number
