"""Pooling whose output size is asked for: adaptive, fractional, and the inverse of max pooling.

Source: https://docs.pytorch.org/docs/stable/nn.html#pooling-layers
"""

from __future__ import annotations

from cnnlint.formulas import axiswise, transposed_output
from cnnlint.plugin import (
    Choice,
    Dims,
    Expression,
    Flow,
    InvalidArgument,
    ListValue,
    Mixing,
    OperationFails,
    Result,
    Shape,
    Sliding,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    Window,
    WrongRank,
    equal,
    expect_at_least,
    expect_equal,
    expect_rank,
    floor,
    greater,
    unknown_size,
)
from cnnlint_torch.framework import torch
from cnnlint_torch.pooling import expect_elements, or_kernel, with_indices
from cnnlint_torch.sizes import expect_sizes, per_axis, read_sizes


def adaptive_size(I: Dims, output_size: Value, spatial: int) -> Dims:  # noqa: E741
    """The sizes that an adaptive pool gives: None keeps the input's, except alone or for lines.

    Raises InvalidArgument.
    """
    if output_size is None:
        raise InvalidArgument("must be an int or a tuple, but is None", is_absent=True, argument="output_size", exception="TypeError")
    sizes = per_axis(output_size, spatial)
    if isinstance(sizes, tuple):
        if len(sizes) != spatial:
            raise InvalidArgument(f"must have {spatial} elements, but has {len(sizes)}", argument="output_size")
        if spatial > 1:
            sizes = tuple(i if size is None else size for size, i in zip(sizes, I, strict=True))
    O = read_sizes("output_size", sizes, spatial)  # noqa: E741
    for o in O:
        if greater(0, o):
            raise InvalidArgument(f"must not be negative, but is {o}", argument="output_size")
    return O


def adaptive(input: Tensor, output_size: Value, spatial: int, *, is_max: bool) -> Result:
    """The output has the size asked for, whatever the input's; where it divides the input's the windows are all alike."""
    is_mean = not is_max and spatial > 1 and is_one(output_size, spatial)
    may_be_mean = not is_max and spatial > 1 and may_be_one(output_size, spatial)
    if may_be_mean and not is_mean and input.shape.rank not in (None, spatial + 1, spatial + 2):
        return Result(Shape((), leading=True))
    x = input.shape if is_mean and len(input.shape.dims) >= spatial else expect_rank(input, spatial + 2, spatial + 1)
    if isinstance(output_size, (tuple, ListValue)) and x.rank is not None and x.rank <= spatial > 1:
        raise WrongRank(f"at least {spatial + 1}", x, exception="ValueError")
    if is_mean:  # a mean over the last axes, of which there may be any number before
        ones = Dims.of(1, spatial)
        window = adaptive_window(Dims(x.dims[-spatial:]), ones)
        return Result(Shape((*x.dims[:-spatial], *ones), x.leading), window=window, flow=Mixing(tuple(range(-spatial, 0))))
    I = Dims(x[-spatial:])  # noqa: E741
    expect_elements(x, spatial, with_channels=is_max)
    O = adaptive_size(I, output_size, spatial)  # noqa: E741
    window = adaptive_window(I, O)
    return Result(Shape((*x.dims[:-spatial], *O)), window=window, flow=adaptive_flow(window, spatial))


def adaptive_flow(window: Window | None, spatial: int) -> Flow | None:
    """Equal windows slide; one that is the whole input mixes all of it."""
    if window is None:
        return None
    axes = tuple(range(-spatial, 0))
    wholes = [equal(o, 1) for o in window.output]
    if all(wholes):
        return Mixing(axes)
    if any(wholes):
        return None
    return Sliding(axes, window.kernel, window.stride, window.padding_before, window.dilation)


def is_one(output_size: Value, spatial: int) -> bool:
    sizes = per_axis(output_size, spatial)
    return isinstance(sizes, tuple) and len(sizes) == spatial and all(size == 1 and type(size) is int for size in sizes)


