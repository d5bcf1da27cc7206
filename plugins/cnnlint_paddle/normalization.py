"""Normalisation layers.

Source: https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/BatchNorm2D_en.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import Dim, GroupsNotDividing, NormMismatch, Result, Shape, Tensor, as_dim, expect_equal
from cnnlint_paddle.framework import paddle
from cnnlint_paddle.sizes import expect_channels_second, known_items

REST = ("use_global_stats", "name")


def affine(sizes: tuple[Dim, ...], weight_attr: object, bias_attr: object) -> dict[str, tuple[Dim, ...] | None]:
    return {"weight": sizes if weight_attr is not False else None, "bias": sizes if bias_attr is not False else None}


def expect_channels(x: Tensor, C: Dim, argument: str, data_format: object) -> None:
    """Raises NormMismatch for another number of channels, Undetermined where they don't stand second."""
    expect_channels_second(data_format)
    if not x.shape.leading and len(x.shape) > 1:
        failure = NormMismatch(C, x.shape[1], argument=argument, exception="ValueError", output=x.shape)
        expect_equal(C, x.shape[1], failure)


@paddle.layer("nn.BatchNorm1D", "nn.BatchNorm2D", "nn.BatchNorm3D", "nn.SyncBatchNorm", hides=REST)
class BatchNorm:
    """A weight, a bias and two statistics a channel, which the framework counts as parameters that are not trained."""

    def parameters(
        num_features: Dim,
        momentum: object = 0.9,
        epsilon: object = 1e-5,
        weight_attr: object = None,
        bias_attr: object = None,
        data_format: object = "NC",
    ) -> dict[str, tuple[Dim, ...] | None]:
        return affine((num_features,), weight_attr, bias_attr)

    def attributes(num_features: Dim, **given: object) -> dict[str, object]:
        return {"num_features": num_features}

    def buffers(num_features: Dim, **given: object) -> dict[str, tuple[Dim, ...]]:
        return {"_mean": (num_features,), "_variance": (num_features,)}

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        expect_channels(x, layer.num_features, "num_features", layer.data_format)
        return Result(x.shape)


@paddle.layer("nn.GroupNorm", hides=("name",))
class GroupNorm:
    """A weight and a bias a channel."""

    def parameters(
        num_groups: Dim,
        num_channels: Dim,
        epsilon: object = 1e-5,
        weight_attr: object = None,
        bias_attr: object = None,
        data_format: object = "NC",
    ) -> dict[str, tuple[Dim, ...] | None]:
        if isinstance(num_channels, int) and isinstance(num_groups, int) and num_groups > 0 and num_channels % num_groups:
            raise GroupsNotDividing(num_channels, num_groups, "num_groups", argument="num_channels", exception="ValueError")
        return affine((num_channels,), weight_attr, bias_attr)

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        expect_channels(x, layer.num_channels, "num_channels", layer.data_format)
        return Result(x.shape)


@paddle.layer("nn.LayerNorm", hides=("name",))
class LayerNorm:
    """A weight and a bias for each element of the last axes."""

    def parameters(
        normalized_shape: object, epsilon: object = 1e-5, weight_attr: object = None, bias_attr: object = None
    ) -> dict[str, tuple[Dim, ...] | None]:
        return affine((sizes_of(normalized_shape).numel,), weight_attr, bias_attr)  # kept flat

    def forward(self, x: Tensor) -> Result:
        layer: Any = self
        wanted = sizes_of(layer.normalized_shape)
        if not x.shape.leading and len(x.shape) >= len(wanted):
            failure = NormMismatch(wanted, x.shape, argument="normalized_shape", exception="ValueError", output=x.shape)
            for want, got in zip(wanted.dims, x.shape.dims[-len(wanted) :], strict=True):
                expect_equal(want, got, failure)
        return Result(x.shape)


def sizes_of(normalized_shape: object) -> Shape:
    items = known_items(normalized_shape)
    return Shape(tuple(as_dim(item) for item in (items if isinstance(items, tuple) else (items,))))
