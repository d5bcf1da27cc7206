"""Lazy layers: the first call tells the size that the constructor leaves out.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.modules.lazy.LazyModuleMixin.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import Built, Dim, Shape, Tensor, Value, WrongRank, expect_divisible, expect_rank, unknown_size
from cnnlint_torch.convolution import Conv, expect_groups, sizes_of
from cnnlint_torch.framework import FACTORY, torch
from cnnlint_torch.linear import Linear, linear
from cnnlint_torch.normalization import BatchNorm, InstanceNorm
from cnnlint_torch.sizes import allocated_size
from cnnlint_torch.transposed_convolution import ConvTranspose

NOT_YET = Shape((), leading=True)


def lazy(shapes: dict[str, Any]) -> dict[str, Shape | None]:
    """The same parameters or buffers, their sizes not known yet."""
    return {name: None if shape is None else NOT_YET for name, shape in shapes.items()}


def channels_of(input: Tensor, spatial: int, exception: str = "RuntimeError") -> Dim:
    """The channels of a batch or of a single example."""
    return expect_rank(input, spatial + 2, spatial + 1, exception=exception)[-spatial - 1]


@torch.layer("nn.LazyConv1d", bases=("nn.Conv1d",), spatial=1, counts_macs=True, hides=FACTORY)
@torch.layer("nn.LazyConv2d", bases=("nn.Conv2d",), spatial=2, counts_macs=True, hides=FACTORY)
@torch.layer("nn.LazyConv3d", bases=("nn.Conv3d",), spatial=3, counts_macs=True, hides=FACTORY)
class LazyConv:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyConv2d.html"""

    def parameters(
        out_channels: object,
        kernel_size: object,
        stride: object = 1,
        padding: object = 0,
        dilation: object = 1,
        groups: object = 1,
        bias: bool = True,
        padding_mode: object = "zeros",
        *,
        spatial: int,
    ) -> dict[str, Shape | None]:
        sizes = (kernel_size, stride, padding, dilation, groups, bias, padding_mode)
        return lazy(Conv.parameters(0, 0, *sizes, spatial=spatial))

    def attributes(*, spatial: int, **given: Any) -> dict[str, object]:
        return {**Conv.attributes(**given, spatial=spatial), "in_channels": 0}

    def build(self, input: Tensor) -> Built:
        channels, has_bias = channels_of(input, self.spatial), self.bias is not None  # type: ignore[attr-defined]
        return Built(filters_of(self, Conv, channels, has_bias), attributes={"in_channels": channels})

    forward = Conv.forward


