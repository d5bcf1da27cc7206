# ruff: noqa: E741  (I and O are the field's own letters)
"""Convolutions, plain and transposed.

Source: https://docs.kidger.site/equinox/api/nn/conv/
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import axiswise, conv_macs, same_output, transposed_output, window_output_between
from cnnlint.plugin import ChannelMismatch, Dim, Dims, GroupsNotDividing, Result, Tensor, Window, expect_equal
from cnnlint_equinox.framework import equinox
from cnnlint_equinox.sizes import arranged, example, expect_size, pads, without_key


def weights(C: Dim, N: Dim, K: Dims, groups: Dim, use_bias: bool) -> dict[str, tuple[Dim, ...] | None]:
    """W = K * C * N / groups, B = N, the bias with an axis of 1 for each axis of the kernel."""
    if isinstance(C, int) and isinstance(groups, int) and groups > 0 and C % groups:
        raise GroupsNotDividing(C, groups, argument="in_channels", exception="ValueError")
    return {"weight": (N, C // groups, *K), "bias": (N, *(1 for _ in K)) if use_bias else None}


@equinox.layer("nn.Conv1d", spatial=1, counts_macs=True)
@equinox.layer("nn.Conv2d", spatial=2, counts_macs=True)
@equinox.layer("nn.Conv3d", spatial=3, counts_macs=True)
class Conv:
    """O = (I - K + P_before + P_after) / S + 1, rounded down; of one example (in_channels, ...)."""

    def parameters(
        in_channels: Dim,
        out_channels: Dim,
        kernel_size: Dims,
        stride: Dims | Dim = 1,
        padding: object = 0,
        dilation: Dims | Dim = 1,
        groups: Dim = 1,
        use_bias: bool = True,
        padding_mode: object = "ZEROS",
        dtype: object = None,
        *,
        key: object,
    ) -> dict[str, tuple[Dim, ...] | None]:
        return weights(in_channels, out_channels, kernel_size, groups, use_bias)

    attributes = without_key

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        channels, I = example(x, layer.spatial)
        N, C, *kernel = layer.weight.shape
        K, S, D = Dims(kernel), Dims(layer.stride), Dims(layer.dilation)
        if isinstance(layer.padding, str):
            before = after = Dims.of(0, layer.spatial)
            O = same_output(I, S) if layer.padding.upper().startswith("SAME") else window_output_between(I, K, S, before, after, D)
        else:
            before, after = pads(layer.padding, layer.spatial)
            O = window_output_between(I, K, S, before, after, D)
        O = axiswise(O)
        expect_size(I, K, S, before, D, O, N)
        output = arranged(N, O)
        expect_equal(C * layer.groups, channels, ChannelMismatch(C * layer.groups, channels, argument="in_channels", output=output))
        rounds = not isinstance(layer.padding, str)
        return Result(output, macs=conv_macs(K, C, N, O), window=Window(I, K, S, before, after, D, O, has_weights=True, rounds=rounds))


@equinox.layer("nn.ConvTranspose1d", spatial=1, counts_macs=True)
@equinox.layer("nn.ConvTranspose2d", spatial=2, counts_macs=True)
@equinox.layer("nn.ConvTranspose3d", spatial=3, counts_macs=True)
class ConvTranspose:
    """O = (I - 1) S - P_before - P_after + K + output_padding; K is the dilated kernel."""

    def parameters(
        in_channels: Dim,
        out_channels: Dim,
        kernel_size: Dims,
        stride: Dims | Dim = 1,
        output_padding: Dims | Dim = 0,
        padding: object = 0,
        dilation: Dims | Dim = 1,
        groups: Dim = 1,
        use_bias: bool = True,
        padding_mode: object = "ZEROS",
        dtype: object = None,
        *,
        key: object,
    ) -> dict[str, tuple[Dim, ...] | None]:
        return weights(in_channels, out_channels, kernel_size, groups, use_bias)

    attributes = without_key

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        channels, I = example(x, layer.spatial)
        N, C, *kernel = layer.weight.shape
        K, S, D = Dims(kernel), Dims(layer.stride), Dims(layer.dilation)
        if isinstance(layer.padding, str):
            O = I * S if layer.padding.upper().startswith("SAME") else transposed_output(I, K, S, 0, D, Dims(layer.output_padding))
        else:
            before, after = pads(layer.padding, layer.spatial)
            O = transposed_output(I, K, S, 0, D, Dims(layer.output_padding)) - before - after
        O = axiswise(O)
        output = arranged(N, O)
        expect_equal(C * layer.groups, channels, ChannelMismatch(C * layer.groups, channels, argument="in_channels", output=output))
        none = Dims.of(0, layer.spatial)
        window = Window(I, K, S, none, none, D, O, has_weights=True, rounds=False)
        return Result(output, macs=conv_macs(K, C, N, I), window=window)
