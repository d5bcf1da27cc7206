"""How the elements of what an operation gives come from those of what it reads: what receptive fields are computed from.

An operation whose result says nothing of this is taken to mix what it reads in a way that is not known. Axes count from 0, or from the end
where they are negative; positions on an axis from 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from cnnlint.dims import Dim, Dims
from cnnlint.record import value


@value
class Elementwise:
    """Each element comes from those at its own place, the operands broadcast against each other."""


@value
class Regrouped:
    """The same elements in the same order under another shape."""


@value
class Reordered:
    """The axes in another order: axis i of the result is axis `order[i]` of the operand."""

    order: tuple[int, ...]


@value
class Mixing:
    """Each element comes from all along these axes of the result, which keeps the operand's shape but for the sizes of these axes."""

    axes: tuple[int, ...]


@value
class Reduced:
    """As `Mixing`, over axes that are gone or of size 1 afterwards."""

    axes: tuple[int, ...]
    keeps_axes: bool


@value
class Sliding:
    """A window that slides over some axes, and mixes all along `mixed` (of whose positions only some, where it `is_grouped`)."""

    axes: tuple[int, ...]
    kernel: Dims
    stride: Dims
    padding: Dims
    dilation: Dims
    mixed: tuple[int, ...] = ()
    is_grouped: bool = False


@value
class Spreading:
    """The transpose of a sliding window: position m gives to positions m S - P + k D."""

    axes: tuple[int, ...]
    kernel: Dims
    stride: Dims
    padding: Dims
    dilation: Dims
    mixed: tuple[int, ...] = ()
    is_grouped: bool = False


@value
class Enlarged:
    """Axes of which each position becomes `factor`: position i comes from the positions i // factor + first .. last, by i % factor."""

    axes: tuple[int, ...]
    taps: tuple[tuple[tuple[int, int], ...], ...]
    mixed: tuple[int, ...] = ()


@value
class Concatenated:
    """The operands one after another along an axis of the result; `is_new` where each operand lacks that axis."""

    axis: int
    is_new: bool = False


@value
class Sliced:
    """Parts of the operand: each axis of the result is one of its axes, from `start` in steps; None where the axis is new."""

    axes: tuple[tuple[int, Dim, Dim] | None, ...]


@value
class Shuffled:
    """The operand's shape, with its positions along these axes in another order."""

    axes: tuple[int, ...]


@value
class Product:
    """The matrix product of the last two axes of two operands."""


Flow: TypeAlias = (
    Elementwise | Regrouped | Reordered | Mixing | Reduced | Sliding | Spreading | Enlarged | Concatenated | Sliced | Shuffled | Product
)

ELEMENTWISE = Elementwise()
REGROUPED = Regrouped()


def nearest_taps(factor: int) -> tuple[tuple[int, int], ...]:
    """Of an axis enlarged by repeating each position."""
    return ((0, 0),) * factor


def linear_taps(factor: int) -> tuple[tuple[int, int], ...]:
    """Of an axis enlarged by linear interpolation between the middles of pixels: position i lies at (i + 1/2) / factor - 1/2."""
    taps = []
    for phase in range(factor):
        doubled = 2 * phase + 1 - factor  # the place times 2 * factor
        first, rest = divmod(doubled, 2 * factor)
        taps.append((first, first + (rest > 0)))
    return tuple(taps)


def flow_with_sizes(flow: Flow, size: Callable[[Dim], Dim]) -> Flow:
    """The flow with each of its sizes replaced by what `size` makes of it."""

    def each(sizes: Dims) -> Dims:
        return Dims(map(size, sizes))

    match flow:
        case Sliding() | Spreading():
            windows = (each(flow.kernel), each(flow.stride), each(flow.padding), each(flow.dilation))
            return type(flow)(flow.axes, *windows, flow.mixed, flow.is_grouped)
        case Sliced():
            return Sliced(tuple(part and (part[0], size(part[1]), size(part[2])) for part in flow.axes))
    return flow