def may_be_one(output_size: Value, spatial: int) -> bool:
    """Whether it is open if every size asked for is 1."""
    sizes = per_axis(output_size, spatial)
    return not isinstance(sizes, tuple) or all(size == 1 or isinstance(size, (Unknown, Expression, Choice)) for size in sizes)


def adaptive_window(I: Dims, O: Dims) -> Window | None:  # noqa: E741
    """The window that slides, where all are equal: the whole input for one output pixel, else a divisor's."""
    if not all(
        equal(o, 1) or equal(i, o) or (isinstance(i, int) and isinstance(o, int) and o and not i % o) for i, o in zip(I, O, strict=True)
    ):
        return None
    K = Dims(i if equal(o, 1) else 1 if equal(i, o) else i // o for i, o in zip(I, O, strict=True))
    none = Dims.of(0, len(I))
    return Window(I, K, K, none, none, Dims.of(1, len(I)), O, has_weights=False, rounds=False)


@torch.op("nn.functional.adaptive_avg_pool1d", "adaptive_avg_pool1d", spatial=1)
@torch.op("nn.functional.adaptive_avg_pool2d", spatial=2)
@torch.op("nn.functional.adaptive_avg_pool3d", spatial=3)
def adaptive_avg_pool(input: Tensor, output_size: object, *, spatial: int) -> Result:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html"""
    return adaptive(input, output_size, spatial, is_max=False)


@torch.op("nn.functional.adaptive_max_pool1d", spatial=1)
@torch.op("nn.functional.adaptive_max_pool2d", spatial=2)
@torch.op("nn.functional.adaptive_max_pool3d", spatial=3)
def adaptive_max_pool(input: Tensor, output_size: object, return_indices: bool = False, *, spatial: int) -> Result | tuple[Result, Result]:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool2d.html"""
    found = adaptive(input, output_size, spatial, is_max=True)
    return with_indices(found) if return_indices else found


@torch.op("nn.functional.adaptive_max_pool1d_with_indices", "adaptive_max_pool1d", spatial=1)
@torch.op("nn.functional.adaptive_max_pool2d_with_indices", spatial=2)
@torch.op("nn.functional.adaptive_max_pool3d_with_indices", spatial=3)
def adaptive_max_pool_with_indices(
    input: Tensor, output_size: object, return_indices: object = False, *, spatial: int
) -> tuple[Result, Result]:
    return with_indices(adaptive(input, output_size, spatial, is_max=True))


@torch.layer("nn.AdaptiveAvgPool1d", spatial=1)
@torch.layer("nn.AdaptiveAvgPool2d", spatial=2)
@torch.layer("nn.AdaptiveAvgPool3d", spatial=3)
class AdaptiveAvgPool:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html"""

    def parameters(output_size: object) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return adaptive_avg_pool(input, self.output_size, spatial=self.spatial)  # type: ignore[attr-defined]


@torch.layer("nn.AdaptiveMaxPool1d", spatial=1)
@torch.layer("nn.AdaptiveMaxPool2d", spatial=2)
@torch.layer("nn.AdaptiveMaxPool3d", spatial=3)
class AdaptiveMaxPool:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveMaxPool2d.html"""

    def parameters(output_size: object, return_indices: object = False) -> None:
        return None

    def forward(self, input: Tensor) -> Value:
        return adaptive_max_pool(input, self.output_size, self.return_indices, spatial=self.spatial)  # type: ignore[attr-defined]


def expect_one_way(output_size: Value, output_ratio: Value, *, is_layer: bool) -> None:
    """Raises InvalidArgument where a fractional pool is told neither its size nor its ratio, or, as a layer, both."""
    if output_size is None and output_ratio is None:
        raise InvalidArgument("must be given, or output_ratio", argument="output_size", exception="ValueError")
    if is_layer and output_size is not None and output_ratio is not None:
        raise InvalidArgument("must not be given with output_size", argument="output_ratio", exception="ValueError")


@torch.op("nn.functional.fractional_max_pool2d", spatial=2)
@torch.op("nn.functional.fractional_max_pool3d", spatial=3)
def fractional_max_pool(
    input: Tensor,
    kernel_size: Dims,
    output_size: Dims | None = None,
    output_ratio: object = None,
    return_indices: bool = False,
    _random_samples: object = None,
    *,
    spatial: int,
) -> Result | tuple[Result, Result]:
    """Windows at random distances: all must fit side by side into the input, in a volume with a pixel to spare.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.fractional_max_pool2d.html
    """
    expect_one_way(output_size, output_ratio, is_layer=False)
    x = expect_rank(input, spatial + 2, spatial + 1)
    I = Dims(x[-spatial:])  # noqa: E741
    expect_sizes("kernel_size", kernel_size, spatial, None)
    if output_size is None:
        ratios = output_ratio
        if not isinstance(ratios, tuple):
            if isinstance(ratios, (int, float)):
                raise InvalidArgument("must be a tuple", argument="output_ratio", exception="TypeError")
            raise Undetermined(ratios if isinstance(ratios, Unknown) else Unknown("`output_ratio` of a fractional pool"))
        if len(ratios) != spatial or not all(isinstance(ratio, (int, float)) for ratio in ratios):
            raise Undetermined(Unknown("`output_ratio` of a fractional pool"))
        O = Dims(floor(i * ratio) for i, ratio in zip(I, ratios, strict=True))  # noqa: E741
    else:
        expect_sizes("output_size", output_size, spatial, 0)
        O = output_size  # noqa: E741
    expect_elements(x, spatial)
    for i, k, o in zip(I, kernel_size, O, strict=True):
        reason = f"{o} windows of {k} pixels do not fit into {i}"
        expect_at_least(i, o + k - 1 + (spatial == 3), OperationFails(reason, argument="kernel_size"))
    found = Result(Shape((*x.dims[:-spatial], *O)))
    return with_indices(found) if return_indices else found


@torch.op("nn.functional.fractional_max_pool2d_with_indices", spatial=2)
@torch.op("nn.functional.fractional_max_pool3d_with_indices", spatial=3)
def fractional_max_pool_with_indices(
    input: Tensor,
    kernel_size: object,
    output_size: object = None,
    output_ratio: object = None,
    return_indices: object = False,
    _random_samples: object = None,
    *,
    spatial: int,
) -> Value:
    return fractional_max_pool(input, kernel_size, output_size, output_ratio, True, spatial=spatial)


@torch.layer("nn.FractionalMaxPool2d", spatial=2)
@torch.layer("nn.FractionalMaxPool3d", spatial=3)
class FractionalMaxPool:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.FractionalMaxPool2d.html"""

    def parameters(
        kernel_size: object,
        output_size: object = None,
        output_ratio: object = None,
        return_indices: object = False,
        _random_samples: object = None,
        *,
        spatial: int,
    ) -> None:
        expect_one_way(output_size, output_ratio, is_layer=True)
        ratios = per_axis(output_ratio, spatial)
        for ratio in ratios if isinstance(ratios, tuple) else ():
            if isinstance(ratio, (int, float)) and not 0 < ratio < 1:
                raise InvalidArgument(f"must be between 0 and 1, but is {ratio}", argument="output_ratio", exception="ValueError")

    def attributes(kernel_size: object, output_size: object, output_ratio: object, *, spatial: int, **given: object) -> dict[str, object]:
        sizes = {"kernel_size": kernel_size, "output_size": output_size, "output_ratio": output_ratio}
        return {name: None if value is None else per_axis(value, spatial) for name, value in sizes.items()}

    def forward(self, input: Tensor) -> Value:
        sizes = (self.kernel_size, self.output_size, self.output_ratio)  # type: ignore[attr-defined]
        return fractional_max_pool(input, *sizes, self.return_indices, spatial=self.spatial)  # type: ignore[attr-defined]


@torch.op("nn.functional.max_unpool1d", spatial=1)
@torch.op("nn.functional.max_unpool2d", spatial=2)
@torch.op("nn.functional.max_unpool3d", spatial=3)
def max_unpool(
    input: Tensor,
    indices: Tensor,
    kernel_size: Dims,
    stride: Dims | None = None,
    padding: Dims = 0,  # type: ignore[assignment]
    output_size: object = None,
    *,
    spatial: int,
) -> Result:
    """O = (I - 1) S - 2P + K, or a size asked for that is less than a stride away from it.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool2d.html
    """
    x = expect_rank(input, spatial + 2, spatial + 1)
    K, S = kernel_size, kernel_size if stride is None else stride
    expect_sizes("kernel_size", K, spatial, None)
    expect_sizes("stride", S, spatial, 1 if spatial == 3 else None)
    expect_sizes("padding", padding, spatial, None)
    O = axiswise(transposed_output(Dims(x[-spatial:]), K, S, padding))  # noqa: E741
    if output_size is not None:
        O = unpooled_size(O, S, output_size, spatial)  # noqa: E741
    for o in O:
        if greater(0, o):
            raise OperationFails(f"an output of size {o} for an input of shape {x}", argument="padding", exception="ValueError")
    if indices.dtype not in (None, "int64"):
        raise OperationFails(f"the indices must be int64, but are {indices.dtype}")
    if not indices.shape.leading and not x.leading:
        failure = OperationFails(f"indices of shape {indices.shape} for an input of shape {x}")
        if len(indices.shape) != len(x):
            raise failure
        for a, b in zip(indices.shape, x, strict=True):
            expect_equal(a, b, failure)
    expect_elements(x, spatial)
    return Result(Shape((*x.dims[:-spatial], *O)))


def unpooled_size(default: Dims, S: Dims, output_size: Value, spatial: int) -> Dims:
    """The size asked for, of which batch and channels may be part.

    Raises InvalidArgument with ValueError where it is proven to be out of reach.
    """
    sizes = per_axis(output_size, 0)
    if not isinstance(sizes, tuple):
        return Dims(unknown_size("the output size of an unpooling") for _ in default)
    if not sizes:
        raise InvalidArgument("must be a tuple", argument="output_size", exception="TypeError")
    if len(sizes) == spatial + 2:
        sizes = sizes[2:]
    if len(sizes) != spatial:
        reason = f"must have {spatial} or {spatial + 2} elements, but has {len(sizes)}"
        raise InvalidArgument(reason, argument="output_size", exception="ValueError")
    O = read_sizes("output_size", sizes, spatial)  # noqa: E741
    for o, usual, s in zip(O, default, S, strict=True):
        if not (greater(o, usual - s) or not greater(usual - s + 1, o)) or greater(o + 1, usual + s):
            reason = f"must lie between {usual - s} and {usual + s}, but is {o}"
            raise InvalidArgument(reason, argument="output_size", exception="ValueError")
    return O


@torch.layer("nn.MaxUnpool1d", spatial=1)
@torch.layer("nn.MaxUnpool2d", spatial=2)
@torch.layer("nn.MaxUnpool3d", spatial=3)
class MaxUnpool:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxUnpool2d.html"""

    def parameters(kernel_size: object, stride: object = None, padding: object = 0) -> None:
        return None

    def attributes(kernel_size: object, stride: object, padding: object, *, spatial: int) -> dict[str, object]:
        sizes = {"kernel_size": kernel_size, "stride": or_kernel(stride, kernel_size), "padding": padding}
        return {name: per_axis(value, spatial) for name, value in sizes.items()}

    def forward(self, input: Tensor, indices: Tensor, output_size: object = None) -> Value:
        sizes = (self.kernel_size, self.stride, self.padding, output_size)  # type: ignore[attr-defined]
        return max_unpool(input, indices, *sizes, spatial=self.spatial)  # type: ignore[attr-defined]
