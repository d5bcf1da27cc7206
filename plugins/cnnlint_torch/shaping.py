"""Layers that only move elements, and the functions below them.

Source: https://docs.pytorch.org/docs/stable/nn.html#utilities and the pages named at each.
"""

from __future__ import annotations

from cnnlint.formulas import axiswise, window_output
from cnnlint.plugin import (
    Dim,
    Dims,
    EmptyOutput,
    Enlarged,
    InvalidArgument,
    OperationFails,
    Result,
    Shape,
    Shuffled,
    ShuffleNotDividing,
    Sliding,
    Tensor,
    Value,
    WrongRank,
    expect_at_least,
    expect_equal,
    expect_multiple,
    expect_rank,
    greater,
    nearest_taps,
    product,
)
from cnnlint_torch.framework import torch
from cnnlint_torch.pooling import expect_elements
from cnnlint_torch.reshaping import flatten, unflatten
from cnnlint_torch.sizes import expect_sizes, per_axis


@torch.layer("nn.Identity")
class Identity:
    """It takes any arguments and ignores them.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.Identity.html
    """

    def parameters(*args: object, **kwargs: object) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return input


@torch.layer("nn.Flatten")
class Flatten:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Flatten.html"""

    def parameters(start_dim: object = 1, end_dim: object = -1) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return flatten(input, self.start_dim, self.end_dim)  # type: ignore[attr-defined]


@torch.layer("nn.Unflatten")
class Unflatten:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Unflatten.html"""

    def parameters(dim: object, unflattened_size: object) -> None:
        if isinstance(unflattened_size, (int, float, str)):
            reason = f"must be a tuple of ints, but is {unflattened_size}"
            raise InvalidArgument(reason, argument="unflattened_size", exception="TypeError")

    def forward(self, input: Tensor) -> Value:
        return unflatten(input, self.dim, self.unflattened_size)  # type: ignore[attr-defined]


def expect_factor(name: str, factor: Dim, x: Shape) -> None:
    """Raises InvalidArgument for a factor below 1, WrongRank for a tensor without channels, height and width."""
    if x.rank is not None and x.rank < 3:
        raise WrongRank("at least 3", x)
    if greater(1, factor):
        raise InvalidArgument(f"must be positive, but is {factor}", argument=name)


