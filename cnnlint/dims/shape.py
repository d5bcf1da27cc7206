"""Shapes of tensors, whose sizes may be symbolic and whose first axes may be unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import overload

from cnnlint.dims.expression import Dim, Expression, unknown_size
from cnnlint.dims.vector import Dims, product


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a tensor, `(batch, channels, *spatial)` for images.

    `leading`: an unknown number of further axes stands before `dims`; `Shape((), leading=True)` is any shape at all.
    `factors` says for an axis, counted from the end (-1, -2, ...), of which sizes it was merged; for messages
    (`16 * 6 * 6 = 576`), not compared.
    """

    dims: tuple[Dim, ...]
    leading: bool = False
    factors: Mapping[int, tuple[Dim, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def rank(self) -> int | None:
        """The number of axes; None if it is unknown."""
        return None if self.leading else len(self.dims)

    @property
    def batch(self) -> Dim:
        """The size of axis 0. Raises ValueError if the first axes are unknown, IndexError if there is none."""
        return self[0]

    @property
    def channels(self) -> Dim:
        """The size of axis 1, where channels stand second. Raises as `batch`."""
        return self[1]

    @property
    def spatial(self) -> Dims:
        """The sizes from axis 2 on, where channels stand second. Raises ValueError if the first axes are unknown."""
        return Dims(self._known_dims()[2:])

    @property
    def numel(self) -> Dim:
        """The number of elements; an unknown size if the first axes are unknown."""
        return unknown_size("the number of axes is unknown") if self.leading else product(self.dims)

    @property
    def is_known(self) -> bool:
        """Whether every axis and its size is a known number."""
        return not self.leading and not any(isinstance(dim, Expression) for dim in self.dims)

    def __len__(self) -> int:
        return len(self._known_dims())

    def __bool__(self) -> bool:
        return True  # a scalar's shape is a shape too

    def __iter__(self) -> Iterator[Dim]:
        return iter(self._known_dims())

    @overload
    def __getitem__(self, axis: int) -> Dim: ...
    @overload
    def __getitem__(self, axis: slice) -> Dims: ...
    def __getitem__(self, axis: int | slice) -> Dim | Dims:
        if isinstance(axis, slice):
            is_inside = axis.start is not None and -len(self.dims) <= axis.start < 0
            dims = self.dims if is_inside and (axis.stop is None or axis.stop < 0) else self._known_dims()
            return Dims(dims[axis])
        return self.dims[self._place(axis)]

    def __str__(self) -> str:
        texts = ["...", *map(str, self.dims)] if self.leading else list(map(str, self.dims))
        return f"({texts[0]},)" if len(texts) == 1 and not self.leading else f"({', '.join(texts)})"

    def with_(self, channels: Dim, spatial: tuple[Dim, ...] | Dim) -> Shape:
        """The shape `(batch, channels, *spatial)` with the same batch; one spatial size stands for one axis."""
        sizes = (spatial,) if isinstance(spatial, (int, Expression)) else tuple(spatial)
        if self.leading:
            return Shape((channels, *sizes), leading=True)
        return Shape((self.batch, channels, *sizes))

    def replaced(self, axis: int, dim: Dim) -> Shape:
        """The shape with another size at an axis. Raises IndexError if there is no such axis."""
        place = self._place(axis)
        dims = (*self.dims[:place], dim, *self.dims[place + 1 :])
        return Shape(dims, self.leading, {key: value for key, value in self.factors.items() if key != place - len(self.dims)})

    def inserted(self, axis: int, dim: Dim) -> Shape:
        """The shape with a new axis, which is then axis `axis`. Raises IndexError if that is out of range."""
        count = len(self.dims) + 1
        place = axis + count if axis < 0 else axis
        if self.leading and axis >= 0:
            raise ValueError("the number of axes is unknown")
        if not 0 <= place < count:
            raise IndexError(f"axis {axis} of a shape of {count - 1} axes")
        dims = (*self.dims[:place], dim, *self.dims[place:])
        behind = place - count  # the new axis, counted from the end
        return Shape(dims, self.leading, {key if key > behind else key - 1: value for key, value in self.factors.items()})

    def removed(self, axis: int) -> Shape:
        """The shape without an axis. Raises IndexError if there is no such axis."""
        place = self._place(axis)
        behind = place - len(self.dims)
        factors = {key if key > behind else key + 1: value for key, value in self.factors.items() if key != behind}
        return Shape((*self.dims[:place], *self.dims[place + 1 :]), self.leading, factors)

    def flattened(self, start: int = 0, end: int = -1) -> Shape:
        """The shape with the axes from `start` to `end`, both counted in, merged into one that keeps its factors.

        Raises IndexError for an axis out of range, ValueError if `start` stands behind `end`.
        """
        if self.leading and not -len(self.dims) <= start <= end < 0:
            return self._flattened_unknown(start, end)
        if not self.dims:
            return Shape((1,))
        first, last = self._place(start), self._place(end)
        if first > last:
            raise ValueError(f"axis {start} stands behind axis {end}")
        if first == last:
            return self
        gone = last - first
        factors = {key + gone if key < first - len(self.dims) else key: value for key, value in self.factors.items()}
        factors = {key: value for key, value in factors.items() if key != last - len(self.dims)}
        merged = self.expanded(range(first, last + 1))
        factors[last - len(self.dims)] = merged
        return Shape((*self.dims[:first], product(merged), *self.dims[last + 1 :]), self.leading, factors)

    def widened(self, other: Shape) -> Shape:
        """A shape that stands for both: a size on which they differ is unknown, and so are the axes that only one of them has."""
        count = min(len(self.dims), len(other.dims))
        pairs = zip(self.dims[len(self.dims) - count :], other.dims[len(other.dims) - count :], strict=True)
        dims = tuple(a if a == b else unknown_size("one of several sizes") for a, b in pairs)
        return Shape(dims, self.leading or other.leading or len(self.dims) != len(other.dims))

    def expanded(self, places: range) -> tuple[Dim, ...]:
        """The sizes at these places, those that were merged taken apart again."""
        result: list[Dim] = []
        for place in places:
            result += self.factors.get(place - len(self.dims), (self.dims[place],))
        return tuple(result)

    def _flattened_unknown(self, start: int, end: int) -> Shape:
        reason = "flattening a shape whose number of axes is unknown"
        if start >= 0 > end and -end <= len(self.dims) + 1:
            kept = self.dims[len(self.dims) + end + 1 :]
            return Shape((*(unknown_size(reason) for _ in range(start + 1)), *kept))
        return Shape((), leading=True)

    def _known_dims(self) -> tuple[Dim, ...]:
        if self.leading:
            raise ValueError("the number of axes is unknown")
        return self.dims

    def _place(self, axis: int) -> int:
        """The index into `dims` of an axis, which may be counted from the end."""
        if self.leading and axis >= 0:
            raise ValueError("the number of axes is unknown")
        place = axis + len(self.dims) if axis < 0 else axis
        if not 0 <= place < len(self.dims):
            raise IndexError(f"axis {axis} of a shape of {'at least ' if self.leading else ''}{len(self.dims)} axes")
        return place
