"""Normalisation layers.

Sources: https://flax.readthedocs.io/en/latest/api_reference/flax.linen/layers.html#module-flax.linen.normalization,
https://flax.readthedocs.io/en/latest/api_reference/flax.nnx/nn/normalization.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import (
    ELEMENTWISE,
    Built,
    Dim,
    GroupsNotDividing,
    Mixing,
    NormMismatch,
    Result,
    Shape,
    Tensor,
    Unknown,
    Value,
    differ,
    expect_equal,
    expect_multiple,
    items_of,
    product,
    unknown_size,
)
from cnnlint_flax.framework import linen_layer, nnx_layer
from cnnlint_flax.sizes import axes_given, features_of, invalid, with_last
from cnnlint_flax.stored import weight
from cnnlint_flax.variables import STATISTICS, expect_mutable

LINEN_FORMAT = "dtype param_dtype"
REST = "axis_name axis_index_groups use_fast_variance force_float32_reductions"
NNX_REST = f"epsilon {LINEN_FORMAT} bias_init scale_init axis_name axis_index_groups use_fast_variance promote_dtype"


def feature_sizes(x: Tensor, axes: Value) -> tuple[Dim, ...]:
    """The sizes of the axes over which a layer has weights."""
    items = items_of(axes)
    named = items if isinstance(items, tuple) else (items,)
    if x.shape.leading:
        shape = with_last(x, max((-axis for axis in named if isinstance(axis, int) and axis < 0), default=0))
        return tuple(
            shape.dims[axis] if isinstance(axis, int) and axis < 0 else unknown_size("an axis of a tensor whose shape is not known")
            for axis in named
        )
    return tuple(x.shape.dims[axis] for axis in axes_given("axis", axes, len(x.shape)))


def weights(layer: Any, sizes: tuple[Dim, ...]) -> dict[str, Shape | tuple[Dim, ...] | None]:
    has_bias = getattr(layer, "use_bias", False) if layer.has_bias else False
    return {"scale": sizes if layer.use_scale else None, "bias": sizes if has_bias else None}


def normed(layer: Any, x: Tensor, got: tuple[Dim, ...]) -> Shape:
    """The input's shape. Raises NormMismatch where the layer has weights for other sizes."""
    for name in names_of(layer):
        want = weight(layer, name).shape
        exception = "ScopeParamShapeError" if not layer.states_features else "TypeError"
        if len(want.dims) == len(got):
            for a, b in zip(want.dims, got, strict=True):
                expect_equal(a, b, NormMismatch(a, b, exception=exception, output=x.shape))
        else:
            expect_equal(want.numel, product(got), NormMismatch(want, Shape(got), exception=exception, output=x.shape))
    return x.shape


def names_of(layer: Any) -> list[str]:
    return [
        name
        for name, flag in (("scale", "use_scale"), ("bias", "use_bias"))
        if (name != "bias" or layer.has_bias) and getattr(layer, flag) is True
    ]


def expect_flag(name: str, own: Value, given: Value) -> None:
    """Raises InvalidArgument where neither the constructor nor the call says it, or both do."""
    if own is None and given is None:
        raise invalid(name, "must be given to the constructor or to the call", is_absent=False)
    if own is not None and given is not None and not isinstance(own, Unknown) and not isinstance(given, Unknown):
        raise invalid(name, "must be given to the constructor or to the call, but not to both")


@linen_layer("BatchNorm", hides=f"bias_init scale_init {REST}", has_bias=True, states_features=False)
class BatchNorm:
    """A scale and a bias for each channel; its mean and variance are statistics of the batches."""

    def parameters(
        use_running_average: object = None,
        axis: object = -1,
        momentum: object = 0.99,
        epsilon: object = 1e-5,
        dtype: object = None,
        param_dtype: object = None,
        use_bias: bool = True,
        use_scale: bool = True,
    ) -> dict[str, object]:
        return {}

    def attributes(**given: object) -> dict[str, object]:
        return dict.fromkeys(("dtype", "param_dtype"))

    def build(self, x: Tensor, use_running_average: object = None, *, mask: object = None) -> Built:
        layer: Any = self
        expect_flag("use_running_average", layer.use_running_average, use_running_average)
        sizes = feature_sizes(x, layer.axis)
        return Built(weights(layer, sizes), {"mean": sizes, "var": sizes})

    def forward(self, x: Tensor, use_running_average: object = None, *, mask: object = None) -> Result:
        layer: Any = self
        expect_flag("use_running_average", layer.use_running_average, use_running_average)
        uses_average = layer.use_running_average if use_running_average is None else use_running_average
        if uses_average is False:
            expect_mutable(layer.door, STATISTICS, "a `BatchNorm` that does not use its running average")
        got = feature_sizes(x, layer.axis)
        for want, size in zip(weight(layer, "mean").shape.dims, got, strict=False):
            expect_equal(want, size, NormMismatch(want, size, exception="ScopeParamShapeError", output=x.shape))
        return Result(normed(layer, x, got), flow=ELEMENTWISE)


