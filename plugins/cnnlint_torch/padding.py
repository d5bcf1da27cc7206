"""Padding layers and `pad`.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html and
https://docs.pytorch.org/docs/stable/nn.html#padding-layers.
"""

from __future__ import annotations

from cnnlint.plugin import (
    Dim,
    Dims,
    InvalidArgument,
    OperationFails,
    Result,
    Shape,
    Sliding,
    Tensor,
    Value,
    WrongRank,
    at_least,
    expect_at_least,
    expect_rank,
    maximum,
)
from cnnlint_torch.framework import torch
from cnnlint_torch.sizes import per_axis

MODES = ("constant", "reflect", "replicate", "circular")


@torch.op("nn.functional.pad", "_C._nn.pad")
def pad(input: Tensor, pad: Dims, mode: str = "constant", value: object = None) -> Result:
    """`pad` holds the pixels before and after the last axis, then before and after the one before it, and so on.

    Negative ones crop. All modes but the constant one take only the spatial axes of an image, a line or a volume.
    """
    if not isinstance(pad, Dims):
        raise InvalidArgument(f"must be a tuple of ints, but is {pad}", argument="pad", exception="TypeError")
    if len(pad) % 2:
        raise InvalidArgument(f"must have an even number of elements, but has {len(pad)}", argument="pad")
    if mode not in MODES:
        raise InvalidArgument(f"must be one of {', '.join(MODES)}, but is {mode!r}", argument="mode", exception="NotImplementedError")
    axes = len(pad) // 2
    x = padded_input(input, axes, mode)
    if x is None:
        return Result(Shape((), leading=True))
    before, after = Dims(pad[::2][::-1]), Dims(pad[1::2][::-1])
    expect_padding(x, before, after, mode)
    sizes = x[len(x.dims) - axes :] if not x.leading else Dims(x.dims[-axes:])
    O = Dims(sizes) + before + after if axes else Dims(())  # noqa: E741
    least = 0 if mode == "constant" or all(at_least(0, size) for size in pad) else 1
    for i, o in zip(sizes, O, strict=True):
        reason = f"padding by {pad} leaves {o} of {i} pixels of {x}"
        expect_at_least(o, least, OperationFails(reason, argument="pad"))
    kept = x.dims[: len(x.dims) - axes]
    factors = {axis: merged for axis, merged in x.factors.items() if axis < -axes}
    ones = Dims.of(1, axes)
    flow = Sliding(tuple(range(-axes, 0)), ones, ones, before, ones) if axes else None
    return Result(Shape((*kept, *O), x.leading, factors), padded=padded_behind(input, x, after), flow=flow)


def padded_input(input: Tensor, axes: int, mode: str) -> Shape | None:
    """The input's shape with at least `axes` known axes; None where nothing is known of it.

    Raises WrongRank for a number of axes that the mode doesn't take.
    """
    x = input.shape
    if mode != "constant":
        if axes not in (1, 2, 3):
            raise InvalidArgument(
                f"must have 2, 4 or 6 elements in this mode, but has {2 * axes}", argument="pad", exception="NotImplementedError"
            )
        return expect_rank(input, axes + 2, axes + 1, exception="NotImplementedError")
    if x.rank is not None:
        if axes > x.rank:
            raise WrongRank(f"at least {axes}", x)
        return x
    return x if len(x.dims) >= axes else None


def expect_padding(x: Shape, before: Dims, after: Dims, mode: str) -> None:
    """Raises OperationFails where a mode needs more pixels than the input has."""
    axes = len(before)
    for i, first, last in zip(x.dims[len(x.dims) - axes :], before, after, strict=True):
        for size in (first, last):
            if mode == "reflect":
                reason = f"reflecting needs more than {size} pixels, but there are {i} in {x}"
                expect_at_least(i, size + 1, OperationFails(reason, argument="padding"))
            if mode == "circular":
                reason = f"wrapping around needs at least {size} pixels, but there are {i} in {x}"
                expect_at_least(i, size, OperationFails(reason, argument="padding"))


def padded_behind(input: Tensor, x: Shape, after: Dims) -> Dims:
    """The explicit padding behind the spatial axes: that of this operation and of those before it."""
    axes = max(len(x.dims) - 2, 1) if not x.leading and len(x.dims) > 2 else len(after)
    sizes: list[Dim] = [*((0,) * (axes - len(after))), *after][-axes:]
    earlier = input.padded if input.padded is not None and len(input.padded) == len(sizes) else Dims.of(0, len(sizes))
    return Dims(maximum(size, 0) + old for size, old in zip(sizes, earlier, strict=True))


def checked(input: Tensor, padding: Value, mode: str, ranks: tuple[int, ...] | None) -> Value:
    if ranks is not None:
        expect_rank(input, *ranks, exception="ValueError")
    return pad(input, padding, mode)


@torch.layer("nn.ZeroPad1d", axes=1, mode="constant", ranks=None)
@torch.layer("nn.ZeroPad2d", axes=2, mode="constant", ranks=None)
@torch.layer("nn.ZeroPad3d", axes=3, mode="constant", ranks=None)
@torch.layer("nn.ReflectionPad1d", axes=1, mode="reflect", ranks=None)
@torch.layer("nn.ReflectionPad2d", axes=2, mode="reflect", ranks=None)
@torch.layer("nn.ReflectionPad3d", axes=3, mode="reflect", ranks=None)
@torch.layer("nn.ReplicationPad1d", axes=1, mode="replicate", ranks=None)
@torch.layer("nn.ReplicationPad2d", axes=2, mode="replicate", ranks=None)
@torch.layer("nn.ReplicationPad3d", axes=3, mode="replicate", ranks=None)
@torch.layer("nn.CircularPad1d", axes=1, mode="circular", ranks=(3, 2))
@torch.layer("nn.CircularPad2d", axes=2, mode="circular", ranks=(4, 3))
@torch.layer("nn.CircularPad3d", axes=3, mode="circular", ranks=(5, 4))
class Pad:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.ZeroPad2d.html and the pages of its siblings."""

    def parameters(padding: object) -> None:
        return None

    def attributes(padding: object, *, axes: int) -> dict[str, object]:
        return {"padding": per_axis(padding, 2 * axes)}

    def forward(self, input: Tensor) -> Value:
        return checked(input, self.padding, self.mode, self.ranks)  # type: ignore[attr-defined]


@torch.layer("nn.ConstantPad1d", axes=1)
@torch.layer("nn.ConstantPad2d", axes=2)
@torch.layer("nn.ConstantPad3d", axes=3)
class ConstantPad:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.ConstantPad2d.html"""

    def parameters(padding: object, value: object) -> None:
        return None

    def attributes(padding: object, value: object, *, axes: int) -> dict[str, object]:
        return {"padding": per_axis(padding, 2 * axes)}

    def forward(self, input: Tensor) -> Value:
        return checked(input, self.padding, "constant", None)  # type: ignore[attr-defined]
