"""Transposed convolution layers and functions.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html and the pages beside it.
"""

from __future__ import annotations

from cnnlint.formulas import axiswise, conv_macs, transposed_output
from cnnlint.plugin import (
    ChannelMismatch,
    Checkerboard,
    Dim,
    Dims,
    EmptyOutput,
    InvalidArgument,
    OperationFails,
    OutputPaddingTooLarge,
    Result,
    Shape,
    Spreading,
    Tensor,
    Value,
    Window,
    at_least,
    compare,
    differ,
    equal,
    every,
    expect_at_least,
    expect_equal,
    expect_rank,
    expect_that,
    greater,
    maximum,
    per_example,
    remark,
)
from cnnlint_torch.convolution import expect_filters, expect_groups, expect_weights, sizes_of
from cnnlint_torch.dtypes import product_dtype
from cnnlint_torch.framework import FACTORY, torch
from cnnlint_torch.sizes import allocated_size, expect_sizes, per_axis, read_sizes


@torch.op("nn.functional.conv_transpose1d", "conv_transpose1d", spatial=1)
@torch.op("nn.functional.conv_transpose2d", "conv_transpose2d", spatial=2)
@torch.op("nn.functional.conv_transpose3d", "conv_transpose3d", spatial=3)
def conv_transpose(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Dims = 1,  # type: ignore[assignment]
    padding: Dims = 0,  # type: ignore[assignment]
    output_padding: Dims = 0,  # type: ignore[assignment]
    groups: Dim = 1,
    dilation: Dims = 1,  # type: ignore[assignment]
    *,
    spatial: int,
) -> Result:
    """O = (I - 1) S - 2P + K + output_padding; the weight is (in_channels, N / groups, *K).

    MACs: every weight once for each input pixel.
    """
    x = expect_rank(input, spatial + 2, spatial + 1)
    C, filters, *kernel = expect_rank(weight, spatial + 2)
    K, N = Dims(kernel), filters * groups
    expect_sizes("kernel_size", K, spatial, 1)
    expect_sizes("stride", stride, spatial, 1)
    expect_sizes("dilation", dilation, spatial, 1)
    expect_sizes("padding", padding, spatial, 0)
    expect_sizes("output_padding", output_padding, spatial, 0)
    for extra, s, d in zip(output_padding, stride, dilation, strict=True):
        if at_least(extra, maximum(s, d)):
            raise OutputPaddingTooLarge(extra, s, d, argument="output_padding")
    expect_filters(N, groups, None if bias is None else bias.shape)
    I = Dims(x[-spatial:])  # noqa: E741
    O = axiswise(transposed_output(I, K, stride, padding, dilation, output_padding))  # noqa: E741
    batch, channels = x.dims[: -spatial - 1], x[-spatial - 1]
    output = Shape((*batch, N, *O))
    is_empty = any(greater(1, o) for o in O)
    expect_equal(C, channels, ChannelMismatch(C, channels, argument="in_channels", output=None if is_empty else output))
    for i, k, s, p, d, o in zip(I, K, stride, padding, dilation, O, strict=True):
        # a size of 0 passes in the kernels that are taken for several images or groups
        raises = any(greater(0, size) for size in O) or (equal(groups, 1) and all(equal(count, 1) for count in batch))
        expect_at_least(o, 1, EmptyOutput(i, k, s, p, d, o, raises=raises, argument="padding", output=None if raises else output))
    expect_weights(input, weight, bias, output)
    for k, s in zip(K, stride, strict=True):
        if greater(s, 1) and differ(k % s, 0):
            remark(Checkerboard(k, s, argument="kernel_size"))
            break
    window = Window(I, K, stride, padding, padding, dilation, O, has_weights=True, rounds=False)
    flow = Spreading(tuple(range(-spatial, 0)), K, stride, padding, dilation, (-spatial - 1,), is_grouped=not equal(groups, 1))
    macs = conv_macs(K, C, filters, I) * per_example(batch)
    return Result(output, macs=macs, window=window, dtype=product_dtype(input, weight), flow=flow)