@nnx_layer("BatchNorm", hides=NNX_REST, has_bias=True, states_features=True)
class NnxBatchNorm:
    def parameters(
        num_features: object,
        *,
        use_running_average: object = False,
        axis: object = -1,
        momentum: object = 0.99,
        use_bias: bool = True,
        use_scale: bool = True,
        rngs: object,
    ) -> dict[str, object]:
        C = features_of("num_features", num_features)
        return {"scale": (C,) if use_scale else None, "bias": (C,) if use_bias else None}

    def buffers(num_features: object, **given: object) -> dict[str, object]:
        C = features_of("num_features", num_features)
        return {"mean": (C,), "var": (C,)}

    def attributes(**given: object) -> dict[str, object]:
        return {"rngs": None}

    def forward(self, x: Tensor, use_running_average: object = None, *, mask: object = None) -> Result:
        layer: Any = self
        (got,) = feature_sizes(x, layer.axis)
        want = weight(layer, "mean").shape.dims[0]
        if names_of(layer) or (differ(want, 1) and differ(got, 1)):
            expect_equal(want, got, NormMismatch(want, got, argument="num_features", exception="TypeError", output=x.shape))
        return Result(x.shape, flow=ELEMENTWISE)


@linen_layer("LayerNorm", hides=f"{REST}", has_bias=True, states_features=False)
class LayerNorm:
    """A scale and a bias for each element of the feature axes."""

    def parameters(
        epsilon: object = 1e-6,
        dtype: object = None,
        param_dtype: object = None,
        use_bias: bool = True,
        use_scale: bool = True,
        bias_init: object = None,
        scale_init: object = None,
        reduction_axes: object = -1,
        feature_axes: object = -1,
    ) -> dict[str, object]:
        return {}

    def attributes(**given: object) -> dict[str, object]:
        return dict.fromkeys(("dtype", "param_dtype", "bias_init", "scale_init"))

    def build(self, x: Tensor, *, mask: object = None) -> Built:
        layer: Any = self
        feature_sizes(x, layer.reduction_axes)
        return Built(weights(layer, feature_sizes(x, layer.feature_axes)))

    def forward(self, x: Tensor, *, mask: object = None) -> Result:
        layer: Any = self
        return Result(normed(layer, x, feature_sizes(x, layer.feature_axes)), flow=over_axes(layer.reduction_axes))


@linen_layer("RMSNorm", hides=f"{REST}", has_bias=False, states_features=False)
class RMSNorm:
    def parameters(
        epsilon: object = 1e-6,
        dtype: object = None,
        param_dtype: object = None,
        use_scale: bool = True,
        scale_init: object = None,
        reduction_axes: object = -1,
        feature_axes: object = -1,
    ) -> dict[str, object]:
        return {}

    def attributes(**given: object) -> dict[str, object]:
        return dict.fromkeys(("dtype", "param_dtype", "scale_init"))

    def build(self, x: Tensor, *, mask: object = None) -> Built:
        layer: Any = self
        feature_sizes(x, layer.reduction_axes)
        return Built(weights(layer, feature_sizes(x, layer.feature_axes)))

    def forward(self, x: Tensor, *, mask: object = None) -> Result:
        layer: Any = self
        return Result(normed(layer, x, feature_sizes(x, layer.feature_axes)), flow=over_axes(layer.reduction_axes))


@nnx_layer("LayerNorm", hides=NNX_REST, has_bias=True, states_features=True)
@nnx_layer("RMSNorm", hides=NNX_REST, has_bias=False, states_features=True)
class NnxLayerNorm:
    def parameters(
        num_features: object,
        *,
        use_bias: bool = True,
        use_scale: bool = True,
        reduction_axes: object = -1,
        feature_axes: object = -1,
        rngs: object,
        has_bias: bool,
    ) -> dict[str, object]:
        C = features_of("num_features", num_features)
        return {"scale": (C,) if use_scale else None, "bias": (C,) if use_bias and has_bias else None}

    def attributes(**given: object) -> dict[str, object]:
        return {"rngs": None}

    def forward(self, x: Tensor, *, mask: object = None) -> Result:
        layer: Any = self
        feature_sizes(x, layer.reduction_axes)
        return Result(named_features(layer, x, feature_sizes(x, layer.feature_axes)), flow=over_axes(layer.reduction_axes))


def over_axes(axes: Value) -> Mixing | None:
    """How the elements come about of what is normalised over these axes; None where they are not known."""
    items = items_of(axes)
    named = items if isinstance(items, tuple) else (items,)
    found = tuple(axis for axis in named if isinstance(axis, int))
    return Mixing(found) if len(found) == len(named) else None


def over_example(shape: Shape) -> Mixing | None:
    """As `over_axes`, for groups of channels at all places of an example."""
    return None if shape.leading else Mixing(tuple(range(1, len(shape))))


def named_features(layer: Any, x: Tensor, got: tuple[Dim, ...]) -> Shape:
    """The input's shape. Raises NormMismatch, at the number that was given, where the weights don't fit."""
    for name in names_of(layer):
        want = weight(layer, name).shape.dims[0]
        size = product(got)
        expect_equal(want, size, NormMismatch(want, size, argument="num_features", exception="TypeError", output=x.shape))
    return x.shape


