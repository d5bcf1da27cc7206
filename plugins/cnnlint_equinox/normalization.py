"""Normalisation layers; the one over the batch gives its state beside the output.

Source: https://docs.kidger.site/equinox/api/nn/normalisation/
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import Dim, GroupsNotDividing, NormMismatch, Result, Shape, Tensor, as_dim, expect_equal, items_of
from cnnlint_equinox.framework import equinox


def normal_shape(shape: object) -> tuple[Dim, ...]:
    """A size or a sequence of sizes as a tuple."""
    items = items_of(shape)
    return tuple(as_dim(item) for item in (items if isinstance(items, tuple) else (items,)))


def expect_shape(x: Tensor, wanted: tuple[Dim, ...]) -> None:
    """Raises NormMismatch for another shape than the layer normalises."""
    shape = x.shape
    if shape.leading:
        return
    failure = NormMismatch(Shape(wanted), shape, argument="shape", exception="ValueError", output=shape)
    if len(shape) != len(wanted):
        raise failure
    for size, want in zip(shape.dims, wanted, strict=True):
        expect_equal(want, size, failure)


@equinox.layer("nn.LayerNorm", hides=("eps", "dtype", "elementwise_affine"))
@equinox.layer("nn.RMSNorm", hides=("eps", "dtype"))
class LayerNorm:
    """A weight and a bias for each element of the shape."""

    def parameters(shape: object, *, use_weight: bool = True, use_bias: bool = True) -> dict[str, tuple[Dim, ...] | None]:
        sizes = normal_shape(shape)
        return {"weight": sizes if use_weight else None, "bias": sizes if use_bias else None}

    def attributes(shape: object, **given: object) -> dict[str, object]:
        return {"shape": normal_shape(shape)}

    def forward(self, x: Tensor, *, key: object = None) -> Result:
        layer: Any = self
        expect_shape(x, layer.shape)
        return Result(x.shape)


@equinox.layer("nn.GroupNorm", hides=("eps", "dtype"))
class GroupNorm:
    """A weight and a bias a channel."""

    def parameters(groups: Dim, channels: object = None, *, channelwise_affine: bool = True) -> dict[str, tuple[Dim, ...] | None]:
        count = None if channels is None else as_dim(channels)
        if isinstance(count, int) and isinstance(groups, int) and groups > 0 and count % groups:
            raise GroupsNotDividing(count, groups, argument="channels", exception="ValueError")
        has_weights = channelwise_affine and count is not None
        return {"weight": (count,) if has_weights else None, "bias": (count,) if has_weights else None}  # type: ignore[dict-item]

    def forward(self, x: Tensor, *, key: object = None) -> Result:
        layer: Any = self
        if isinstance(layer.weight, Tensor) and not x.shape.leading and len(x.shape):
            C, channels = layer.weight.shape[0], x.shape[0]
            expect_equal(C, channels, NormMismatch(C, channels, argument="channels", exception="ValueError", output=x.shape))
        return Result(x.shape)


@equinox.layer("nn.BatchNorm", hides=("eps", "momentum", "inference", "dtype", "mode"))
class BatchNorm:
    """A weight and a bias a channel; it is called with a state and gives it back."""

    def parameters(input_size: Dim, axis_name: object, *, channelwise_affine: bool = True) -> dict[str, tuple[Dim, ...] | None]:
        return {"weight": (input_size,) if channelwise_affine else None, "bias": (input_size,) if channelwise_affine else None}

    def attributes(input_size: Dim, **given: object) -> dict[str, object]:
        return {"input_size": input_size}

    def forward(self, x: Tensor, state: object, *, key: object = None, inference: object = None) -> tuple[Result, object]:
        layer: Any = self
        if not x.shape.leading and len(x.shape):
            C, channels = layer.input_size, x.shape[0]
            expect_equal(C, channels, NormMismatch(C, channels, argument="input_size", exception="ValueError", output=x.shape))
        return Result(x.shape), state
