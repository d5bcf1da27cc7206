# ruff: noqa: E741  (I and O are the field's own letters)
"""Convolutions, plain and transposed.

Sources: https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/Conv2D_en.html,
https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/Conv2DTranspose_en.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import axiswise, conv_macs, same_output, transposed_output, window_output_between
from cnnlint.plugin import ChannelMismatch, Dim, Dims, GroupsNotDividing, Result, Tensor, Window, expect_equal
from cnnlint_paddle.framework import ATTRS, paddle
from cnnlint_paddle.sizes import arranged, batched, expect_size, pads


def expect_groups(C: Dim, groups: Dim) -> None:
    """Raises GroupsNotDividing where the input channels can't be shared out."""
    if isinstance(C, int) and isinstance(groups, int) and groups > 0 and C % groups:
        raise GroupsNotDividing(C, groups, argument="in_channels", exception="ValueError")


@paddle.layer("nn.Conv1D", spatial=1, counts_macs=True, hides=ATTRS)
@paddle.layer("nn.Conv2D", spatial=2, counts_macs=True, hides=ATTRS)
@paddle.layer("nn.Conv3D", spatial=3, counts_macs=True, hides=ATTRS)
class Conv:
    """O = (I - K + P_before + P_after) / S + 1, rounded down; W = K * C * N / groups, B = N."""

    def parameters(
        in_channels: Dim,
        out_channels: Dim,
        kernel_size: Dims,
        stride: Dims | Dim = 1,
        padding: object = 0,
        dilation: Dims | Dim = 1,
        groups: Dim = 1,
        padding_mode: object = "zeros",
        weight_attr: object = None,
        bias_attr: object = None,
        data_format: object = "NC",
    ) -> dict[str, tuple[Dim, ...] | None]:
        expect_groups(in_channels, groups)
        bias = (out_channels,) if bias_attr is not False else None
        return {"weight": (out_channels, in_channels // groups, *kernel_size), "bias": bias}

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        batch, channels, I = batched(x, layer.spatial, layer.data_format)
        N, C, *kernel = layer.weight.shape
        K, S, D = Dims(kernel), Dims(layer.stride), Dims(layer.dilation)
        is_named = isinstance(layer.padding, str)
        before, after = (Dims.of(0, len(I)), Dims.of(0, len(I))) if is_named else pads(layer.padding, len(I))
        is_same = is_named and layer.padding.upper() == "SAME"
        O = axiswise(same_output(I, S) if is_same else window_output_between(I, K, S, before, after, D))
        expect_size(batch, N, I, K, S, before, after, D, O)
        output = arranged(batch, N, O)
        C = C * layer.groups
        expect_equal(C, channels, ChannelMismatch(C, channels, argument="in_channels", exception="ValueError", output=output))
        window = Window(I, K, S, before, after, D, O, has_weights=True, rounds=not is_same)
        return Result(output, macs=conv_macs(K, C // layer.groups, N, O), window=window)


@paddle.layer("nn.Conv1DTranspose", spatial=1, counts_macs=True, hides=ATTRS)
@paddle.layer("nn.Conv2DTranspose", spatial=2, counts_macs=True, hides=ATTRS)
@paddle.layer("nn.Conv3DTranspose", spatial=3, counts_macs=True, hides=ATTRS)
class ConvTranspose:
    """O = (I - 1) S - 2P + K + output_padding, K being the dilated kernel; W = K * C * N / groups, B = N."""

    def parameters(
        in_channels: Dim,
        out_channels: Dim,
        kernel_size: Dims,
        stride: Dims | Dim = 1,
        padding: object = 0,
        output_padding: Dims | Dim = 0,
        groups: Dim = 1,
        dilation: Dims | Dim = 1,
        weight_attr: object = None,
        bias_attr: object = None,
        data_format: object = "NC",
    ) -> dict[str, tuple[Dim, ...] | None]:
        expect_groups(in_channels, groups)
        bias = (out_channels,) if bias_attr is not False else None
        return {"weight": (in_channels, out_channels // groups, *kernel_size), "bias": bias}

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        batch, channels, I = batched(x, layer.spatial, layer.data_format)
        C, N, *kernel = layer.weight.shape
        K, S, D = Dims(kernel), Dims(layer.stride), Dims(layer.dilation)
        if isinstance(layer.padding, str):
            O = I * S if layer.padding.upper() == "SAME" else axiswise(transposed_output(I, K, S, 0, D, Dims(layer.output_padding)))
        else:
            before, after = pads(layer.padding, len(I))
            O = axiswise(transposed_output(I, K, S, 0, D, Dims(layer.output_padding))) - before - after
        output = arranged(batch, N * layer.groups, O)
        expect_equal(C, channels, ChannelMismatch(C, channels, argument="in_channels", exception="ValueError", output=output))
        none = Dims.of(0, len(I))
        window = Window(I, K, S, none, none, D, O, has_weights=True, rounds=False)
        return Result(output, macs=conv_macs(K, C, N, I), window=window)
