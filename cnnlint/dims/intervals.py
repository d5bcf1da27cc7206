"""Interval arithmetic on (lower, upper) pairs of numbers, where None stands for "unbounded on this side".

Floats are sound here without directed rounding: rounding is monotone, so the rounded value of a monotone
operation lies between the rounded values at the ends.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

Bound: TypeAlias = int | float | None
Interval: TypeAlias = tuple[Bound, Bound]

EVERYTHING: Interval = (None, None)


def interval_sum(a: Interval, b: Interval) -> Interval:
    """The interval of x + y."""
    low = None if a[0] is None or b[0] is None else a[0] + b[0]
    high = None if a[1] is None or b[1] is None else a[1] + b[1]
    return low, high


def interval_negative(a: Interval) -> Interval:
    """The interval of -x."""
    return (None if a[1] is None else -a[1]), (None if a[0] is None else -a[0])


def interval_product(a: Interval, b: Interval) -> Interval:
    """The interval of x * y."""
    if a[0] is not None and b[0] is not None and a[0] >= 0 and b[0] >= 0:  # sizes: nearly always
        high = None if a[1] is None or b[1] is None else a[1] * b[1]
        return a[0] * b[0], 0 if high is None and (a[1] == 0 or b[1] == 0) else high
    return _product_low(a, b), _negated(_product_low(interval_negative(a), b))


def interval_power(a: Interval, power: int) -> Interval:
    """The interval of x ** power, for an integer power of at least 1."""
    result = a
    for _ in range(power - 1):
        result = interval_product(result, a)
    if power % 2 == 0 and (result[0] is None or result[0] < 0):
        result = (0, result[1])
    return result


def interval_quotient(a: Interval, b: Interval) -> Interval:
    """The interval of x // y for integers; unbounded where y may be 0."""
    if b[1] is not None and b[1] < 0:
        a, b = interval_negative(a), interval_negative(b)
    if b[0] is None or b[0] < 1:
        return EVERYTHING
    if a[0] is None:
        low = None
    elif a[0] < 0:
        low = a[0] // b[0]
    else:
        low = 0 if b[1] is None else a[0] // b[1]
    if a[1] is None:
        high = None
    elif a[1] >= 0:
        high = a[1] // b[0]
    else:
        high = -1 if b[1] is None else a[1] // b[1]
    return low, high


def interval_true_quotient(a: Interval, b: Interval) -> Interval:
    """The interval of x / y; unbounded where y may be 0."""
    if b[1] is not None and b[1] < 0:
        a, b = interval_negative(a), interval_negative(b)
    if b[0] is None or b[0] <= 0:
        return EVERYTHING
    if a[0] is None:
        low = None
    elif a[0] < 0:
        low = _ratio(a[0], b[0])
    else:
        low = 0 if b[1] is None else _ratio(a[0], b[1])
    if a[1] is None:
        high = None
    elif a[1] > 0:
        high = _ratio(a[1], b[0])
    else:
        high = 0 if b[1] is None else _ratio(a[1], b[1])
    return low, high


def interval_minimum(intervals: Iterable[Interval]) -> Interval:
    """The interval of min(x, y, ...)."""
    lows, highs = zip(*intervals, strict=True)
    known = [high for high in highs if high is not None]
    return (None if None in lows else min(lows)), (min(known) if known else None)


def interval_maximum(intervals: Iterable[Interval]) -> Interval:
    """The interval of max(x, y, ...)."""
    lows, highs = zip(*intervals, strict=True)
    known = [low for low in lows if low is not None]
    return (max(known) if known else None), (None if None in highs else max(highs))


def interval_union(a: Interval, b: Interval) -> Interval:
    """The smallest interval that holds both."""
    low = None if a[0] is None or b[0] is None else min(a[0], b[0])
    high = None if a[1] is None or b[1] is None else max(a[1], b[1])
    return low, high


def interval_image(function: Callable[[float], float], a: Interval) -> Interval:
    """The interval of f(x) for a rising f; an end where f fails is unbounded."""
    return _applied(function, a[0]), _applied(function, a[1])


def _applied(function: Callable[[float], float], bound: Bound) -> Bound:
    if bound is None:
        return None
    try:
        return function(bound)
    except (ArithmeticError, ValueError):
        return None


def _ratio(a: float, b: float) -> Bound:
    try:
        return a / b
    except OverflowError:
        return None


def _negated(bound: Bound) -> Bound:
    return None if bound is None else -bound


def _product_low(a: Interval, b: Interval) -> Bound:
    """The least of the four products of ends, an infinite end times 0 being 0."""
    products = []
    for x, x_sign in ((a[0], -1), (a[1], 1)):
        for y, y_sign in ((b[0], -1), (b[1], 1)):
            if x is not None and y is not None:
                products.append(x * y)
            elif x == 0 or y == 0:
                products.append(0)
            elif (x_sign if x is None else x) * (y_sign if y is None else y) < 0:
                return None
    return min(products) if products else None
