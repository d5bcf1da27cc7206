"""Convolution layers, and the functions below them.

Sources: https://keras.io/api/layers/convolution_layers/ and https://keras.io/api/ops/nn/
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import axiswise, conv_macs, same_output, window_output
from cnnlint.plugin import (
    Built,
    ChannelMismatch,
    Dim,
    Dims,
    EmptyOutput,
    GroupsNotDividing,
    Operation,
    Result,
    Shape,
    Sliding,
    Tensor,
    Value,
    Window,
    equal,
    expect_equal,
    greater,
    per_example,
    remark,
)
from cnnlint_keras.activation import ALONG, GIVES, activated
from cnnlint_keras.faults import ChannelsFirstInput, PositionalStride
from cnnlint_keras.framework import BATCH, keras, layer, weighted
from cnnlint_keras.sizes import (
    INPUT,
    arranged,
    at_least_rank,
    channels_of,
    data_format,
    invalid,
    is_channels_first,
    known_word,
    one_size,
    per_axis,
    ranked,
    same_before,
    sized,
    spatial_axes,
    spatial_of,
    whole,
    word,
)


def batch_count(batch: Dim) -> Dim:
    """How often the work of one example is done: an open batch counts 1."""
    return per_example((batch,), BATCH)


def window_sizes(input: Tensor, I: Dims, K: Dims, S: Dims, D: Dims, padding: str, *, has_weights: bool) -> tuple[Dims, Window]:  # noqa: E741
    """The output sizes of a window that slides over spatial axes I, and what the rules about sizes are told.

    Raises EmptyOutput with Keras's ValueError where a kernel is larger than the image.
    """
    none = Dims.of(0, len(I))
    O = axiswise(window_output(I, K, S, none, D) if padding == "valid" else same_output(I, S))  # noqa: E741
    if padding == "valid":
        for i, k, s, d, o in zip(I, K, S, D, O, strict=True):
            if greater(1, o):
                raise EmptyOutput(i, k, s, 0, d, o, argument="kernel_size" if has_weights else "pool_size", exception="ValueError")
    padded = input.padded if input.padded is not None and len(input.padded) == len(I) else none
    return O, Window(I - padded, K, S, none, padded, D, O, has_weights=has_weights, rounds=padding == "valid")


def sliding(
    I: Dims,  # noqa: E741
    K: Dims,
    S: Dims,
    D: Dims,
    padding: str,
    first: bool,
    *,
    is_grouped: bool | None = None,
) -> Sliding:
    """How the elements below a window come about; without weights, where `is_grouped` is None, channels stay apart."""
    none = Dims.of(0, len(I))
    causal = Dims(d * (k - 1) for k, d in zip(K, D, strict=True))
    before = none if padding == "valid" else causal if padding == "causal" else same_before(I, K, S, D)
    channels = () if is_grouped is None else (1 if first else -1,)
    return Sliding(spatial_axes(len(I), first), K, S, before, D, channels, bool(is_grouped))


def convolved(inputs: Tensor, kernel: Tensor, strides: object, padding: object, first: object, dilation: object) -> Result:
    """O = (I - K) / S + 1, rounded down, or I / S, rounded up, with padding "same"; the kernel is (*K, C, N)."""
    *sizes, C, N = kernel.shape
    K, S, D = Dims(sizes), sized(strides), sized(dilation)
    shape = ranked(inputs, len(K) + 2)
    I, channels = spatial_of(shape, bool(first)), channels_of(shape, bool(first))  # noqa: E741
    O, window = window_sizes(inputs, I, K, S, D, known_word("padding", padding, "valid", "same", "causal"), has_weights=True)  # noqa: E741
    output = arranged(shape.batch, N, O, bool(first))
    expect_channels(C, channels, output)
    flow = sliding(I, K, S, D, str(padding), bool(first), is_grouped=not equal(C, channels))
    data = {GIVES: "affine", ALONG: -1 - len(K) if first else -1}
    return Result(output, macs=conv_macs(K, C, N, O) * batch_count(shape.batch), window=window, flow=flow, data=data)


def expect_channels(C: Dim, channels: Dim, output: Shape | None) -> None:
    """Raises ChannelMismatch where the filters, which see C channels, cannot share out those of the input."""
    if isinstance(C, int) and isinstance(channels, int) and C and channels % C == 0 and channels != C:
        return  # groups: each sees a part
    expect_equal(C, channels, ChannelMismatch(C, channels, exception="ValueError", output=output))


conv = Operation("conv", convolved, keras)


def expect_filters(filters: Value, groups: Value) -> None:
    """Raises GroupsNotDividing where the filters cannot be shared out to the groups, InvalidArgument where they are no sizes."""
    for name, value in (("filters", filters), ("groups", groups)):
        if value is not None:
            size = per_axis(name, value, 1, 1)[0]
            if name == "filters" and isinstance(value, float):
                raise invalid("filters", f"must be an int, but is {value}", "ValueError")
            if isinstance(size, int) and isinstance(groups, int) and name == "filters" and groups > 0 and size % groups:
                raise GroupsNotDividing(size, groups, argument="filters", exception="ValueError")


def expect_steps(strides: tuple[Dim, ...], dilation: tuple[Dim, ...]) -> None:
    """Raises InvalidArgument for steps in a dilated convolution."""
    if any(greater(s, 1) for s in strides) and any(greater(d, 1) for d in dilation):
        raise invalid("dilation_rate", f"must be 1 where strides are {shown(strides)}, but is {shown(dilation)}")


def remark_on_steps(kernel_size: Value, strides: Value, spatial: int) -> None:
    """Remarks where a stride by position looks like another side of the kernel, as Keras 1 had it.

    Even kernels of the size of their stride cut an image into patches.
    """
    if spatial > 1 and isinstance(kernel_size, int) and kernel_size == strides and kernel_size % 2 and kernel_size > 1:
        remark(PositionalStride(kernel_size, argument="strides", literal=("kernel_size", "strides"), positional="strides"))


def remark_on_input(inputs: Tensor) -> None:
    """Remarks where an image as the program states it seems to have its channels first."""
    shape = inputs.shape
    if inputs.data.get(INPUT) and shape.rank == 4:
        _, first, H, W = shape.dims
        if first in (1, 3) and isinstance(H, int) and H > 4 and H == W:
            remark(ChannelsFirstInput(shape))


def shown(sizes: tuple[Dim, ...]) -> str:
    """The sizes as the program may have written them."""
    return str(sizes[0]) if len({str(size) for size in sizes}) == 1 else f"({', '.join(map(str, sizes))})"


def standard_padding(padding: Value, *more: str) -> Value:
    """A padding word; a sequence of sizes is refused only when the layer runs. Raises InvalidArgument for another word."""
    return (
        word("padding", padding, "valid", "same", *more) if not isinstance(padding, tuple) and not hasattr(padding, "contents") else padding
    )


@layer("Conv1D", spatial=1, counts_macs=True, hides=weighted("kernel", "bias") + " lora_rank lora_alpha")
@layer("Conv2D", spatial=2, counts_macs=True, hides=weighted("kernel", "bias") + " lora_rank lora_alpha")
@layer("Conv3D", spatial=3, counts_macs=True, hides=weighted("kernel", "bias") + " lora_rank lora_alpha")
class Conv:
    """W = K * C * N / groups, B = N. The first call tells C."""

    def parameters(
        filters: object,
        kernel_size: object,
        strides: object = 1,
        padding: object = "valid",
        data_format: object = None,
        dilation_rate: object = 1,
        groups: object = 1,
        activation: object = None,
        use_bias: bool = True,
        *,
        spatial: int,
    ) -> dict[str, object]:
        return {}

    def attributes(
        filters: object,
        kernel_size: object,
        strides: object,
        padding: object,
        dilation_rate: object,
        groups: object,
        *,
        spatial: int,
        **given: Any,
    ) -> dict[str, object]:
        sizes = {
            "kernel_size": per_axis("kernel_size", kernel_size, spatial),
            "strides": per_axis("strides", strides, spatial),
            "dilation_rate": per_axis("dilation_rate", dilation_rate, spatial),
        }
        words = {
            "padding": standard_padding(padding, *(("causal",) if spatial == 1 else ())),
            "data_format": data_format(given["data_format"]),
        }
        if isinstance(groups, int) and groups < 1:
            raise invalid("groups", f"must be a positive int, but is {groups}")
        if not isinstance(filters, float):
            expect_filters(filters, groups)
        expect_steps(sizes["strides"], sizes["dilation_rate"])
        remark_on_steps(kernel_size, strides, spatial)
        return {**sizes, **words, "groups": one_size("groups", groups)}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        shape = at_least_rank(inputs, layer.spatial + 2)
        channels = channels_of(ranked(inputs, layer.spatial + 2) if shape.leading else shape, is_channels_first(layer))
        groups = layer.groups
        if isinstance(channels, int) and isinstance(groups, int) and channels % groups:
            raise invalid("groups", f"must divide the input channels: {channels} % {groups} = {channels % groups}")
        shape = ranked(inputs, layer.spatial + 2)
        N = whole("filters", layer.filters)
        kernel = (*layer.kernel_size, channels if groups == 1 else channels // groups, N)
        return Built({"kernel": kernel, "bias": (N,) if layer.use_bias else None})

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        first = is_channels_first(layer)
        if not first:
            remark_on_input(inputs)
        expect_built_for(layer, inputs, layer.spatial, first, layer.groups)
        return activated(layer, conv(inputs, layer.kernel, layer.strides, layer.padding, first, layer.dilation_rate))


def expect_built_for(layer: Any, inputs: Tensor, spatial: int, first: bool, groups: Dim = 1) -> None:
    """Raises ChannelMismatch where the layer was built for another number of channels than it gets."""
    shape = at_least_rank(inputs, spatial + 2)
    if len(shape.dims) == spatial + 2 and not shape.leading:
        C, channels = layer.kernel.shape.dims[-2] * groups, channels_of(shape, first)
        expect_equal(C, channels, ChannelMismatch(C, channels, exception="ValueError"))


keras.alias("layers.Conv1D", "layers.Convolution1D")
keras.alias("layers.Conv2D", "layers.Convolution2D")
keras.alias("layers.Conv3D", "layers.Convolution3D")
