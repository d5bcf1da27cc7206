# ruff: noqa: E741  (I and O are the field's own letters)
"""Pooling and adaptive pooling.

Source: https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/MaxPool2D_en.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import axiswise, window_output_between
from cnnlint.plugin import Dim, Dims, Result, Tensor, Undetermined, Unknown, Value, Window
from cnnlint_paddle.framework import paddle
from cnnlint_paddle.sizes import arranged, batched, expect_size, known_items, pads, size


@paddle.layer("nn.MaxPool1D", spatial=1, hides=("name",))
@paddle.layer("nn.MaxPool2D", spatial=2, hides=("name",))
@paddle.layer("nn.MaxPool3D", spatial=3, hides=("name",))
class MaxPool:
    """O = (I - K + 2P) / S + 1, rounded down; with `ceil_mode` up. The stride is the kernel unless it is given."""

    def parameters(
        kernel_size: Dims,
        stride: Dims | None = None,
        padding: object = 0,
        return_mask: bool = False,
        ceil_mode: bool = False,
        data_format: object = "NC",
    ) -> None:
        return None

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        return pooled(x, layer, gives_places=layer.return_mask)


def pooled(x: Tensor, layer: Any, *, gives_places: bool = False) -> Result:
    if gives_places:
        raise Undetermined(Unknown("a pool that also gives the places of the maxima"))
    batch, channels, I = batched(x, layer.spatial, layer.data_format)
    K = Dims(layer.kernel_size)
    S = K if layer.stride is None else Dims(layer.stride)
    before, after = pads(0 if isinstance(layer.padding, str) else layer.padding, len(I))
    if isinstance(layer.padding, str) and layer.padding.upper() == "SAME":
        O = axiswise(-(-I // S))
    elif layer.ceil_mode:
        O = axiswise(-(-(I - K + before + after) // S) + 1)
    else:
        O = axiswise(window_output_between(I, K, S, before, after))
    expect_size(batch, channels, I, K, S, before, after, Dims.of(1, len(I)), O)
    rounds = not layer.ceil_mode and not isinstance(layer.padding, str)
    window = Window(I, K, S, before, after, Dims.of(1, len(I)), O, has_weights=False, rounds=rounds)
    return Result(arranged(batch, channels, O), window=window)


@paddle.layer("nn.AvgPool1D", spatial=1, hides=("name",))
class AvgPoolOfLines:
    """As `AvgPool`, with another order of arguments."""

    def parameters(
        kernel_size: Dims,
        stride: Dims | None = None,
        padding: object = 0,
        exclusive: bool = True,
        ceil_mode: bool = False,
    ) -> None:
        return None

    def attributes(**given: object) -> dict[str, object]:
        return {"data_format": "NC"}

    def forward(self, x: Tensor) -> Result:
        return pooled(x, self)


@paddle.layer("nn.AvgPool2D", spatial=2, hides=("name",))
@paddle.layer("nn.AvgPool3D", spatial=3, hides=("name",))
class AvgPool:
    """As `MaxPool`."""

    def parameters(
        kernel_size: Dims,
        stride: Dims | None = None,
        padding: object = 0,
        ceil_mode: bool = False,
        exclusive: bool = True,
        divisor_override: object = None,
        data_format: object = "NC",
    ) -> None:
        return None

    def forward(self, x: Tensor) -> Result:
        return pooled(x, self)


@paddle.layer("nn.AdaptiveMaxPool1D", spatial=1, hides=("name",))
@paddle.layer("nn.AdaptiveMaxPool2D", spatial=2, hides=("name",))
@paddle.layer("nn.AdaptiveMaxPool3D", spatial=3, hides=("name",))
class AdaptiveMaxPool:
    """An output of a given size; an axis for which None is given keeps its own."""

    def parameters(output_size: object, return_mask: bool = False) -> None:
        return None

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        return adapted(x, layer, "NC", gives_places=layer.return_mask)


@paddle.layer("nn.AdaptiveAvgPool1D", spatial=1, hides=("name",))
@paddle.layer("nn.AdaptiveAvgPool2D", spatial=2, hides=("name",))
@paddle.layer("nn.AdaptiveAvgPool3D", spatial=3, hides=("name",))
class AdaptiveAvgPool:
    """As `AdaptiveMaxPool`."""

    def parameters(output_size: object, data_format: object = "NC") -> None:
        return None

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        return adapted(x, layer, layer.data_format)


def adapted(x: Tensor, layer: Any, data_format: object, *, gives_places: bool = False) -> Result:
    if gives_places:
        raise Undetermined(Unknown("a pool that also gives the places of the maxima"))
    batch, channels, I = batched(x, layer.spatial, data_format)
    return Result(arranged(batch, channels, Dims(wanted_sizes(layer.output_size, I))))


def wanted_sizes(output_size: Value, I: Dims) -> list[Dim]:
    items = known_items(output_size)
    each = items if isinstance(items, tuple) else (items,) * len(I)
    return [i if one is None else size(one) for one, i in zip(each, I, strict=True)]
