"""Normalisation layers and functions, which keep the shape.

Source: https://docs.pytorch.org/docs/stable/nn.html#normalization-layers
"""

from __future__ import annotations

from functools import partial

from cnnlint.plugin import (
    BiasBeforeNorm,
    DeadArgument,
    Dim,
    Dims,
    DropoutBeforeBatchNorm,
    GroupsNotDividing,
    InvalidArgument,
    ListValue,
    Mixing,
    NormMismatch,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Value,
    WrongRank,
    differ,
    equal,
    expect_equal,
    expect_rank,
    greater,
    product,
    remark,
    unknown_size,
)
from cnnlint_torch.activation import unchanged
from cnnlint_torch.devices import expect_together
from cnnlint_torch.dtypes import expect_floats, expect_like
from cnnlint_torch.elements import ALONG, BIASED, ORIGIN, made
from cnnlint_torch.framework import FACTORY, torch
from cnnlint_torch.precision import FLOATING
from cnnlint_torch.sizes import allocated_size, per_axis, ranked


def expect_channels(input: Tensor, channels: Dim, tensors: tuple[Tensor | None, ...]) -> None:
    """Raises NormMismatch where a parameter or buffer is proven to have another size than the channels, and what `expect_scales` does."""
    x = input.shape
    for tensor in tensors:
        if tensor is not None and not tensor.shape.leading:
            size = tensor.shape.numel
            expect_equal(size, channels, partial(NormMismatch, size, channels, argument="num_features", output=x))
    expect_scales(input, tensors)


def expect_scales(input: Tensor, tensors: tuple[Tensor | None, ...]) -> None:
    """Raises DtypeMismatch for an input of integers, and where parameters are proven to be in another precision.

    Parameters of float32 serve inputs of half precision as well. Raises DeviceMismatch where they lie elsewhere.
    """
    expect_floats(input, exception="NotImplementedError", output=input.shape)
    for tensor in tensors:
        if tensor is not None and not (tensor.dtype in ("float32", FLOATING) and input.dtype in ("float16", "bfloat16")):
            expect_like(input, tensor, output=input.shape)
    expect_together("", input, *tensors)


@torch.op("nn.functional.batch_norm")
def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: object = False,
    momentum: object = 0.1,
    eps: object = 1e-5,
) -> Result:
    """Statistics over the batch and all positions, for each channel; in training there must be more than one value.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html
    """
    x = input.shape
    if x.leading:
        return unchanged(input)
    if len(x) < 2:
        raise WrongRank("at least 2", x)
    if 0 in x.dims:
        return unchanged(input)
    if training is True and equal(x[0] * product(x.spatial), 1):
        raise OperationFails(f"one value per channel in training: the input is {x}", exception="ValueError")
    expect_channels(input, x[1], (running_mean, running_var, weight, bias))
    origin = input.data.get(ORIGIN)
    if origin == "affine" and input.data.get(BIASED) and input.data.get(ALONG) == 1 - len(x):
        remark(BiasBeforeNorm(x[1]))
    if origin == "dropout":
        remark(DropoutBeforeBatchNorm())
    return unchanged(input)


def features(num_features: Value) -> tuple[Dim, ...]:
    """The shape of a parameter; a sequence is allowed here by mistake, and not followed."""
    if isinstance(num_features, (tuple, ListValue)):
        return (unknown_size("`num_features` is a sequence"),)
    return (allocated_size("num_features", num_features),)


