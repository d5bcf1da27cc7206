"""The shape that a tensor has after `view` or `reshape`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cnnlint.dims.expression import Dim, exactly_divided, unknown_size
from cnnlint.dims.proof import differ, equal
from cnnlint.dims.shape import Shape
from cnnlint.dims.vector import product
from cnnlint.record import value


class CountMismatch(ValueError):
    """A number of elements that is proven not to be the one a shape asks for (or, with a -1, no multiple of it)."""

    def __init__(self, have: Dim, want: Dim) -> None:
        super().__init__(f"{have} elements for a shape of {want}")
        self.have = have
        self.want = want

    def __reduce__(self) -> tuple[type[CountMismatch], tuple[Dim, Dim]]:
        return CountMismatch, (self.have, self.want)


def reshape(shape: Shape, target: Iterable[Dim]) -> Shape:
    """The shape with the sizes of `target`, of which one may be -1: what is left for it.

    An axis that merges several axes keeps them as its factors. Raises CountMismatch where the numbers of elements are
    proven to differ, or for a -1 that 0 elements leave open; ValueError for a second -1 or another negative size.
    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html
    """
    dims = list(target)
    open_axes = [place for place, dim in enumerate(dims) if dim == -1]
    if len(open_axes) > 1:
        raise ValueError("only one size can be inferred")
    for dim in dims:
        if isinstance(dim, int) and dim < -1:
            raise ValueError(f"invalid size {dim}")
    if open_axes:
        dims[open_axes[0]] = _left_over(shape, product(dim for place, dim in enumerate(dims) if place != open_axes[0]))
    elif not shape.leading and differ(shape.numel, product(dims)):
        raise CountMismatch(shape.numel, product(dims))
    return Shape(tuple(dims), False, {} if shape.leading else _merged_factors(shape, dims))


def _left_over(shape: Shape, rest: Dim) -> Dim:
    """The size that -1 stands for, beside `rest` elements of the other axes."""
    have = shape.numel
    if rest == 0:
        raise CountMismatch(have, rest)
    if shape.leading:
        return unknown_size("reshaping a shape whose number of axes is unknown")
    if isinstance(rest, int) and differ(have % rest, 0):
        raise CountMismatch(have, rest)
    exact = exactly_divided(have, rest)
    if exact is not None:  # where the rest is 0 nothing can be inferred
        return exact
    size = have // rest
    if not isinstance(rest, int) and differ(size * rest, have):
        raise CountMismatch(have, rest)
    return size


@value
class _Merge:
    """Axes `start` to `stop` of the old shape (the latter not counted in) that make up one axis of the new one."""

    axis: int
    start: int
    stop: int


def _merged_factors(shape: Shape, dims: Sequence[Dim]) -> dict[int, tuple[Dim, ...]]:
    """For each new axis that is exactly a merge of consecutive old ones, the sizes of those."""
    count = len(shape.dims)
    merges = _merges(shape.dims, dims)
    if len(merges) < len(dims):
        backward = _merges(shape.dims[::-1], dims[::-1])
        mirrored = [_Merge(len(dims) - 1 - merge.axis, count - merge.stop, count - merge.start) for merge in backward]
        merges += [merge for merge in mirrored if all(merge.axis != other.axis for other in merges)]
    factors = {}
    for merge in merges:
        sizes = shape.expanded(range(merge.start, merge.stop))
        if len(sizes) > 1:
            factors[merge.axis - len(dims)] = sizes
    return factors


def _merges(old: Sequence[Dim], new: Sequence[Dim]) -> list[_Merge]:
    """The merges from axis 0 on, up to the first new axis that is none."""
    merges: list[_Merge] = []
    start = 0
    for axis, dim in enumerate(new):
        is_last = axis == len(new) - 1
        stop, count = start, _ONE
        while stop < len(old) and (is_last or not equal(count, dim)):
            count = count * old[stop]
            stop += 1
        if not equal(count, dim):
            break
        merges.append(_Merge(axis, start, stop))
        start = stop
    return merges


_ONE: Dim = 1