def filters_of(layer: Any, of: Any, channels: Dim, has_bias: bool) -> dict[str, tuple[Dim, ...] | None]:
    """The weights that the first call allocates; only the input's channels are checked against the groups then."""
    _, _, groups = expect_groups(0, 0, layer.groups)
    expect_divisible("in_channels", channels, groups)
    filters = allocated_size("out_channels", layer.out_channels)
    kernel = (allocated_size("kernel_size", size) for size in sizes_of(layer.kernel_size, layer.spatial))
    weight = (channels, filters // groups, *kernel) if of is ConvTranspose else (filters, channels // groups, *kernel)
    return {"weight": weight, "bias": (filters,) if has_bias else None}


@torch.layer("nn.LazyConvTranspose1d", bases=("nn.ConvTranspose1d",), spatial=1, counts_macs=True, hides=FACTORY)
@torch.layer("nn.LazyConvTranspose2d", bases=("nn.ConvTranspose2d",), spatial=2, counts_macs=True, hides=FACTORY)
@torch.layer("nn.LazyConvTranspose3d", bases=("nn.ConvTranspose3d",), spatial=3, counts_macs=True, hides=FACTORY)
class LazyConvTranspose:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyConvTranspose2d.html"""

    def parameters(
        out_channels: object,
        kernel_size: object,
        stride: object = 1,
        padding: object = 0,
        output_padding: object = 0,
        groups: object = 1,
        bias: bool = True,
        dilation: object = 1,
        padding_mode: object = "zeros",
        *,
        spatial: int,
    ) -> dict[str, Shape | None]:
        sizes = (kernel_size, stride, padding, output_padding, groups, bias, dilation, padding_mode)
        return lazy(ConvTranspose.parameters(0, 0, *sizes, spatial=spatial))

    def attributes(*, spatial: int, **given: Any) -> dict[str, object]:
        return {**ConvTranspose.attributes(**given, spatial=spatial), "in_channels": 0}

    def build(self, input: Tensor, output_size: object = None) -> Built:
        channels, has_bias = channels_of(input, self.spatial), self.bias is not None  # type: ignore[attr-defined]
        return Built(filters_of(self, ConvTranspose, channels, has_bias), attributes={"in_channels": channels})

    forward = ConvTranspose.forward


@torch.layer("nn.LazyLinear", bases=("nn.Linear",), counts_macs=True, hides=FACTORY)
class LazyLinear:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyLinear.html"""

    def parameters(out_features: object, bias: bool = True) -> dict[str, Shape | None]:
        return {"weight": NOT_YET, "bias": NOT_YET if bias else None}

    def attributes(**given: object) -> dict[str, object]:
        return {"in_features": 0}

    def build(self, input: Tensor) -> Built:
        x = input.shape
        if x.rank == 0:
            raise WrongRank("at least 1", x, exception="IndexError")
        features = x[-1] if x.dims else unknown_size("the features of an input whose shape is not known")
        made = Linear.parameters(features, allocated_size("out_features", self.out_features), self.bias is not None)  # type: ignore[attr-defined]
        return Built(made, attributes={"in_features": features})

    def forward(self, input: Tensor) -> Value:
        return linear(input, self.weight, self.bias)  # type: ignore[attr-defined]


class LazyNorm:
    """What the lazy normalisations share: all but the number of axes they take, and how they run."""

    def parameters(
        eps: object = 1e-5,
        momentum: object = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        *,
        bias: bool = True,
    ) -> dict[str, Shape | None]:
        return lazy(BatchNorm.parameters(0, eps, momentum, affine, track_running_stats, bias=bias))

    def buffers(track_running_stats: bool, **given: object) -> dict[str, Shape | None]:
        return lazy(BatchNorm.buffers(0, track_running_stats))

    def attributes(**given: object) -> dict[str, object]:
        return {"num_features": 0}

    def build(self, input: Tensor) -> Built:
        x = expect_rank(input, *self.ranks, exception="ValueError")  # type: ignore[attr-defined]
        channels = x[1] if self.takes_batches or len(x) == self.ranks[0] else x[0]  # type: ignore[attr-defined]
        has_weight, has_bias = self.weight is not None, self.bias is not None  # type: ignore[attr-defined]
        parameters = BatchNorm.parameters(channels, affine=has_weight, bias=has_bias)
        buffers = BatchNorm.buffers(channels, self.track_running_stats)  # type: ignore[attr-defined]
        return Built(parameters, buffers, {"num_features": channels})


@torch.layer("nn.LazyBatchNorm1d", bases=("nn.BatchNorm1d",), ranks=(3, 2), takes_batches=True, hides=FACTORY)
@torch.layer("nn.LazyBatchNorm2d", bases=("nn.BatchNorm2d",), ranks=(4,), takes_batches=True, hides=FACTORY)
@torch.layer("nn.LazyBatchNorm3d", bases=("nn.BatchNorm3d",), ranks=(5,), takes_batches=True, hides=FACTORY)
class LazyBatchNorm(LazyNorm):
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyBatchNorm2d.html"""

    forward = BatchNorm.forward


@torch.layer("nn.LazyInstanceNorm1d", bases=("nn.InstanceNorm1d",), ranks=(3, 2), takes_batches=False, hides=FACTORY)
@torch.layer("nn.LazyInstanceNorm2d", bases=("nn.InstanceNorm2d",), ranks=(4, 3), takes_batches=False, hides=FACTORY)
@torch.layer("nn.LazyInstanceNorm3d", bases=("nn.InstanceNorm3d",), ranks=(5, 4), takes_batches=False, hides=FACTORY)
class LazyInstanceNorm(LazyNorm):
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyInstanceNorm2d.html"""

    forward = InstanceNorm.forward
