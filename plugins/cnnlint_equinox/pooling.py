# ruff: noqa: E741  (I and O are the field's own letters)
"""Pooling, whose stride is 1 unless it is given, and adaptive pooling.

Source: https://docs.kidger.site/equinox/api/nn/pool/
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import axiswise, window_output_between
from cnnlint.plugin import Dim, Dims, PoolPaddingTooLarge, Result, Tensor, Window, greater
from cnnlint_equinox.framework import equinox
from cnnlint_equinox.sizes import arranged, example, expect_size, pads


@equinox.layer("nn.AvgPool1d", "nn.MaxPool1d", spatial=1)
@equinox.layer("nn.AvgPool2d", "nn.MaxPool2d", spatial=2)
@equinox.layer("nn.AvgPool3d", "nn.MaxPool3d", spatial=3)
class Pool:
    """O = (I - K + P_before + P_after) / S + 1, rounded down; with `use_ceil` up."""

    def parameters(kernel_size: Dims, stride: Dims | Dim = 1, padding: object = 0, use_ceil: bool = False) -> None:
        return None

    def forward(self, x: Tensor, *, key: object = None) -> Result:
        layer: Any = self
        channels, I = example(x, layer.spatial, "AssertionError")
        K, S, none = Dims(layer.kernel_size), Dims(layer.stride), Dims.of(1, layer.spatial)
        before, after = pads(layer.padding, layer.spatial)
        for k, p, q in zip(K, before, after, strict=True):
            if greater(p, k) or greater(q, k):
                raise PoolPaddingTooLarge(p, k, argument="padding", exception="RuntimeError")
        O = -(-(I - K + before + after) // S) + 1 if layer.use_ceil else window_output_between(I, K, S, before, after)
        O = axiswise(O)
        expect_size(I, K, S, before, none, O, channels)
        window = Window(I, K, S, before, after, none, O, has_weights=False, rounds=not layer.use_ceil)
        return Result(arranged(channels, O), window=window)


@equinox.layer("nn.AdaptiveAvgPool1d", "nn.AdaptiveMaxPool1d", spatial=1)
@equinox.layer("nn.AdaptiveAvgPool2d", "nn.AdaptiveMaxPool2d", spatial=2)
@equinox.layer("nn.AdaptiveAvgPool3d", "nn.AdaptiveMaxPool3d", spatial=3)
class AdaptivePool:
    """An output of a given size, whatever that of the input is."""

    def parameters(target_shape: Dims) -> None:
        return None

    def forward(self, x: Tensor, *, key: object = None) -> Result:
        layer: Any = self
        channels, _ = example(x, layer.spatial)
        return Result(arranged(channels, Dims(layer.target_shape)))
