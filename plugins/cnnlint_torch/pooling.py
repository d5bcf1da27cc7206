"""Max, average and power-average pooling, with a window that slides.

Source: https://docs.pytorch.org/docs/stable/nn.html#pooling-layers
"""

from __future__ import annotations

from cnnlint.formulas import axiswise, window_output, window_output_ceil
from cnnlint.plugin import (
    Dims,
    EmptyOutput,
    InvalidArgument,
    ListValue,
    OperationFails,
    PoolPaddingTooLarge,
    Result,
    Shape,
    Sliding,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    Window,
    compare,
    expect_at_least,
    expect_rank,
    expect_that,
    greater,
)
from cnnlint_torch.framework import torch
from cnnlint_torch.sizes import expect_sizes, per_axis, window_behind


def expect_elements(x: Shape, spatial: int, *, with_channels: bool = True) -> None:
    """Raises OperationFails where an axis other than the batch is empty."""
    for size in x.dims[-spatial - int(with_channels) :]:
        expect_that(compare("!=", size, 0), lambda: OperationFails(f"the input is empty: {x}"))


def pooled(
    input: Tensor, spatial: int, K: Dims, S: Dims | None, P: Dims, D: Dims, ceil_mode: object, *, fits_unpadded: bool = False
) -> Result:
    """The output of a pool.

    The padding may be half of the undilated kernel; in `ceil_mode` the last window may reach over the edge but must start
    before the right padding. `fits_unpadded` when the kernel must not be larger than the input without its padding.
    """
    x = expect_rank(input, spatial + 2, spatial + 1)
    S = K if S is None or not len(S) else S
    expect_sizes("kernel_size", K, spatial, 1)
    expect_sizes("stride", S, spatial, 1)
    expect_sizes("padding", P, spatial, 0)
    expect_sizes("dilation", D, spatial, 1)
    for k, p in zip(K, P, strict=True):
        if greater(2 * p, k):
            raise PoolPaddingTooLarge(p, k, argument="padding")
    expect_elements(x, spatial)
    I = Dims(x[-spatial:])  # noqa: E741
    is_rounded_up = ceil_mode is True
    if isinstance(ceil_mode, bool):
        O = axiswise(window_output_ceil(I, K, S, P, D) if is_rounded_up else window_output(I, K, S, P, D))  # noqa: E741
    else:
        raise Undetermined(Unknown("whether a pool rounds up"))
    for i, k, s, p, d, o in zip(I, K, S, P, D, O, strict=True):
        failure = EmptyOutput(i, k, s, 0 if fits_unpadded else p, d, o, argument="kernel_size")
        expect_at_least(o, 1, failure)
        if fits_unpadded:
            expect_at_least(i, k, failure)
    unpadded, after = window_behind(input, I, P)
    window = Window(unpadded, K, S, P, after, D, O, has_weights=False, rounds=not is_rounded_up)
    return Result(Shape((*x.dims[:-spatial], *O)), window=window, flow=Sliding(tuple(range(-spatial, 0)), K, S, P, D))


def with_indices(found: Result) -> tuple[Result, Result]:
    """The result, and where in the input each of its elements stood."""
    return found, Result(found.shape, dtype="int64", flow=found.flow)


@torch.op("nn.functional.max_pool1d", spatial=1)
@torch.op("nn.functional.max_pool2d", spatial=2)
@torch.op("nn.functional.max_pool3d", spatial=3)
def max_pool(
    input: Tensor,
    kernel_size: Dims,
    stride: Dims | None = None,
    padding: Dims = 0,  # type: ignore[assignment]
    dilation: Dims = 1,  # type: ignore[assignment]
    ceil_mode: object = False,
    return_indices: bool = False,
    *,
    spatial: int,
) -> Result | tuple[Result, Result]:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html"""
    found = pooled(input, spatial, kernel_size, stride, padding, dilation, ceil_mode)
    return with_indices(found) if return_indices else found


@torch.op("max_pool1d", spatial=1)
@torch.op("max_pool2d", spatial=2)
@torch.op("max_pool3d", spatial=3)
def max_pool_alone(
    input: Tensor,
    kernel_size: Dims,
    stride: Dims | None = None,
    padding: Dims = 0,  # type: ignore[assignment]
    dilation: Dims = 1,  # type: ignore[assignment]
    ceil_mode: object = False,
    *,
    spatial: int,
) -> Result:
    return pooled(input, spatial, kernel_size, stride, padding, dilation, ceil_mode)


@torch.op("nn.functional.max_pool1d_with_indices", "max_pool1d_with_indices", spatial=1)
@torch.op("nn.functional.max_pool2d_with_indices", spatial=2)
@torch.op("nn.functional.max_pool3d_with_indices", spatial=3)
def max_pool_with_indices(
    input: Tensor,
    kernel_size: Dims,
    stride: Dims | None = None,
    padding: Dims = 0,  # type: ignore[assignment]
    dilation: Dims = 1,  # type: ignore[assignment]
    ceil_mode: object = False,
    return_indices: object = False,
    *,
    spatial: int,
) -> tuple[Result, Result]:
    return with_indices(pooled(input, spatial, kernel_size, stride, padding, dilation, ceil_mode))


@torch.op("nn.functional.avg_pool2d", spatial=2)
@torch.op("nn.functional.avg_pool3d", spatial=3)
def avg_pool(
    input: Tensor,
    kernel_size: Dims,
    stride: Dims | None = None,
    padding: Dims = 0,  # type: ignore[assignment]
    ceil_mode: object = False,
    count_include_pad: object = True,
    divisor_override: object = None,
    *,
    spatial: int,
) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html"""
    if divisor_override == 0 and isinstance(divisor_override, int):
        raise InvalidArgument("must not be 0", argument="divisor_override")
    return pooled(input, spatial, kernel_size, stride, padding, Dims.of(1, spatial), ceil_mode, fits_unpadded=spatial == 3)