@torch.layer("nn.BatchNorm1d", ranks=(3, 2), hides=FACTORY)
@torch.layer("nn.BatchNorm2d", ranks=(4,), hides=FACTORY)
@torch.layer("nn.BatchNorm3d", ranks=(5,), hides=FACTORY)
class BatchNorm:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html"""

    def parameters(
        num_features: object,
        eps: object = 1e-5,
        momentum: object = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        *,
        bias: bool = True,
    ) -> dict[str, tuple[Dim, ...] | None]:
        if track_running_stats is False and isinstance(momentum, float) and momentum != 0.1:
            reason = "there are no running statistics that it would update"
            remark(DeadArgument(reason, argument="momentum", literal=("momentum", "track_running_stats")))
        if not affine:
            return {"weight": None, "bias": None}
        size = features(num_features)
        return {"weight": size, "bias": size if bias else None}

    def buffers(num_features: object, track_running_stats: bool, **given: object) -> dict[str, tuple[Dim, ...] | Tensor | None]:
        if not track_running_stats:
            return {"running_mean": None, "running_var": None, "num_batches_tracked": None}
        size = features(num_features)
        return {"running_mean": size, "running_var": size, "num_batches_tracked": made(Shape(()), "int64")}

    def forward(self, input: Tensor) -> Value:
        x = ranked(input, *self.ranks, exception="ValueError")  # type: ignore[attr-defined]
        is_open = x is not input and len(self.ranks) > 1  # type: ignore[attr-defined]
        if is_open and input.shape.dims:
            return unchanged(input)  # which of the known axes holds the channels is open
        mean, var = self.running_mean, self.running_var  # type: ignore[attr-defined]
        training = self.training or (mean is None and var is None)  # type: ignore[attr-defined]
        result = batch_norm(x, mean, var, self.weight, self.bias, training)  # type: ignore[attr-defined]
        return unchanged(input) if is_open else result


@torch.op("batch_norm")
def batch_norm_in_other_order(
    input: Tensor,
    weight: object,
    bias: object,
    running_mean: object,
    running_var: object,
    training: object,
    momentum: object,
    eps: object,
    cudnn_enabled: object,
) -> Value:
    return batch_norm(input, running_mean, running_var, weight, bias, training)


@torch.layer("nn.SyncBatchNorm", hides=FACTORY)
class SyncBatchNorm:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.SyncBatchNorm.html"""

    def parameters(
        num_features: object,
        eps: object = 1e-5,
        momentum: object = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        process_group: object = None,
        *,
        bias: bool = True,
    ) -> dict[str, tuple[Dim, ...] | None]:
        return BatchNorm.parameters(num_features, eps, momentum, affine, track_running_stats, bias=bias)

    buffers = BatchNorm.buffers

    def forward(self, input: Tensor) -> Value:
        mean, var = self.running_mean, self.running_var  # type: ignore[attr-defined]
        return batch_norm(input, mean, var, self.weight, self.bias, False)  # type: ignore[attr-defined]


torch.transparent("nn.SyncBatchNorm.convert_sync_batchnorm")


@torch.op("nn.functional.instance_norm")
def instance_norm(
    input: Tensor,
    running_mean: Tensor | None = None,
    running_var: Tensor | None = None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    use_input_stats: object = True,
    momentum: object = 0.1,
    eps: object = 1e-5,
) -> Result:
    """Statistics over the positions of each channel of each example; there must be more than one position.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.instance_norm.html
    """
    x = input.shape
    if x.leading:
        return unchanged(input)
    if len(x) < 2:
        raise WrongRank("at least 3", x)
    if 0 in x.dims:
        return unchanged(input)
    if use_input_stats is True and equal(product(x.spatial), 1):
        raise OperationFails(f"one position per channel in training: the input is {x}", exception="ValueError")
    expect_channels(input, x[1], (running_mean, running_var, weight, bias))
    origin = input.data.get(ORIGIN)
    if origin == "affine" and input.data.get(BIASED) and input.data.get(ALONG) == 1 - len(x):
        remark(BiasBeforeNorm(x[1]))
    if origin == "dropout":
        remark(DropoutBeforeBatchNorm())
    return unchanged(input, flow=Mixing(tuple(range(2, len(x)))))


