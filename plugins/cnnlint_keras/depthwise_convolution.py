"""Depthwise and separable convolutions.

Sources: https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/ and the pages beside it.
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import conv_macs
from cnnlint.plugin import Built, ChannelMismatch, Dims, Operation, Result, Tensor, Value, expect_equal
from cnnlint_keras.activation import activated
from cnnlint_keras.convolution import batch_count, sliding, standard_padding, window_sizes
from cnnlint_keras.framework import keras, layer, weighted
from cnnlint_keras.sizes import (
    arranged,
    at_least_rank,
    channels_of,
    data_format,
    is_channels_first,
    known_word,
    per_axis,
    ranked,
    sized,
    spatial_of,
    whole,
)


def depthwise(inputs: Tensor, kernel: Tensor, strides: object, padding: object, first: object, dilation: object) -> Result:
    """Each channel has filters of its own, `depth_multiplier` of them; the kernel is (*K, C, depth_multiplier)."""
    *sizes, C, multiplier = kernel.shape
    K, S, D = Dims(sizes), sized(strides), sized(dilation)
    shape = ranked(inputs, len(K) + 2)
    channels = channels_of(shape, bool(first))
    O, window = window_sizes(  # noqa: E741
        inputs, spatial_of(shape, bool(first)), K, S, D, known_word("padding", padding, "valid", "same"), has_weights=True
    )
    output = arranged(shape.batch, C * multiplier, O, bool(first))
    expect_equal(C, channels, ChannelMismatch(C, channels, exception="ValueError", output=output))
    flow = sliding(spatial_of(shape, bool(first)), K, S, D, str(padding), bool(first), is_grouped=True)
    return Result(output, macs=conv_macs(K, 1, C * multiplier, O) * batch_count(shape.batch), window=window, flow=flow)


depthwise_conv = Operation("depthwise_conv", depthwise, keras)


def separable(
    inputs: Tensor, kernel: Tensor, pointwise: Tensor, strides: object, padding: object, first: object, dilation: object
) -> Result:
    """A depthwise convolution, then one of 1 x 1 over all its channels."""
    between = depthwise(inputs, kernel, strides, padding, first, dilation)
    shape, N = between.shape, pointwise.shape.dims[-1]
    O, C = spatial_of(shape, bool(first)), channels_of(shape, bool(first))  # noqa: E741
    macs = between.macs + conv_macs(Dims.of(1, len(O)), C, N, O) * batch_count(shape.batch)
    return Result(arranged(shape.batch, N, O, bool(first)), macs=macs, window=between.window, flow=between.flow)


separable_conv = Operation("separable_conv", separable, keras)


def normal_sizes(
    kernel_size: Value, strides: Value, dilation_rate: Value, padding: Value, format_: Value, spatial: int
) -> dict[str, object]:
    """The sizes and words in the form in which the layers keep them. Raises InvalidArgument."""
    return {
        "kernel_size": per_axis("kernel_size", kernel_size, spatial),
        "strides": per_axis("strides", strides, spatial),
        "dilation_rate": per_axis("dilation_rate", dilation_rate, spatial),
        "padding": standard_padding(padding),
        "data_format": data_format(format_),
    }


OLDER = " kernel_initializer kernel_regularizer kernel_constraint"
"""Taken by the layers of TensorFlow's Keras 2, which passed them on."""
DEPTHWISE = weighted("depthwise", "bias") + OLDER


@layer("DepthwiseConv1D", spatial=1, counts_macs=True, hides=DEPTHWISE)
@layer("DepthwiseConv2D", spatial=2, counts_macs=True, hides=DEPTHWISE)
class DepthwiseConv:
    """W = K * C * depth_multiplier, B = C * depth_multiplier."""

    def parameters(
        kernel_size: object,
        strides: object = 1,
        padding: object = "valid",
        depth_multiplier: object = 1,
        data_format: object = None,
        dilation_rate: object = 1,
        activation: object = None,
        use_bias: bool = True,
        *,
        spatial: int,
    ) -> dict[str, object]:
        return {}

    def attributes(
        kernel_size: object,
        strides: object,
        padding: object,
        depth_multiplier: object,
        dilation_rate: object,
        *,
        spatial: int,
        **given: Any,
    ) -> dict[str, object]:
        found = normal_sizes(kernel_size, strides, dilation_rate, padding, given["data_format"], spatial)
        return {**found, "depth_multiplier": whole("depth_multiplier", depth_multiplier)}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        at_least_rank(inputs, layer.spatial + 2)
        channels = channels_of(ranked(inputs, layer.spatial + 2), is_channels_first(layer))
        kernel = (*layer.kernel_size, channels, layer.depth_multiplier)
        return Built({"kernel": kernel, "bias": (channels * layer.depth_multiplier,) if layer.use_bias else None})

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        first = is_channels_first(layer)
        return activated(layer, depthwise_conv(inputs, layer.kernel, layer.strides, layer.padding, first, layer.dilation_rate))


SEPARABLE = weighted("depthwise", "pointwise", "bias") + OLDER


@layer("SeparableConv1D", spatial=1, counts_macs=True, hides=SEPARABLE)
@layer("SeparableConv2D", spatial=2, counts_macs=True, hides=SEPARABLE)
class SeparableConv:
    """W = K * C * depth_multiplier + C * depth_multiplier * N, B = N."""

    def parameters(
        filters: object,
        kernel_size: object,
        strides: object = 1,
        padding: object = "valid",
        data_format: object = None,
        dilation_rate: object = 1,
        depth_multiplier: object = 1,
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
        depth_multiplier: object,
        *,
        spatial: int,
        **given: Any,
    ) -> dict[str, object]:
        found = normal_sizes(kernel_size, strides, dilation_rate, padding, given["data_format"], spatial)
        return {**found, "depth_multiplier": whole("depth_multiplier", depth_multiplier), "filters": whole("filters", filters)}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        at_least_rank(inputs, layer.spatial + 2)
        channels = channels_of(ranked(inputs, layer.spatial + 2), is_channels_first(layer))
        N = layer.filters
        between = channels * layer.depth_multiplier
        return Built(
            {
                "depthwise_kernel": (*layer.kernel_size, channels, layer.depth_multiplier),
                "pointwise_kernel": (*(1,) * layer.spatial, between, N),
                "bias": (N,) if layer.use_bias else None,
            }
        )

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        weights = (layer.depthwise_kernel, layer.pointwise_kernel)
        first = is_channels_first(layer)
        return activated(layer, separable_conv(inputs, *weights, layer.strides, layer.padding, first, layer.dilation_rate))


keras.alias("layers.SeparableConv1D", "layers.SeparableConvolution1D")
keras.alias("layers.SeparableConv2D", "layers.SeparableConvolution2D")
keras.alias("layers.DepthwiseConv2D", "layers.DepthwiseConvolution2D")
