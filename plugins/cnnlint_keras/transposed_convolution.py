"""Transposed convolutions.

Source: https://keras.io/api/layers/convolution_layers/convolution2d_transpose/
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import axiswise, conv_macs, dilated
from cnnlint.plugin import (
    Built,
    ChannelMismatch,
    Dim,
    Dims,
    Operation,
    Result,
    Spreading,
    Tensor,
    Value,
    Window,
    at_least,
    expect_equal,
    maximum,
)
from cnnlint_keras.activation import activated
from cnnlint_keras.convolution import batch_count, expect_steps, standard_padding
from cnnlint_keras.framework import keras, layer, weighted
from cnnlint_keras.sizes import (
    arranged,
    at_least_rank,
    channels_of,
    data_format,
    invalid,
    is_channels_first,
    known_word,
    per_axis,
    ranked,
    sized,
    spatial_axes,
    spatial_of,
    whole,
)


def grown(I: Dim, K: Dim, S: Dim, D: Dim, padding: str, output_padding: Dim | None) -> Dim:  # noqa: E741
    """The output size of one axis; K is the dilated kernel.

    Without output padding I * S, and with padding "valid" what of the kernel goes beyond its step. With it
    (I - 1) S - 2P + K + output_padding, P being half the kernel, rounded down, where padding is "same".
    """
    K = dilated(K, D)  # type: ignore[assignment]
    if output_padding is None:
        return I * S if padding == "same" else I * S + maximum(K - S, 0)
    P = K // 2 if padding == "same" else 0
    return (I - 1) * S + K - 2 * P + output_padding


def transposed(
    inputs: Tensor, kernel: Tensor, strides: object, padding: object, output_padding: object, first: object, dilation: object
) -> Result:
    """The kernel is (*K, N, C); every input pixel spreads it over the output."""
    *sizes, N, C = kernel.shape
    K, S, D = Dims(sizes), sized(strides), sized(dilation)
    shape = ranked(inputs, len(K) + 2)
    I, channels = spatial_of(shape, bool(first)), channels_of(shape, bool(first))  # noqa: E741
    more = output_padding if isinstance(output_padding, tuple) else (None,) * len(K)
    mode = known_word("padding", padding, "valid", "same")
    O = Dims(grown(i, k, s, d, mode, p) for i, k, s, d, p in zip(I, K, S, D, more, strict=True))  # noqa: E741
    output = arranged(shape.batch, N, O, bool(first))
    expect_equal(C, channels, ChannelMismatch(C, channels, exception="ValueError", output=output))
    none = Dims.of(0, len(K))
    window = Window(I, K, S, none, none, D, O, has_weights=True, rounds=False)
    before = cut_before(I, axiswise(dilated(K, D)), S, mode) if output_padding is None else None
    flow = None if before is None else Spreading(spatial_axes(len(I), bool(first)), K, S, before, D, (1 if first else -1,))
    return Result(output, macs=conv_macs(K, C, N, I) * batch_count(shape.batch), window=window, flow=flow)


def cut_before(I: Dims, K: Dims, S: Dims, padding: str) -> Dims:  # noqa: E741
    """What is cut off before the output: nothing with padding "valid", else half of what is beyond I S; K is the dilated kernel."""
    if padding == "valid":
        return Dims.of(0, len(I))
    return Dims(maximum(k - s, 0) // 2 for k, s in zip(K, S, strict=True))


conv_transpose = Operation("conv_transpose", transposed, keras)
HIDES = weighted("kernel", "bias")


@layer("Conv1DTranspose", spatial=1, counts_macs=True, hides=HIDES)
@layer("Conv2DTranspose", spatial=2, counts_macs=True, hides=HIDES)
@layer("Conv3DTranspose", spatial=3, counts_macs=True, hides=HIDES)
class ConvTranspose:
    """W = K * C * N, B = N."""

    def parameters(
        filters: object,
        kernel_size: object,
        strides: object = 1,
        padding: object = "valid",
        output_padding: object = None,
        data_format: object = None,
        dilation_rate: object = 1,
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
        output_padding: object,
        dilation_rate: object,
        *,
        spatial: int,
        **given: Any,
    ) -> dict[str, object]:
        sizes: dict[str, Any] = {
            "kernel_size": per_axis("kernel_size", kernel_size, spatial),
            "strides": per_axis("strides", strides, spatial),
            "dilation_rate": per_axis("dilation_rate", dilation_rate, spatial),
            "output_padding": None if output_padding is None else per_axis("output_padding", output_padding, spatial, 0),
        }
        words = {"padding": standard_padding(padding), "data_format": data_format(given["data_format"])}
        if not isinstance(filters, float):
            whole("filters", filters)
        for more, stride in zip(sizes["output_padding"] or (), sizes["strides"], strict=False):
            if at_least(more, stride):
                raise invalid("output_padding", f"must be less than strides={stride}, but is {more}")
        expect_steps(sizes["strides"], sizes["dilation_rate"])
        return {**sizes, **words}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        at_least_rank(inputs, layer.spatial + 2)
        channels = channels_of(ranked(inputs, layer.spatial + 2), is_channels_first(layer))
        N = whole("filters", layer.filters)
        return Built({"kernel": (*layer.kernel_size, N, channels), "bias": (N,) if layer.use_bias else None})

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        sizes = (layer.strides, layer.padding, layer.output_padding, is_channels_first(layer), layer.dilation_rate)
        return activated(layer, conv_transpose(inputs, layer.kernel, *sizes))


for _rank in (1, 2, 3):
    keras.alias(f"layers.Conv{_rank}DTranspose", f"layers.Convolution{_rank}DTranspose")