@torch.layer("nn.InstanceNorm1d", ranks=(3, 2), hides=FACTORY)
@torch.layer("nn.InstanceNorm2d", ranks=(4, 3), hides=FACTORY)
@torch.layer("nn.InstanceNorm3d", ranks=(5, 4), hides=FACTORY)
class InstanceNorm:
    """Without parameters it takes any number of channels, whatever `num_features` says.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.InstanceNorm2d.html
    """

    def parameters(
        num_features: object,
        eps: object = 1e-5,
        momentum: object = 0.1,
        affine: bool = False,
        track_running_stats: bool = False,
        *,
        bias: bool = True,
    ) -> dict[str, tuple[Dim, ...] | None]:
        return BatchNorm.parameters(num_features, eps, momentum, affine, track_running_stats, bias=bias)

    buffers = BatchNorm.buffers

    def forward(self, input: Tensor) -> Value:
        x = expect_rank(input, *self.ranks, exception="ValueError")  # type: ignore[attr-defined]
        channels, weight = x[1 - self.ranks[0]], self.weight  # type: ignore[attr-defined]
        if weight is not None and differ(weight.shape.numel, channels):
            raise NormMismatch(weight.shape.numel, channels, argument="num_features", exception="ValueError", output=x)
        is_batched = len(x) == self.ranks[0]  # type: ignore[attr-defined]
        batched = Tensor(x if is_batched else Shape((1, *x.dims)))
        uses_input = self.training or not self.track_running_stats  # type: ignore[attr-defined]
        instance_norm(batched, self.running_mean, self.running_var, weight, self.bias, uses_input)  # type: ignore[attr-defined]
        axes = tuple(range(1 - self.ranks[0] + 1, 0))  # type: ignore[attr-defined]
        return Result(x, padded=input.padded, is_contiguous=input.is_contiguous or None, flow=Mixing(axes))


