"""What functions of elements compute, in double precision; the caller rounds to the dtype.

Logarithms, exponentials and angles are those of the C library: where NumPy has faster ones of its own, the last bit may differ.
Source: https://numpy.org/doc/stable/reference/ufuncs.html
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

from cnnlint.plugin import Expression, ceil, floor, opaque, quotient

Function = Callable[..., Any]


def floor_quotient(a: float, b: float) -> float:
    """Whole numbers divided by 0 are 0."""
    if b == 0:
        return quotient(a, b) if isinstance(a, float) or isinstance(b, float) else 0
    return a // b


def remainder(a: float, b: float) -> float:
    if b == 0:
        return math.nan if isinstance(a, float) or isinstance(b, float) else 0
    return a % b


def truncated_remainder(a: float, b: float) -> float:
    if b == 0:
        return remainder(a, b)
    if isinstance(a, int) and isinstance(b, int):
        return int(math.copysign(abs(a) % abs(b), a)) if a else 0
    return math.fmod(a, b)


def power(a: float, b: float) -> float:
    """Raises ValueError for a whole number to a negative whole power."""
    if isinstance(a, int) and isinstance(b, int):
        if b < 0:
            raise ValueError("Integers to negative integer powers are not allowed.")
        whole: int = a**b if abs(a) < 2 or b * a.bit_length() < 4096 else pow(a, b, 1 << 64)
        return whole
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ValueError:
        return math.inf if a == 0 else math.nan


def guarded(function: Callable[[float], float], outside: float = math.nan) -> Function:
    """A function of `math` that gives NaN outside its domain and infinity beyond the range; symbolic for symbolic sizes."""
    name = f"math.{function.__name__}"

    def compute(a: Any) -> Any:
        if isinstance(a, Expression):
            return opaque(name, a)
        try:
            return function(a)
        except ValueError:
            return outside if a == 0 else math.nan
        except OverflowError:
            return math.inf

    return compute


def whole_reciprocal(a: int) -> int:
    """Rounded to 0; of 0 it is not defined, a ZeroDivisionError here."""
    return int(1 / a)


def sign(a: float) -> float:
    return math.nan if a != a else (a > 0) - (a < 0)


def nearest(a: Any) -> Any:
    """Rounded half to even."""
    return math.copysign(float(round(a)), a) if isinstance(a, float) and math.isfinite(a) else a


def whole(function: Callable[[Any], Any]) -> Function:
    def compute(a: Any) -> Any:
        if isinstance(a, float):
            return math.copysign(float(function(a)), a) if math.isfinite(a) else a
        return function(a) if isinstance(a, Expression) else a

    return compute


def largest(a: Any, b: Any) -> Any:
    return a if a != a or a >= b else b


def smallest(a: Any, b: Any) -> Any:
    return a if a != a or a <= b else b


SYMBOLIC = {"add", "subtract", "multiply", "true_divide", "floor_divide", "remainder"}
"""Functions that compute with symbolic sizes as well."""

ARITHMETIC: dict[str, Function] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "true_divide": quotient,
    "floor_divide": floor_quotient,
    "remainder": remainder,
    "fmod": truncated_remainder,
    "power": power,
    "maximum": largest,
    "minimum": smallest,
    "bitwise_and": operator.and_,
    "bitwise_or": operator.or_,
    "bitwise_xor": operator.xor,
    "left_shift": lambda a, b: a << b if 0 <= b < 64 else 0,
    "right_shift": lambda a, b: a >> b if b >= 0 else 0,
    "arctan2": math.atan2,
    "hypot": math.hypot,
    "gcd": math.gcd,
    "lcm": lambda a, b: abs(a * b) // math.gcd(a, b) if a and b else 0,
    "copysign": math.copysign,
}
COMPARISONS: dict[str, Function] = {
    "equal": operator.eq,
    "not_equal": operator.ne,
    "less": operator.lt,
    "less_equal": operator.le,
    "greater": operator.gt,
    "greater_equal": operator.ge,
    "logical_and": lambda a, b: bool(a) and bool(b),
    "logical_or": lambda a, b: bool(a) or bool(b),
    "logical_xor": lambda a, b: bool(a) != bool(b),
}
KEEPING: dict[str, Function] = {
    "negative": operator.neg,
    "positive": operator.pos,
    "absolute": abs,
    "square": lambda a: a * a,
    "sign": sign,
    "floor": whole(floor),
    "ceil": whole(ceil),
    "trunc": whole(lambda a: math.trunc(a)),
    "rint": nearest,
    "conjugate": lambda a: a,
}
REAL: dict[str, Function] = {
    "sqrt": guarded(math.sqrt),
    "cbrt": lambda a: math.copysign(abs(a) ** (1 / 3), a),
    "exp": guarded(math.exp),
    "exp2": lambda a: power(2.0, a),
    "expm1": guarded(math.expm1),
    "log": guarded(math.log, -math.inf),
    "log2": guarded(math.log2, -math.inf),
    "log10": guarded(math.log10, -math.inf),
    "log1p": lambda a: -math.inf if a == -1 else guarded(math.log1p)(a),
    "sin": guarded(math.sin),
    "cos": guarded(math.cos),
    "tan": guarded(math.tan),
    "arcsin": guarded(math.asin),
    "arccos": guarded(math.acos),
    "arctan": guarded(math.atan),
    "sinh": guarded(math.sinh),
    "cosh": guarded(math.cosh),
    "tanh": guarded(math.tanh),
    "deg2rad": lambda a: a * (math.pi / 180.0),
    "rad2deg": lambda a: a * (180.0 / math.pi),
    "reciprocal": lambda a: quotient(1.0, a),
}
TESTS: dict[str, Function] = {
    "isnan": math.isnan,
    "isinf": math.isinf,
    "isfinite": math.isfinite,
    "logical_not": operator.not_,
    "signbit": lambda a: math.copysign(1, a) < 0,
}
CORRECTLY_ROUNDED = {*ARITHMETIC, *KEEPING, "sqrt", "deg2rad", "rad2deg", "reciprocal"} - {"power", "arctan2", "hypot"}
"""Functions whose single precision result is that of the double precision, rounded."""
