"""Convolution layers and functions.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html and the pages beside it.
"""

from __future__ import annotations

from cnnlint.formulas import axiswise, conv_macs, dilated, same_output, window_output
from cnnlint.plugin import (
    ChannelMismatch,
    DeadArgument,
    Dim,
    Dims,
    EmptyOutput,
    EvenKernelWithSame,
    GroupsNotDividing,
    InvalidArgument,
    OperationFails,
    Result,
    SamePaddingWithStride,
    Shape,
    Sliding,
    Tensor,
    Value,
    Window,
    at_least,
    equal,
    expect_at_least,
    expect_divisible,
    expect_equal,
    expect_rank,
    greater,
    per_example,
    remark,
)
from cnnlint_torch.devices import expect_together
from cnnlint_torch.dtypes import expect_like, product_dtype
from cnnlint_torch.elements import ALONG, BIASED, ORIGIN
from cnnlint_torch.framework import FACTORY, torch
from cnnlint_torch.padding import pad
from cnnlint_torch.sizes import allocated_size, expect_sizes, per_axis, read_sizes, window_behind

PADDING_MODES = ("zeros", "reflect", "replicate", "circular")


def expect_window(I: Dims, K: Dims, S: Dims, P: Dims, D: Dims, O: Dims) -> None:  # noqa: E741
    """Raises EmptyOutput where the dilated kernel is proven larger than the padded input."""
    for i, k, s, p, d, o in zip(I, K, S, P, D, O, strict=True):
        expect_at_least(o, 1, lambda i=i, k=k, s=s, p=p, d=d, o=o: EmptyOutput(i, k, s, p, d, o, argument="kernel_size"))


@torch.op("nn.functional.conv1d", "conv1d", spatial=1)
@torch.op("nn.functional.conv2d", "conv2d", spatial=2)
@torch.op("nn.functional.conv3d", "conv3d", spatial=3)
def conv(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Dims = 1,  # type: ignore[assignment]
    padding: Dims | str = 0,  # type: ignore[assignment]
    dilation: Dims = 1,  # type: ignore[assignment]
    groups: Dim = 1,
    *,
    spatial: int,
) -> Result:
    """O = (I - K + 2P) / S + 1, rounded down; the weight is (N, C, *K), C being the channels that one filter sees."""
    x = expect_rank(input, spatial + 2, spatial + 1)
    N, C, *kernel = expect_rank(weight, spatial + 2)
    K = Dims(kernel)
    expect_sizes("kernel_size", K, spatial, 1)
    expect_sizes("stride", stride, spatial, 1)
    expect_sizes("dilation", dilation, spatial, 1)
    expect_filters(N, groups, None if bias is None else bias.shape)
    I = Dims(x[-spatial:])  # noqa: E741
    if isinstance(padding, str):
        P = Dims.of(0, spatial)
        expect_padding_word(padding, stride)
        for k in K if padding == "same" else ():
            if equal(k % 2, 0):
                remark(EvenKernelWithSame(k, argument="kernel_size"))
                break
        O = axiswise(same_output(I, stride) if padding == "same" else window_output(I, K, stride, P, dilation))  # noqa: E741
    else:
        P = padding
        expect_sizes("padding", P, spatial, 0)
        O = axiswise(window_output(I, K, stride, P, dilation))  # noqa: E741
    batch = x.dims[: -spatial - 1]
    channels = x[-spatial - 1]
    output = Shape((*batch, N, *O))
    is_empty = any(greater(1, o) for o in O)
    mismatch = ChannelMismatch(C * groups, channels, argument="in_channels", output=None if is_empty else output)
    expect_equal(C * groups, channels, mismatch)
    expect_window(I, K, stride, P, dilation, O)
    expect_weights(input, weight, bias, output)
    unpadded, after = window_behind(input, I, P)
    window = Window(unpadded, K, stride, P, after, dilation, O, has_weights=True, rounds=padding != "same")
    data = {ORIGIN: "affine", ALONG: -spatial - 1, BIASED: bias is not None}
    before = same_padding(K, dilation)[0] if padding == "same" else P
    flow = Sliding(tuple(range(-spatial, 0)), K, stride, before, dilation, (-spatial - 1,), is_grouped=not equal(groups, 1))
    macs = conv_macs(K, C, N, O) * per_example(batch)
    return Result(output, macs=macs, window=window, dtype=product_dtype(input, weight), data=data, flow=flow)


def expect_weights(input: Tensor, weight: Tensor, bias: Tensor | None, output: Shape) -> None:
    """Raises DtypeMismatch and DeviceMismatch where the input, the weights and the bias are proven not to belong together."""
    expect_like(input, weight, output=output)
    expect_like(bias, input, "a bias", "the input", output=output)
    expect_together("", input, weight, bias)


def expect_filters(N: Dim, groups: Dim, bias: Shape | None) -> None:
    """Raises GroupsNotDividing where the filters cannot be shared out, OperationFails for a bias of another size."""
    if greater(1, groups):
        raise InvalidArgument(f"must be positive, but is {groups}", argument="groups")
    if greater(groups, N):
        raise GroupsNotDividing(N, groups, argument="out_channels")
    expect_divisible("out_channels", N, groups, exception="RuntimeError")
    if bias is not None and not bias.leading:
        failure = OperationFails(f"a bias of shape {bias} for {N} filters")
        if len(bias) != 1:
            raise failure
        expect_equal(bias[0], N, failure)


