"""NumPy's scalars as values of the program: numbers that compute as Python's, with NumPy's results.

`np.int64(7) / 2` is a float64, a division by zero gives infinity, and a sum wraps around. A float64 is a Python float, a whole number is
no Python int, but counts as one wherever sizes are taken.
Source: https://numpy.org/doc/stable/reference/arrays.scalars.html
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, cast

from cnnlint.plugin import Expression, FrameworkNumber, Unknown, Value, wrapped
from cnnlint_numpy.arithmetic import ARITHMETIC, KEEPING, nearest
from cnnlint_numpy.framework import numpy
from cnnlint_numpy.promotion import FLOATS, INTEGERS, common_dtype, quotient_dtype, rounded

OPERATORS = {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "truediv": "true_divide",
    "floordiv": "floor_divide",
    "mod": "remainder",
    "pow": "power",
    "and": "bitwise_and",
    "or": "bitwise_or",
    "xor": "bitwise_xor",
    "lshift": "left_shift",
    "rshift": "right_shift",
}


class Scalar(FrameworkNumber):
    """A number of one of NumPy's classes."""

    __slots__ = ()

    framework = numpy

    def __repr__(self) -> str:
        return f"np.{self.kind}({plain(self)!r})"

    def __str__(self) -> str:
        return str(plain(self))

    def __format__(self, specification: str) -> str:
        return format(plain(self), specification)

    def __neg__(self) -> Any:
        if self.kind == "bool":
            raise TypeError("the negative of a bool")
        return scalar(KEEPING["negative"](plain(self)), self.kind)

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return scalar(abs(plain(self)), self.kind)

    def __invert__(self) -> Any:
        return scalar(not plain(self), "bool") if self.kind == "bool" else scalar(~cast(int, plain(self)), self.kind)

    def __round__(self, digits: int | None = None) -> Any:
        if self.kind == "bool":
            return Unknown("a rounded bool")
        if digits is None:
            return round(plain(self))
        return scalar(to_decimals(plain(self), digits), self.kind)


def plain(value: Any) -> Any:
    """The Python number in a scalar; other values as they are."""
    if not isinstance(value, Scalar):
        return value
    if value.kind == "bool":
        return int.__ne__(cast(int, value), 0)
    return float.__float__(value) if isinstance(value, float) else int.__int__(cast(int, value))


def to_decimals(value: float, digits: int) -> float:
    """Rounded to decimals by a multiplication and a division, as NumPy does it; whole numbers as they are for digits behind the point."""
    if isinstance(value, int):
        return value if digits >= 0 else int(nearest(value / 10**-digits)) * 10**-digits
    if digits >= 0:
        scaled = value * 10.0**digits
        return float(nearest(scaled)) / 10.0**digits if math.isfinite(scaled) else value
    return float(nearest(value / 10.0**-digits)) * 10.0**-digits


def binary_operator(kind: str, is_reflected: bool) -> Callable[[Any, Any], Any]:
    def compute(self: Any, other: Any) -> Any:
        if not isinstance(other, (int, float)):
            return NotImplemented
        left, right = (other, self) if is_reflected else (self, other)
        dtype = common_dtype([left, right])
        if kind == "true_divide" and dtype is not None:
            dtype = quotient_dtype(dtype)
        if dtype == "bool" and kind in ("subtract", "floor_divide", "remainder", "power"):
            dtype = "int8"
        if not fits(left, dtype) or not fits(right, dtype):
            return Unknown(f"a number of {dtype} and one that is too large for it")
        a, b = operands_in(dtype, plain(left), plain(right))
        return scalar(ARITHMETIC[kind](a, b), dtype)

    return compute


def fits(value: Value, dtype: str | None) -> bool:
    """Whether a dtype of whole numbers has Python's number; newer versions of NumPy raise else, older ones take a wider dtype."""
    if dtype not in INTEGERS or not isinstance(value, int) or isinstance(value, (bool, FrameworkNumber)):
        return True
    return wrapped(value, INTEGERS[dtype]) == value


def operands_in(dtype: str | None, *values: Any) -> list[Any]:
    """Numbers as the common dtype has them, so that whole numbers beside floats count as floats."""
    return [rounded(value, dtype) if dtype in FLOATS else value for value in values]


for _name, _kind in OPERATORS.items():
    setattr(Scalar, f"__{_name}__", binary_operator(_kind, False))
    setattr(Scalar, f"__r{_name}__", binary_operator(_kind, True))

CLASSES: dict[str, type] = {
    name: type(name, (Scalar, float if name in FLOATS else int), {"__slots__": (), "kind": name}) for name in (*FLOATS, *INTEGERS, "bool")
}


def scalar(value: Value, dtype: str | None) -> Value:
    """A number of this dtype; a symbolic size as it is; Unknown for what is not known."""
    if isinstance(value, Expression):
        return value
    number = rounded(value, dtype)
    if number is None or dtype not in CLASSES:
        return Unknown("a number that NumPy computes")
    return CLASSES[dtype](number)