def expect_one(num_groups: Value, group_size: Value) -> None:
    """Raises InvalidArgument where the number of groups and their size are both given, or neither is."""
    if (num_groups is None) == (group_size is None):
        raise invalid("num_groups", "must be None where `group_size` is given, and only there")


def expect_groups(C: Dim, num_groups: Value, group_size: Value) -> None:
    """Raises GroupsNotDividing where channels cannot be shared out to equal groups."""
    name, number = ("num_groups", num_groups) if group_size is None else ("group_size", group_size)
    if isinstance(number, int) and not isinstance(number, bool):
        failure = GroupsNotDividing(C, number, name, argument=name, exception="ValueError")
        if number <= 0:
            raise failure
        expect_multiple(C, number, failure)


@linen_layer("GroupNorm", hides=f"{REST}", has_bias=True, states_features=False)
class GroupNorm:
    def parameters(
        num_groups: object = 32,
        group_size: object = None,
        epsilon: object = 1e-6,
        dtype: object = None,
        param_dtype: object = None,
        use_bias: bool = True,
        use_scale: bool = True,
        bias_init: object = None,
        scale_init: object = None,
        reduction_axes: object = None,
    ) -> dict[str, object]:
        return {}

    def attributes(**given: object) -> dict[str, object]:
        return dict.fromkeys(("dtype", "param_dtype", "bias_init", "scale_init"))

    def build(self, x: Tensor, *, mask: object = None) -> Built:
        layer: Any = self
        expect_one(layer.num_groups, layer.group_size)
        (C,) = feature_sizes(x, -1)
        expect_groups(C, layer.num_groups, layer.group_size)
        return Built(weights(layer, (C,)))

    def forward(self, x: Tensor, *, mask: object = None) -> Result:
        layer: Any = self
        (C,) = feature_sizes(x, -1)
        expect_groups(C, layer.num_groups, layer.group_size)
        return Result(normed(layer, x, (C,)), flow=over_example(x.shape))


@nnx_layer("GroupNorm", hides=NNX_REST, has_bias=True, states_features=True)
class NnxGroupNorm:
    def parameters(
        num_features: object,
        num_groups: object = 32,
        group_size: object = None,
        *,
        use_bias: bool = True,
        use_scale: bool = True,
        reduction_axes: object = None,
        rngs: object,
    ) -> dict[str, object]:
        C = features_of("num_features", num_features)
        expect_one(num_groups, group_size)
        expect_groups(C, num_groups, group_size)
        return {"scale": (C,) if use_scale else None, "bias": (C,) if use_bias else None}

    def attributes(**given: object) -> dict[str, object]:
        return {"rngs": None}

    def forward(self, x: Tensor, *, mask: object = None) -> Result:
        layer: Any = self
        (C,) = feature_sizes(x, -1)
        expect_groups(C, layer.num_groups, layer.group_size)
        return Result(named_features(layer, x, (C,)), flow=over_example(x.shape))


@linen_layer("InstanceNorm", hides=f"{REST}", has_bias=True, states_features=False)
class InstanceNorm:
    def parameters(
        epsilon: object = 1e-6,
        dtype: object = None,
        param_dtype: object = None,
        use_bias: bool = True,
        use_scale: bool = True,
        bias_init: object = None,
        scale_init: object = None,
        feature_axes: object = -1,
    ) -> dict[str, object]:
        return {}

    def attributes(**given: object) -> dict[str, object]:
        return dict.fromkeys(("dtype", "param_dtype", "bias_init", "scale_init"))

    def build(self, x: Tensor, *, mask: object = None) -> Built:
        layer: Any = self
        expect_no_batch(x, layer.feature_axes)
        return Built(weights(layer, feature_sizes(x, layer.feature_axes)))

    def forward(self, x: Tensor, *, mask: object = None) -> Shape:
        layer: Any = self
        return normed(layer, x, feature_sizes(x, layer.feature_axes))


def expect_no_batch(x: Tensor, axes: Value) -> None:
    """Raises InvalidArgument where the batch is among the feature axes."""
    if not x.shape.leading and 0 in axes_given("feature_axes", axes, len(x.shape)):
        raise invalid("feature_axes", "must not name the batch, which is axis 0")


@nnx_layer("InstanceNorm", hides=NNX_REST, has_bias=True, states_features=True)
class NnxInstanceNorm:
    def parameters(
        num_features: object,
        *,
        use_bias: bool = True,
        use_scale: bool = True,
        feature_axes: object = -1,
        rngs: object,
    ) -> dict[str, object]:
        C = features_of("num_features", num_features)
        return {"scale": (C,) if use_scale else None, "bias": (C,) if use_bias else None}

    def attributes(**given: object) -> dict[str, object]:
        return {"rngs": None}

    def forward(self, x: Tensor, *, mask: object = None) -> Shape:
        layer: Any = self
        expect_no_batch(x, layer.feature_axes)
        return named_features(layer, x, feature_sizes(x, layer.feature_axes))