@torch.op("nn.functional.avg_pool1d", "avg_pool1d", spatial=1)
def avg_pool_of_lines(
    input: Tensor,
    kernel_size: Dims,
    stride: Dims | None = None,
    padding: Dims = 0,  # type: ignore[assignment]
    ceil_mode: object = False,
    count_include_pad: object = True,
    *,
    spatial: int,
) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool1d.html"""
    return pooled(input, spatial, kernel_size, stride, padding, Dims.of(1, spatial), ceil_mode)


@torch.op("nn.functional.lp_pool1d", spatial=1)
@torch.op("nn.functional.lp_pool2d", spatial=2)
@torch.op("nn.functional.lp_pool3d", spatial=3)
def lp_pool(
    input: Tensor, norm_type: object, kernel_size: object, stride: Dims | None = None, ceil_mode: object = False, *, spatial: int
) -> Result:
    """An average pool of powers; its kernel is multiplied out, so a tuple is refused for lines and needs all its elements else.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.lp_pool2d.html
    """
    sizes = per_axis(kernel_size, spatial)
    if spatial == 1 and sizes is not None and isinstance(kernel_size, (tuple, ListValue)):
        raise InvalidArgument("must be an int, but is a tuple", argument="kernel_size", exception="TypeError")
    if isinstance(sizes, tuple) and len(sizes) != spatial:
        raise InvalidArgument(f"must have {spatial} elements, but has {len(sizes)}", argument="kernel_size", exception="ValueError")
    found: Result = lp_pool_of(input, sizes, stride, ceil_mode, spatial=spatial)
    return found


@torch.op()
def lp_pool_of(input: Tensor, kernel_size: Dims, stride: Dims | None, ceil_mode: object, *, spatial: int) -> Result:
    P, D = Dims.of(0, spatial), Dims.of(1, spatial)
    return pooled(input, spatial, kernel_size, stride, P, D, ceil_mode, fits_unpadded=spatial == 3)


def or_kernel(stride: Value, kernel_size: Value) -> Value:
    return kernel_size if stride is None else stride


@torch.layer("nn.MaxPool1d", spatial=1)
@torch.layer("nn.MaxPool2d", spatial=2)
@torch.layer("nn.MaxPool3d", spatial=3)
class MaxPool:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html"""

    def parameters(
        kernel_size: object,
        stride: object = None,
        padding: object = 0,
        dilation: object = 1,
        return_indices: object = False,
        ceil_mode: object = False,
    ) -> None:
        return None

    def attributes(kernel_size: object, stride: object, **given: object) -> dict[str, object]:
        return {"stride": or_kernel(stride, kernel_size)}

    def forward(self, input: Tensor) -> Value:
        sizes = (self.kernel_size, self.stride, self.padding, self.dilation)  # type: ignore[attr-defined]
        return max_pool(input, *sizes, self.ceil_mode, self.return_indices, spatial=self.spatial)  # type: ignore[attr-defined]


@torch.layer("nn.AvgPool1d", spatial=1)
class AvgPoolOfLines:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.AvgPool1d.html"""

    def parameters(
        kernel_size: object, stride: object = None, padding: object = 0, ceil_mode: object = False, count_include_pad: object = True
    ) -> None:
        return None

    def attributes(kernel_size: object, stride: object, padding: object, **given: object) -> dict[str, object]:
        sizes = {"kernel_size": kernel_size, "stride": or_kernel(stride, kernel_size), "padding": padding}
        return {name: per_axis(value, 1) for name, value in sizes.items()}

    def forward(self, input: Tensor) -> Value:
        sizes = (self.kernel_size, self.stride, self.padding)  # type: ignore[attr-defined]
        return avg_pool_of_lines(input, *sizes, self.ceil_mode, spatial=1)  # type: ignore[attr-defined]


@torch.layer("nn.AvgPool2d", spatial=2)
@torch.layer("nn.AvgPool3d", spatial=3)
class AvgPool:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html"""

    def parameters(
        kernel_size: object,
        stride: object = None,
        padding: object = 0,
        ceil_mode: object = False,
        count_include_pad: object = True,
        divisor_override: object = None,
    ) -> None:
        return None

    def attributes(kernel_size: object, stride: object, **given: object) -> dict[str, object]:
        return {"stride": or_kernel(stride, kernel_size)}

    def forward(self, input: Tensor) -> Value:
        sizes = (self.kernel_size, self.stride, self.padding)  # type: ignore[attr-defined]
        rest = (self.ceil_mode, self.count_include_pad, self.divisor_override)  # type: ignore[attr-defined]
        return avg_pool(input, *sizes, *rest, spatial=self.spatial)  # type: ignore[attr-defined]


@torch.layer("nn.LPPool1d", spatial=1)
@torch.layer("nn.LPPool2d", spatial=2)
@torch.layer("nn.LPPool3d", spatial=3)
class LPPool:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.LPPool2d.html"""

    def parameters(norm_type: object, kernel_size: object, stride: object = None, ceil_mode: object = False) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        sizes = (self.norm_type, self.kernel_size, self.stride)  # type: ignore[attr-defined]
        return lp_pool(input, *sizes, self.ceil_mode, spatial=self.spatial)  # type: ignore[attr-defined]
