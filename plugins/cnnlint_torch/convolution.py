"""Convolution layers and functions.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html and the pages beside it.
"""

from __future__ import annotations

from cnnlint.formulas import conv_macs, same_output, window_output
from cnnlint.plugin import (
    ChannelMismatch,
    Dim,
    Dims,
    EmptyOutput,
    InvalidArgument,
    Result,
    Shape,
    Tensor,
    Window,
    at_least,
    expect_divisible,
    expect_equal,
    expect_rank,
    greater,
)
from cnnlint_torch.framework import FACTORY, torch


def expect_window(I: Dims, K: Dims, S: Dims, P: Dims, D: Dims, O: Dims) -> None:  # noqa: E741, N803
    """Raises EmptyOutput where the dilated kernel is proven larger than the padded input."""
    for i, k, s, p, d, o in zip(I, K, S, P, D, O, strict=True):
        if greater(1, o):
            raise EmptyOutput(i, k, s, p, d, o, argument="kernel_size")


def expect_sizes(name: str, sizes: Dims, axes: int, least: int) -> None:
    """One size per spatial axis, each at least `least`.

    Raises InvalidArgument with the framework's RuntimeError.
    """
    if len(sizes) != axes:
        raise InvalidArgument(f"must have {axes} elements, but has {len(sizes)}", argument=name)
    for size in sizes:
        if greater(least, size):
            raise InvalidArgument(f"must be at least {least}, but is {size}", argument=name)


@torch.op("nn.functional.conv1d", "conv1d", spatial=1)
@torch.op("nn.functional.conv2d", "conv2d", spatial=2)
@torch.op("nn.functional.conv3d", "conv3d", spatial=3)
def conv(
    input: Tensor,  # noqa: A002  # the framework's name
    weight: Shape,
    bias: Shape | None = None,
    stride: Dims = 1,  # type: ignore[assignment]
    padding: Dims | str = 0,  # type: ignore[assignment]
    dilation: Dims = 1,  # type: ignore[assignment]
    groups: Dim = 1,
    *,
    spatial: int,
) -> Result:
    """O = (I - K + 2P) / S + 1, rounded down; the weight is (N, C, *K), C being the channels that one filter sees."""
    x = expect_rank(input, spatial + 2, spatial + 1)
    is_batched = len(x) == spatial + 2
    N, C, *kernel = weight
    K = Dims(kernel)
    expect_equal(C * groups, x[-spatial - 1], ChannelMismatch(C * groups, x[-spatial - 1], argument="in_channels"))
    expect_sizes("stride", stride, spatial, 1)
    expect_sizes("dilation", dilation, spatial, 1)
    I = x[-spatial:]  # noqa: E741
    if isinstance(padding, str):
        P = Dims.of(0, spatial)
        O = same_output(I, stride) if padding == "same" else window_output(I, K, stride, P, dilation)  # noqa: E741
    else:
        P = padding
        expect_sizes("padding", P, spatial, 0)
        O = window_output(I, K, stride, P, dilation)  # noqa: E741
        expect_window(I, K, stride, P, dilation, O)
    after = P + input.padded if input.padded is not None and len(input.padded) == spatial else P
    window = Window(I, K, stride, P, after, dilation, O, has_weights=True, rounds=padding != "same")
    batch = (x[0],) if is_batched else ()
    macs = conv_macs(K, C, N, O)
    return Result(Shape((*batch, N, *O)), macs=macs * batch_count(batch), window=window)


def batch_count(batch: tuple[Dim, ...]) -> Dim:
    """How often the work of one example is done: a symbolic batch counts 1."""
    return batch[0] if batch and isinstance(batch[0], int) else 1


@torch.layer("nn.Conv1d", spatial=1, counts_macs=True, hides=FACTORY)
@torch.layer("nn.Conv2d", spatial=2, counts_macs=True, hides=FACTORY)
@torch.layer("nn.Conv3d", spatial=3, counts_macs=True, hides=FACTORY)
class Conv:
    """W = K * C * N / groups, B = N. `padding_mode` changes no size; construction checks groups, modes and strings."""

    def parameters(
        in_channels: Dim,  # noqa: N805
        out_channels: Dim,
        kernel_size: Dims,
        stride: Dims = 1,  # type: ignore[assignment]
        padding: Dims | str = 0,  # type: ignore[assignment]
        dilation: Dims = 1,  # type: ignore[assignment]
        groups: Dim = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        *,
        spatial: int,
    ) -> dict[str, tuple[Dim, ...] | None]:
        if greater(1, groups):
            raise InvalidArgument(f"must be positive, but is {groups}", argument="groups", exception="ValueError")
        expect_divisible("in_channels", in_channels, groups)
        expect_divisible("out_channels", out_channels, groups)
        if isinstance(padding, str):
            if padding not in ("same", "valid"):
                raise InvalidArgument(f"must be 'same', 'valid' or sizes, but is {padding!r}", argument="padding", exception="ValueError")
            if padding == "same" and any(at_least(s, 2) for s in stride):
                raise InvalidArgument(f"must be 1 where padding is 'same', but is {stride[0]}", argument="stride", exception="ValueError")
        if padding_mode not in ("zeros", "reflect", "replicate", "circular"):
            raise InvalidArgument(
                f"must be 'zeros', 'reflect', 'replicate' or 'circular', but is {padding_mode!r}",
                argument="padding_mode",
                exception="ValueError",
            )
        for name, size in (("in_channels", in_channels), ("out_channels", out_channels)):
            if greater(0, size):
                raise InvalidArgument(f"must not be negative, but is {size}", argument=name)
        weight = (out_channels, in_channels // groups, *kernel_size)
        return {"weight": weight, "bias": (out_channels,) if bias else None}

    def attributes(**given: object) -> dict[str, object]:
        return {"transposed": False, "output_padding": (0,) * len(given["kernel_size"])}  # type: ignore[arg-type]

    def forward(self, input: Tensor) -> object:  # noqa: A002
        return conv(input, self.weight, self.bias, self.stride, self.padding, self.dilation, self.groups, spatial=self.spatial)  # type: ignore[attr-defined]
