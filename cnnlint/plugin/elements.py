"""Known elements of tensors, as machines compute them, and the items of what the program writes as a sequence."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cnnlint.values import ListValue, Value


def quotient(a: float, b: float) -> float:
    """A division of floats, by IEEE 754 where the divisor is 0."""
    if b == 0:
        return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1, b)
    return a / b


def wrapped(value: int, bits: int) -> int:
    """The integer modulo 2 to the bits, with a sign unless `bits` is negative."""
    if bits < 0:
        return value % (1 << -bits)
    half = 1 << (bits - 1)
    return (value + half) % (1 << bits) - half


def nested(values: Sequence[Value], sizes: Sequence[int]) -> Value:
    """The elements of a tensor, in order, as the lists in lists that `tolist` gives."""
    if not sizes:
        return values[0]
    step = len(values) // sizes[0] if sizes[0] else 0
    return ListValue([nested(values[place * step : (place + 1) * step], sizes[1:]) for place in range(sizes[0])])


def items_of(value: Value) -> Value:
    """What a list, tuple or range holds, as a tuple; any other value as it is."""
    items = value.contents if isinstance(value, ListValue) else value
    return tuple(items) if isinstance(items, (list, range)) else items