@torch.op("nn.functional.group_norm", "group_norm")
def group_norm(
    input: Tensor,
    num_groups: Dim,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: object = 1e-5,
    cudnn_enabled: object = True,
) -> Result:
    """Statistics over the channels of a group and all positions; the groups must divide the channels.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.group_norm.html
    """
    x = input.shape
    if x.leading:
        return unchanged(input)
    if len(x) < 2:
        raise WrongRank("at least 2", x)
    if greater(1, num_groups):
        raise InvalidArgument(f"must be positive, but is {num_groups}", argument="num_groups")
    if differ(x[1] % num_groups, 0):
        if weight is not None and differ(weight.shape.numel, x[1]):
            raise NormMismatch(weight.shape.numel, x[1], argument="num_channels", output=x)
        raise GroupsNotDividing(x[1], num_groups, "num_groups", argument="num_channels", output=x)
    if equal(x[0] * x[1] // num_groups * product(x.spatial), 1):
        raise OperationFails(f"one value per group: the input is {x}", exception="ValueError", argument="num_groups")
    for tensor in (weight, bias):
        if tensor is not None and not tensor.shape.leading:
            size = tensor.shape.numel
            expect_equal(size, x[1], partial(NormMismatch, size, x[1], argument="num_channels", output=x))
    expect_scales(input, (weight, bias))
    return unchanged(input, flow=Mixing(tuple(range(2, len(x)))))


@torch.layer("nn.GroupNorm", hides=FACTORY)
class GroupNorm:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.GroupNorm.html"""

    def parameters(
        num_groups: Dim,
        num_channels: Dim,
        eps: object = 1e-5,
        affine: bool = True,
        *,
        bias: bool = True,
    ) -> dict[str, tuple[Dim, ...] | None]:
        if equal(num_groups, 0):
            raise InvalidArgument("must not be 0", argument="num_groups", exception="ZeroDivisionError")
        if differ(num_channels % num_groups, 0):
            raise GroupsNotDividing(num_channels, num_groups, "num_groups", argument="num_channels", exception="ValueError")
        size = (allocated_size("num_channels", num_channels),)
        return {"weight": size if affine else None, "bias": size if affine and bias else None}

    def forward(self, input: Tensor) -> Value:
        return group_norm(input, self.num_groups, self.weight, self.bias)  # type: ignore[attr-defined]


def normalised_last(input: Tensor, normalized_shape: Dims, parameters: tuple[Tensor | None, ...], *, promotes: bool = False) -> Result:
    """Raises NormMismatch where the last axes are proven to be others than `normalized_shape`; some take any precision (`promotes`)."""
    if not isinstance(normalized_shape, Dims):
        raise InvalidArgument(f"must be a tuple of ints, but is {normalized_shape}", argument="normalized_shape", exception="TypeError")
    x, expected = input.shape, Shape(tuple(normalized_shape))
    if not normalized_shape:
        raise InvalidArgument("must have at least one element", argument="normalized_shape")
    got = x.dims[-len(expected) :]
    failure = NormMismatch(
        expected[0] if len(expected) == 1 else expected,
        got[0] if len(expected) == len(got) == 1 else Shape(got),
        argument="normalized_shape",
        output=None if x.leading else x,
    )
    if x.rank is not None and x.rank < len(expected):
        raise failure
    for want, have in zip(reversed(expected.dims), reversed(got), strict=False):
        expect_equal(want, have, failure)
    for size in (tensor.shape for tensor in parameters if tensor is not None):
        if not size.leading and (len(size) != len(expected) or any(map(differ, size, expected))):
            raise OperationFails(f"parameters of shape {size} for a normalized_shape of {expected}")
    expect_scales(input, () if promotes else parameters)
    return unchanged(input, flow=Mixing(tuple(range(-len(expected), 0))))


@torch.op("nn.functional.layer_norm", "layer_norm")
def layer_norm(
    input: Tensor,
    normalized_shape: Dims,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: object = 1e-5,
    cudnn_enable: object = True,
) -> Result:
    """Statistics over the last axes, which must be `normalized_shape`.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html
    """
    return normalised_last(input, normalized_shape, (weight, bias))


@torch.op("nn.functional.rms_norm", "rms_norm")
def rms_norm(input: Tensor, normalized_shape: Dims, weight: Tensor | None = None, eps: object = None) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.rms_norm.html"""
    return normalised_last(input, normalized_shape, (weight,), promotes=True)


@torch.layer("nn.LayerNorm", hides=FACTORY)
class LayerNorm:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html"""

    def parameters(
        normalized_shape: object,
        eps: object = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
    ) -> dict[str, tuple[Dim, ...] | None]:
        if not elementwise_affine:
            return {"weight": None, "bias": None}
        size = normalized_sizes(normalized_shape)
        return {"weight": size, "bias": size if bias else None}

    def attributes(normalized_shape: object, **given: object) -> dict[str, object]:
        return {"normalized_shape": per_axis(normalized_shape, 1)}

    def forward(self, input: Tensor) -> Value:
        return layer_norm(input, self.normalized_shape, self.weight, self.bias)  # type: ignore[attr-defined]


@torch.layer("nn.RMSNorm", hides=FACTORY)
class RMSNorm:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.RMSNorm.html"""

    def parameters(
        normalized_shape: object,
        eps: object = None,
        elementwise_affine: bool = True,
    ) -> dict[str, tuple[Dim, ...] | None]:
        return {"weight": normalized_sizes(normalized_shape) if elementwise_affine else None}

    def attributes(normalized_shape: object, **given: object) -> dict[str, object]:
        return {"normalized_shape": per_axis(normalized_shape, 1)}

    def forward(self, input: Tensor) -> Value:
        return rms_norm(input, self.normalized_shape, self.weight)  # type: ignore[attr-defined]


def normalized_sizes(normalized_shape: Value) -> tuple[Dim, ...]:
    """The sizes of the parameters; raises Undetermined where not even their number is known."""
    sizes = per_axis(normalized_shape, 1)
    if not isinstance(sizes, tuple):
        raise Undetermined(sizes)
    return tuple(allocated_size("normalized_shape", size) for size in sizes)


@torch.op("nn.functional.local_response_norm")
def local_response_norm(
    input: Tensor,
    size: Dim,
    alpha: object = 1e-4,
    beta: object = 0.75,
    k: object = 1.0,
) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.local_response_norm.html"""
    rank = input.shape.rank
    if rank is not None and rank < 3:
        raise WrongRank("at least 3", input.shape, exception="ValueError")
    if greater(1, size):
        raise InvalidArgument(f"must be positive, but is {size}", argument="size")
    return unchanged(input)


@torch.layer("nn.LocalResponseNorm", "nn.CrossMapLRN2d")
class LocalResponseNorm:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.LocalResponseNorm.html"""

    def parameters(size: object, alpha: object = 1e-4, beta: object = 0.75, k: object = 1.0) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return local_response_norm(input, self.size)  # type: ignore[attr-defined]
