# ruff: noqa: E741  (I and O are the field's own letters)
"""Transposed convolutions.

Source: https://docs.jax.dev/en/latest/_autosummary/jax.lax.conv_transpose.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import axiswise, conv_macs, dilated
from cnnlint.plugin import (
    Built,
    ChannelMismatch,
    Dim,
    Dims,
    EmptyOutput,
    Operation,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    Window,
    expect_equal,
    greater,
    items_of,
    maximum,
    per_example,
)
from cnnlint_flax.convolution import as_settings, batched, layer_argument, pads_of
from cnnlint_flax.framework import FORMAT, INITIAL, flax, linen_layer, nnx_layer
from cnnlint_flax.sizes import features_of, invalid, per_axis, size_tuple
from cnnlint_flax.stored import weight


def output_sizes(I: Dims, K: Dims, S: Dims, padding: Value) -> Dims:
    """O = I S with "SAME", I S + max(K - S, 0) with "VALID", else (I - 1) S + 2 - K + P_before + P_after; K is the dilated kernel.

    Raises InvalidArgument for other words where there is a stride.
    """
    if isinstance(padding, str):
        if padding == "SAME" or padding == "CIRCULAR":
            return axiswise(I * S)
        if padding == "VALID":
            return axiswise(I * S) + Dims(map(larger, K - S))
        word = padding.upper()
        if word not in ("SAME", "VALID", "SAME_LOWER"):
            raise invalid("padding", f"must be 'SAME', 'VALID' or 'SAME_LOWER' or sizes, but is {padding!r}", "RuntimeError")
        if any(not (isinstance(s, int) and s == 1) for s in S):
            raise invalid("padding", f"must be 'SAME' or 'VALID' or sizes where there is a stride, but is {padding!r}")
        return I if word != "VALID" else I - K + 1
    before, after = pads_of("padding", padding, len(I))
    return axiswise((I - 1) * S + 2 - K + before + after)


def larger(dim: Dim) -> Dim:
    return dim if greater(dim, 0) else 0 if greater(1, dim) else maximum(dim, 0)


def transposed(x: Tensor, kernel: Tensor, settings: object) -> Result:
    """The kernel is (*K, C, N). Raises EmptyOutput where nothing is left: the framework goes on with a size of 0."""
    *sizes, C, N = kernel.shape
    S, D, padding = as_settings(settings)
    if isinstance(padding, Unknown):
        raise Undetermined(padding)
    batch, I, _ = batched(x, len(sizes))
    K = axiswise(dilated(Dims(sizes), D))
    O = output_sizes(I, K, S, padding)
    shape = Shape((*batch, *(0 if greater(1, o) else o for o in O), N))
    for i, k, s, d, o in zip(I, Dims(sizes), S, D, O, strict=True):
        if greater(1, o):
            raise EmptyOutput(i, k, s, 0, d, o, raises=False, argument="padding", output=shape)
    none = Dims.of(0, len(I))
    window = Window(I, Dims(sizes), S, none, none, D, O, has_weights=True, rounds=False)
    return Result(shape, macs=conv_macs(Dims(sizes), C, N, I) * per_example(batch), window=window)


conv_transpose = Operation("conv_transpose", transposed, flax)


def arguments_of(layer: Any) -> tuple[tuple[Dim, ...], tuple[Dims, Dims, Value]]:
    """The kernel's sizes; strides, dilation and padding."""
    K = size_tuple("kernel_size", layer.kernel_size)
    S, D = per_axis("strides", layer.strides, len(K)), per_axis("kernel_dilation", layer.kernel_dilation, len(K))
    if isinstance(items_of(layer.padding), (tuple, int)):
        pads_of("padding", layer.padding, len(K))
    return K, (S, D, layer.padding)


def kernel_shape(K: tuple[Dim, ...], C: Dim, N: Dim, is_transposed: Value) -> tuple[Dim, ...]:
    return (*K, N, C) if is_transposed is True else (*K, C, N)


def run(layer: Any, inputs: Tensor) -> Value:
    K, settings = arguments_of(layer)
    kernel = weight(layer, "kernel")
    channels = batched(inputs, len(K))[2]
    C, N = kernel.shape.dims[-2:] if layer.transpose_kernel is not True else kernel.shape.dims[:-3:-1]
    plain = Tensor(Shape((*K, C, N)), flax)
    output = transposed(inputs, plain, settings).shape if isinstance(settings[2], str) else None
    expect_equal(C, channels, ChannelMismatch(C, channels, exception="TypeError", output=output, argument=layer_argument(layer)))
    return conv_transpose(inputs, plain, settings)


@linen_layer("ConvTranspose", hides="", counts_macs=True, states_inputs=False)
class ConvTranspose:
    """W = K * C * N, B = N. The first call tells C."""

    def parameters(
        features: object,
        kernel_size: object,
        strides: object = None,
        padding: object = "SAME",
        kernel_dilation: object = None,
        use_bias: bool = True,
        mask: object = None,
        dtype: object = None,
        param_dtype: object = None,
        precision: object = None,
        kernel_init: object = None,
        bias_init: object = None,
        transpose_kernel: bool = False,
        promote_dtype: object = None,
        preferred_element_type: object = None,
    ) -> dict[str, object]:
        return {}

    def attributes(**given: object) -> dict[str, object]:
        names = "mask dtype param_dtype precision kernel_init bias_init promote_dtype preferred_element_type"
        return dict.fromkeys(names.split())

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        K, _ = arguments_of(layer)
        channels, N = batched(inputs, len(K))[2], features_of("features", layer.features)
        return Built({"kernel": kernel_shape(K, channels, N, layer.transpose_kernel), "bias": (N,) if layer.use_bias else None})

    def forward(self, inputs: Tensor) -> Value:
        return run(self, inputs)


@nnx_layer("ConvTranspose", hides=f"{FORMAT} {INITIAL} mask preferred_element_type", counts_macs=True, states_inputs=True)
class NnxConvTranspose:
    def parameters(
        in_features: object,
        out_features: object,
        kernel_size: object,
        strides: object = None,
        *,
        padding: object = "SAME",
        kernel_dilation: object = None,
        use_bias: bool = True,
        transpose_kernel: bool = False,
        rngs: object,
    ) -> dict[str, object]:
        C, N = features_of("in_features", in_features), features_of("out_features", out_features)
        K = size_tuple("kernel_size", kernel_size)
        return {"kernel": kernel_shape(K, C, N, transpose_kernel), "bias": (N,) if use_bias else None}

    def attributes(**given: object) -> dict[str, object]:
        return {"rngs": None}

    def forward(self, inputs: Tensor) -> Value:
        return run(self, inputs)


@flax.op("jax.lax.conv_transpose")
def lax_conv_transpose(lhs: Tensor, rhs: Tensor, strides: object, padding: object, *options: object, **named: object) -> Result:
    return Result(Shape((), leading=True))