def expect_padding_word(padding: str, stride: Dims, exception: str = "RuntimeError") -> None:
    """Raises InvalidArgument for a word that is no padding, SamePaddingWithStride for "same" with steps."""
    if padding not in ("same", "valid"):
        raise InvalidArgument(f"must be 'same', 'valid' or sizes, but is {padding!r}", argument="padding", exception=exception)
    if padding == "same":
        for s in stride:
            if at_least(s, 2):
                raise SamePaddingWithStride(s, argument="stride", exception=exception)


def same_padding(K: Dims, D: Dims) -> tuple[Dims, Dims]:
    """K - 1 pixels in all, of the dilated kernel; an odd one stands behind."""
    total = axiswise(dilated(K, D)) - 1
    return total // 2, total - total // 2


def padded_by_mode(input: Tensor, padding: Value, mode: str, K: Dims, D: Dims, spatial: int) -> tuple[Tensor, Value]:
    """The input as a padding mode other than zeros makes it, and the padding that is left to do.

    Where no size is negative the padding is left to the convolution, whose arithmetic then shows the input as it came.
    Raises what `pad` raises.
    """
    if padding == "valid":
        return input, padding
    sizes = Dims.of(0, spatial) if isinstance(padding, str) else read_sizes("padding", padding, len(K) if len(K) else spatial)
    before, after = same_padding(K, D) if padding == "same" else (sizes, sizes)
    pairs = [size for pair in zip(reversed(before), reversed(after), strict=True) for size in pair]
    made = pad(input, tuple(pairs), mode)
    x = input.shape
    if x.rank in (spatial + 1, spatial + 2) and all(at_least(size, 0) for size in pairs):
        return input, padding
    assert isinstance(made, Tensor)  # an operation that gives a shape
    return made, (0,) * spatial


@torch.layer("nn.Conv1d", spatial=1, counts_macs=True, hides=FACTORY)
@torch.layer("nn.Conv2d", spatial=2, counts_macs=True, hides=FACTORY)
@torch.layer("nn.Conv3d", spatial=3, counts_macs=True, hides=FACTORY)
class Conv:
    """W = K * C * N / groups, B = N. Construction checks groups, modes and words, and what allocates the weights."""

    def parameters(
        in_channels: object,
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
    ) -> dict[str, tuple[Dim, ...] | None]:
        C, N, groups = expect_groups(in_channels, out_channels, groups)
        if isinstance(padding, str):
            steps = Dims(size for size in sizes_of(stride, spatial) if isinstance(size, int))
            expect_padding_word(padding, steps, exception="ValueError")
        if isinstance(padding_mode, str) and padding_mode not in PADDING_MODES:
            reason = f"must be one of {', '.join(map(repr, PADDING_MODES))}, but is {padding_mode!r}"
            raise InvalidArgument(reason, argument="padding_mode", exception="ValueError")
        if isinstance(padding_mode, str) and padding_mode != "zeros" and is_nothing(padding):
            reason = "there is no padding whose values it could choose"
            remark(DeadArgument(reason, argument="padding_mode", literal=("padding_mode", "padding")))
        if kernel_size == 1 and isinstance(dilation, int) and dilation > 1:
            reason = "it is the distance of the weights of a kernel, and there is one weight"
            remark(DeadArgument(reason, argument="dilation", literal=("dilation", "kernel_size")))
        kernel = (allocated_size("kernel_size", size) for size in sizes_of(kernel_size, spatial))
        weight = (allocated_size("out_channels", N), allocated_size("in_channels", C) // groups, *kernel)
        return {"weight": weight, "bias": (weight[0],) if bias else None}

    def attributes(
        kernel_size: object, stride: object, padding: object, dilation: object, *, spatial: int, **given: object
    ) -> dict[str, object]:
        sizes = {"kernel_size": kernel_size, "stride": stride, "dilation": dilation, "output_padding": 0}
        found: dict[str, object] = {name: per_axis(value, spatial) for name, value in sizes.items()}
        return {**found, "transposed": False, "padding": padding if isinstance(padding, str) else per_axis(padding, spatial)}

    def forward(self, input: Tensor) -> object:
        x, padding, spatial = input, self.padding, self.spatial  # type: ignore[attr-defined]
        if isinstance(self.padding_mode, str) and self.padding_mode != "zeros":  # type: ignore[attr-defined]
            K, D = Dims(self.weight.shape.dims[2:]), read_sizes("dilation", self.dilation, spatial)  # type: ignore[attr-defined]
            x, padding = padded_by_mode(x, padding, self.padding_mode, K, D, spatial)  # type: ignore[attr-defined]
        return conv(x, self.weight, self.bias, self.stride, padding, self.dilation, self.groups, spatial=spatial)  # type: ignore[attr-defined]


def is_nothing(padding: Value) -> bool:
    """Whether a padding is known to be none."""
    return padding == "valid" or (isinstance(padding, int) and padding == 0)


def sizes_of(value: Value, spatial: int) -> tuple[Value, ...]:
    """One value per axis; for a sequence that is not known, as many unknown ones as there are axes."""
    sizes = per_axis(value, spatial)
    return sizes if isinstance(sizes, tuple) else (sizes,) * spatial


def expect_groups(in_channels: Value, out_channels: Value, groups: Value) -> tuple[Value, Value, Dim]:
    """The channels, and the groups as a number.

    Raises GroupsNotDividing with the framework's ValueError where the groups are proven not to divide them.
    """
    number = allocated_size("groups", groups if not isinstance(groups, int) or groups >= 0 else 0)
    if greater(1, number):
        raise InvalidArgument(f"must be positive, but is {groups}", argument="groups", exception="ValueError")
    for name, channels in (("in_channels", in_channels), ("out_channels", out_channels)):
        if isinstance(channels, int):
            expect_divisible(name, channels, number)
    return in_channels, out_channels, number
