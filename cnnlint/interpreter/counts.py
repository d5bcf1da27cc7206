"""What a layer gets for the sizes of the input, counted."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence

from cnnlint.dims import Dim, Expression, evaluate, product, symbols
from cnnlint.failures import FeatureMismatch, NoValidInputSize

MOST_COUNTED = 1024
"""How far the sizes go for which it is counted what a layer gets."""


def is_spatial(name: str) -> bool:
    """Whether an axis that is so called is one of an image, a line or a volume; several inputs have theirs by `x.H`, or as `H2`."""
    return name.rpartition(".")[2].rstrip("0123456789") in ("D", "H", "W", "L")


def is_of_sizes(size: Dim) -> bool:
    """Whether a size depends on the input's spatial sizes, which are open, and on nothing else."""
    return isinstance(size, Expression) and all(found.kind == "size" and is_spatial(found.name) for found in symbols(size))


def no_valid_size(cause: object, condition: str) -> NoValidInputSize:
    """What comes of a demand that no size meets."""
    if not isinstance(cause, FeatureMismatch) or not isinstance(cause.expected, int):
        return NoValidInputSize(condition)
    factors = cause.factors or (cause.got,)
    nearest = tuple(nearest_counts(factors, cause.expected))
    return NoValidInputSize(
        condition, cause.expected, factors, nearest, argument=cause.argument, exception=cause.exception, output=cause.output
    )


def nearest_counts(factors: Sequence[Dim], expected: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The counts next below and above that some sizes give, each with these sizes, of all symbols in order."""
    open_ = [factor for factor in factors if isinstance(factor, Expression)]
    known = product(factor for factor in factors if not isinstance(factor, Expression))
    names = [symbols(factor) for factor in open_]
    pairs: dict[int, tuple[int, ...]] = {}
    if len(open_) == 2 and all(len(each) == 1 for each in names) and names[0] != names[1] and isinstance(known, int):
        first, second = (least_sizes(factor) for factor in open_)
        others = sorted(second)
        for count, size in first.items():
            at = bisect(others, expected // (known * count)) if known * count else 0
            for other in others[max(at - 1, 0) : at + 1]:
                total, sizes = known * count * other, (size, second[other])
                pairs[total] = min(pairs.get(total, sizes), sizes, key=max)  # the squarest
    else:
        pairs = {count: (size,) for count, size in least_sizes(product(factors)).items()}
    below, above = [count for count in pairs if count < expected], [count for count in pairs if count > expected]
    for count in (*([max(below)] if below else []), *([min(above)] if above else [])):
        yield count, pairs[count]


def least_sizes(count: Dim) -> dict[int, int]:
    """What a count comes to for the same size of all its symbols, each with the least such size."""
    found: dict[int, int] = {}
    for size in range(MOST_COUNTED, 0, -1):
        try:
            value = evaluate(count, dict.fromkeys(symbols(count), size))
        except ArithmeticError:
            continue
        if isinstance(value, int) and value > 0:
            found[value] = size
    return found