def extra_for(x: Shape, output_size: tuple[Dim, ...], K: Dims, S: Dims, P: Dims, D: Dims, spatial: int) -> Dims:
    """The output padding that makes the output as large as asked for.

    Raises OperationFails with ValueError where it is proven to be out of reach.
    """
    wanted = output_size[-spatial:]
    if len(output_size) not in (spatial, len(x)):
        reason = f"must have {spatial} or {len(x)} elements, but has {len(output_size)}"
        raise InvalidArgument(reason, argument="output_size", exception="ValueError")
    least = axiswise(transposed_output(Dims(x[-spatial:]), K, S, P, D))
    for want, low, s in zip(wanted, least, S, strict=True):
        expect_that(
            every(compare(">=", want, low), compare("<", want, low + s)),
            OperationFails(
                f"an output size of {want} is asked for, but from {low} to {low + s - 1} are possible",
                argument="output_size",
                exception="ValueError",
            ),
        )
    return Dims(wanted) - least


@torch.layer("nn.ConvTranspose1d", spatial=1, counts_macs=True, hides=FACTORY)
@torch.layer("nn.ConvTranspose2d", spatial=2, counts_macs=True, hides=FACTORY)
@torch.layer("nn.ConvTranspose3d", spatial=3, counts_macs=True, hides=FACTORY)
class ConvTranspose:
    """W = K * C * N / groups, stored as (C, N / groups, *K); B = N."""

    def parameters(
        in_channels: object,
        out_channels: object,
        kernel_size: object,
        stride: object = 1,
        padding: object = 0,
        output_padding: object = 0,
        groups: object = 1,
        bias: bool = True,
        dilation: object = 1,
        padding_mode: object = "zeros",
        *,
        spatial: int,
    ) -> dict[str, tuple[Dim, ...] | None]:
        if isinstance(padding_mode, str) and padding_mode != "zeros":
            raise InvalidArgument(f"must be 'zeros', but is {padding_mode!r}", argument="padding_mode", exception="ValueError")
        C, N, number = expect_groups(in_channels, out_channels, groups)
        channels, filters = allocated_size("in_channels", C), allocated_size("out_channels", N)
        kernel = (allocated_size("kernel_size", size) for size in sizes_of(kernel_size, spatial))
        return {"weight": (channels, filters // number, *kernel), "bias": (filters,) if bias else None}

    def attributes(
        kernel_size: object,
        stride: object,
        padding: object,
        output_padding: object,
        dilation: object,
        *,
        spatial: int,
        **given: object,
    ) -> dict[str, object]:
        sizes = {"kernel_size": kernel_size, "stride": stride, "dilation": dilation, "output_padding": output_padding, "padding": padding}
        found: dict[str, object] = {name: per_axis(value, spatial) for name, value in sizes.items()}
        return {**found, "transposed": True}

    def forward(self, input: Tensor, output_size: Dims | None = None) -> Value:
        extra, spatial = self.output_padding, self.spatial  # type: ignore[attr-defined]
        stride, padding, dilation = self.stride, self.padding, self.dilation  # type: ignore[attr-defined]
        if isinstance(output_size, tuple):
            x = expect_rank(input, spatial + 2, spatial + 1)
            K = Dims(self.weight.shape.dims[2:])  # type: ignore[attr-defined]
            given = {"stride": stride, "padding": padding, "dilation": dilation}
            S, P, D = (read_sizes(name, sizes, spatial) for name, sizes in given.items())
            extra = extra_for(x, output_size, K, S, P, D, spatial)
        sizes, groups = (stride, padding, extra), self.groups  # type: ignore[attr-defined]
        return conv_transpose(input, self.weight, self.bias, *sizes, groups, dilation, spatial=spatial)  # type: ignore[attr-defined]
