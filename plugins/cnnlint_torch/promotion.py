"""Which dtype a result has.

Source: https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import Expression, Tensor, Value
from cnnlint_torch.precision import FLOATING as SOME_FLOAT
from cnnlint_torch.precision import default_dtype

BOOL, INTEGER, FLOATING, COMPLEX = range(4)
INTEGERS = ("uint8", "int8", "int16", "int32", "int64")
FLOATS = ("float16", "bfloat16", "float32", "float64")


def category(dtype: str) -> int:
    if dtype == "bool":
        return BOOL
    if dtype.startswith("complex"):
        return COMPLEX
    return FLOATING if "float" in dtype else INTEGER


def wider(a: str, b: str) -> str | None:
    """The dtype of two tensors of the same number of axes; None for pairs that models hardly have."""
    if a == b:
        return a
    high, low = (a, b) if category(a) >= category(b) else (b, a)
    if category(high) > category(low):
        return high if category(high) < COMPLEX else None
    if category(a) == FLOATING and SOME_FLOAT in (a, b):
        return SOME_FLOAT
    if category(a) == FLOATING and {a, b} <= set(FLOATS):
        return "float32" if {a, b} == {"float16", "bfloat16"} else max(a, b, key=FLOATS.index)
    if {a, b} <= set(INTEGERS):
        return "int16" if {a, b} == {"uint8", "int8"} else max(a, b, key=INTEGERS.index)
    return None


def common_dtype(operands: Sequence[Value]) -> str | None:
    """The dtype of an operation on tensors and numbers; None where one is not known.

    Among tensors with axes the widest counts; scalars and numbers only where they are of a higher category.
    """
    groups: list[list[str]] = [[], [], []]
    for operand in operands:
        if isinstance(operand, Tensor):
            if operand.dtype is None or operand.shape.rank is None:
                return None
            groups[0 if operand.shape.rank else 1].append(operand.dtype)
        elif isinstance(operand, bool):
            groups[2].append("bool")
        elif isinstance(operand, (int, Expression)):
            groups[2].append("int64")
        elif isinstance(operand, float):
            groups[2].append(default_dtype())
        else:
            return None
    result: str | None = None
    for group in groups:
        here: str | None = None
        for dtype in group:
            here = dtype if here is None else wider(here, dtype)
            if here is None:
                return None
        if here is not None and (result is None or category(here) > category(result)):
            result = here
    return result


def divided(dtype: str | None) -> str | None:
    """The dtype of a quotient, a mean, a root: integers become floats."""
    if dtype is None or category(dtype) >= FLOATING:
        return dtype
    return default_dtype()