@torch.op("nn.functional.pixel_shuffle", "pixel_shuffle")
def pixel_shuffle(input: Tensor, upscale_factor: Dim) -> Result:
    """(*, C r^2, H, W) becomes (*, C, H r, W r).

    https://docs.pytorch.org/docs/stable/generated/torch.nn.PixelShuffle.html
    """
    r, x = upscale_factor, input.shape
    expect_factor("upscale_factor", r, x)
    x = expect_rank(input, 4) if len(x.dims) < 3 else x
    C, H, W = x.dims[-3:]
    formula = f"upscale_factor * upscale_factor = {r} * {r}"
    expect_multiple(C, r * r, ShuffleNotDividing(C, r * r, formula, "channels", argument="upscale_factor"))
    taps = (nearest_taps(r),) * 2 if isinstance(r, int) else ()
    flow = Enlarged((-2, -1), taps, mixed=(-3,)) if taps else None
    return Result(Shape((*x.dims[:-3], C // (r * r), H * r, W * r), x.leading), flow=flow)


@torch.op("nn.functional.pixel_unshuffle", "pixel_unshuffle")
def pixel_unshuffle(input: Tensor, downscale_factor: Dim) -> Result:
    """(*, C, H r, W r) becomes (*, C r^2, H, W).

    https://docs.pytorch.org/docs/stable/generated/torch.nn.PixelUnshuffle.html
    """
    r, x = downscale_factor, input.shape
    expect_factor("downscale_factor", r, x)
    x = expect_rank(input, 4) if len(x.dims) < 3 else x
    C, H, W = x.dims[-3:]
    for size in (H, W):
        expect_multiple(size, r, ShuffleNotDividing(size, r, "downscale_factor", "pixels", argument="downscale_factor"))
    blocks, none, ones = Dims.of(r, 2), Dims.of(0, 2), Dims.of(1, 2)
    flow = Sliding((-2, -1), blocks, blocks, none, ones, (-3,), is_grouped=True)
    return Result(Shape((*x.dims[:-3], C * r * r, H // r, W // r), x.leading), flow=flow)


@torch.op("nn.functional.channel_shuffle", "nn.functional.native_channel_shuffle", "channel_shuffle", "native_channel_shuffle")
def channel_shuffle(input: Tensor, groups: Dim) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.ChannelShuffle.html"""
    x = input.shape
    expect_factor("groups", groups, x)
    if not x.leading:
        expect_multiple(x[1], groups, ShuffleNotDividing(x[1], groups, "groups", "channels", argument="groups"))
    return Result(x, flow=Shuffled((1,)))


@torch.layer("nn.PixelShuffle")
class PixelShuffle:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.PixelShuffle.html"""

    def parameters(upscale_factor: object) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return pixel_shuffle(input, self.upscale_factor)  # type: ignore[attr-defined]


@torch.layer("nn.PixelUnshuffle")
class PixelUnshuffle:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.PixelUnshuffle.html"""

    def parameters(downscale_factor: object) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return pixel_unshuffle(input, self.downscale_factor)  # type: ignore[attr-defined]


@torch.layer("nn.ChannelShuffle")
class ChannelShuffle:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.ChannelShuffle.html"""

    def parameters(groups: object) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return channel_shuffle(input, self.groups)  # type: ignore[attr-defined]


def blocks_of(I: Dims, K: Dims, D: Dims, P: Dims, S: Dims) -> Dims:  # noqa: E741
    """How many blocks there are on each axis.

    Raises InvalidArgument and EmptyOutput.
    """
    for name, sizes, least in (("kernel_size", K, 1), ("stride", S, 1), ("dilation", D, 1), ("padding", P, 0)):
        expect_sizes(name, sizes, 2, least)
    O = axiswise(window_output(I, K, S, P, D))  # noqa: E741
    for i, k, s, p, d, o in zip(I, K, S, P, D, O, strict=True):
        expect_at_least(o, 1, EmptyOutput(i, k, s, p, d, o, argument="kernel_size"))
    return O


@torch.op()
def unfolded(input: Tensor, kernel_size: Dims, dilation: Dims, padding: Dims, stride: Dims) -> Shape:
    x = expect_rank(input, 4, 3)
    expect_elements(x, 2)
    O = blocks_of(Dims(x[-2:]), kernel_size, dilation, padding, stride)  # noqa: E741
    return Shape((*x.dims[:-3], x[-3] * product(kernel_size), product(O)))


@torch.op()
def folded(input: Tensor, output_size: Dims, kernel_size: Dims, dilation: Dims, padding: Dims, stride: Dims) -> Shape:
    x = expect_rank(input, 3, 2)
    expect_elements(x, 1)
    expect_sizes("output_size", output_size, 2, 1)
    O = blocks_of(output_size, kernel_size, dilation, padding, stride)  # noqa: E741
    taps, count = product(kernel_size), product(O)
    reason = f"{x[-2]} channels are not divisible by a kernel of {taps} pixels"
    expect_multiple(x[-2], taps, OperationFails(reason, argument="kernel_size"))
    expect_equal(
        x[-1], count, OperationFails(f"{O[0]} * {O[1]} = {count} blocks are expected, but there are {x[-1]}", argument="output_size")
    )
    return Shape((*x.dims[:-2], x[-2] // taps, *output_size))


@torch.op("nn.functional.unfold")
def unfold(input: Tensor, kernel_size: object, dilation: object = 1, padding: object = 0, stride: object = 1) -> Value:
    """Each block of pixels becomes a column.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.unfold.html
    """
    return unfolded(input, *(per_axis(sizes, 2) for sizes in (kernel_size, dilation, padding, stride)))


@torch.op("nn.functional.fold")
def fold(input: Tensor, output_size: object, kernel_size: object, dilation: object = 1, padding: object = 0, stride: object = 1) -> Value:
    """Columns become blocks of pixels, which are added where they overlap.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.fold.html
    """
    return folded(input, *(per_axis(sizes, 2) for sizes in (output_size, kernel_size, dilation, padding, stride)))


@torch.layer("nn.Unfold")
class Unfold:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Unfold.html"""

    def parameters(kernel_size: object, dilation: object = 1, padding: object = 0, stride: object = 1) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)  # type: ignore[attr-defined]


@torch.layer("nn.Fold")
class Fold:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Fold.html"""

    def parameters(output_size: object, kernel_size: object, dilation: object = 1, padding: object = 0, stride: object = 1) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        sizes = (self.output_size, self.kernel_size, self.dilation, self.padding, self.stride)  # type: ignore[attr-defined]
        return fold(input, *sizes)
