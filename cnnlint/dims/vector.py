"""Sizes of several axes, with arithmetic per axis, so that a formula written once serves any number of them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any

from cnnlint.dims.expression import Dim, Expression


class Dims(tuple[Dim, ...]):
    """A tuple of sizes whose arithmetic goes axis by axis, against as many sizes or one for all.

    `+` adds and `*` multiplies: neither joins nor repeats. Raises ValueError for different lengths.
    """

    __slots__ = ()

    @classmethod
    def of(cls, value: Dim | Iterable[Dim], rank: int) -> Dims:
        """The value itself if it is a sequence of `rank` sizes, else one size `rank` times."""
        if isinstance(value, (int, Expression)):
            return cls((value,) * rank)
        dims = cls(value)
        if len(dims) != rank:
            raise ValueError(f"{len(dims)} sizes for {rank} axes")
        return dims

    def _with(self, other: object, function: Callable[[Any, Any], Dim], is_reflected: bool = False) -> Dims:
        if isinstance(other, (int, Expression)):
            others: tuple[Dim, ...] = (other,) * len(self)
        elif isinstance(other, tuple):
            others = other
        else:
            return NotImplemented  # type: ignore[no-any-return]  # Python's way of passing on
        if len(others) != len(self):
            raise ValueError(f"sizes of {len(self)} axes against sizes of {len(others)}")
        left, right = (others, self) if is_reflected else (self, others)
        return Dims(map(function, left, right))

    def __add__(self, other: object) -> Dims:
        return self._with(other, operator.add)

    def __radd__(self, other: object) -> Dims:
        return self._with(other, operator.add, is_reflected=True)

    def __sub__(self, other: object) -> Dims:
        return self._with(other, operator.sub)

    def __rsub__(self, other: object) -> Dims:
        return self._with(other, operator.sub, is_reflected=True)

    def __mul__(self, other: object) -> Dims:
        return self._with(other, operator.mul)

    def __rmul__(self, other: object) -> Dims:
        return self._with(other, operator.mul, is_reflected=True)

    def __floordiv__(self, other: object) -> Dims:
        return self._with(other, operator.floordiv)

    def __rfloordiv__(self, other: object) -> Dims:
        return self._with(other, operator.floordiv, is_reflected=True)

    def __mod__(self, other: object) -> Dims:
        return self._with(other, operator.mod)

    def __rmod__(self, other: object) -> Dims:
        return self._with(other, operator.mod, is_reflected=True)

    def __neg__(self) -> Dims:
        return Dims(-dim for dim in self)

    def __str__(self) -> str:
        return f"({self[0]},)" if len(self) == 1 else f"({', '.join(map(str, self))})"


def product(dims: Dim | Iterable[Dim]) -> Dim:
    """The product of all sizes: 1 for none, the size itself for a single one."""
    if isinstance(dims, (int, Expression)):
        return dims
    result: Dim = 1
    for dim in dims:
        result = result * dim
    return result
