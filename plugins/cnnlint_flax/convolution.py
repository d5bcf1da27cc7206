# ruff: noqa: E741  (I and O are the field's own letters)
"""Convolution layers, and the functions below them.

Sources: https://flax.readthedocs.io/en/latest/api_reference/flax.linen/layers.html,
https://flax.readthedocs.io/en/latest/api_reference/flax.nnx/nn/linear.html,
https://docs.jax.dev/en/latest/_autosummary/jax.lax.conv_general_dilated.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import axiswise, conv_macs, dilated, same_output, window_output_between
from cnnlint.plugin import (
    Built,
    ChannelMismatch,
    Dim,
    Dims,
    EmptyOutput,
    Expression,
    GroupsNotDividing,
    Operation,
    OperationFails,
    Result,
    Shape,
    Sliding,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    Window,
    equal,
    expect_equal,
    expect_rank,
    greater,
    items_of,
    maximum,
    per_example,
    product,
)
from cnnlint_flax.framework import FORMAT, INITIAL, flax, linen_layer, nnx_layer
from cnnlint_flax.sizes import features_of, invalid, per_axis, size, size_tuple, with_last
from cnnlint_flax.stored import weight

WRAPPING = ("CIRCULAR", "REFLECT")
NAMED = ("SAME", "VALID", "SAME_LOWER")


def pads_of(argument: str, padding: Value, axes: int) -> tuple[Dims, Dims]:
    """Padding before and after each axis, from an int, or an int or a pair for each axis. Raises InvalidArgument for anything else."""
    items = items_of(padding)
    if isinstance(items, Unknown):
        raise Undetermined(items)
    if not isinstance(items, tuple):
        whole = size(argument, items)
        return Dims.of(whole, axes), Dims.of(whole, axes)
    rows = [items_of(item) for item in items]
    pairs = [row if isinstance(row, tuple) else (row, row) for row in rows]
    if len(pairs) != axes or any(len(pair) != 2 for pair in pairs):
        raise invalid(
            argument, f"must be a word, an int, or an int or a pair of ints for each of {axes} axes, but has {len(pairs)} elements"
        )
    return Dims(size(argument, pair[0]) for pair in pairs), Dims(size(argument, pair[1]) for pair in pairs)


def expect_word(padding: str) -> str:
    """`SAME`, `VALID` or `SAME_LOWER`. Raises InvalidArgument with JAX's RuntimeError for another word."""
    if padding.upper() not in NAMED:
        raise invalid("padding", f"must be 'SAME', 'VALID' or 'SAME_LOWER' or sizes, but is {padding!r}", "RuntimeError")
    return padding.upper()


def window_sizes(
    x: Tensor, I: Dims, K: Dims, S: Dims, D: Dims, padding: Value, *, has_weights: bool, batch: tuple[Dim, ...], behind: tuple[Dim, ...]
) -> tuple[Dims, Window]:
    """The output sizes of a window that slides over spatial axes I, and what the rules about sizes are told.

    Raises EmptyOutput where a kernel is larger than its padded input: the framework goes on with a size of 0.
    """
    axes, none = len(I), Dims.of(0, len(I))
    before, after, rounds = none, none, True
    if isinstance(padding, str):
        word = expect_word(padding)
        if word != "VALID":
            return axiswise(same_output(I, S)), Window(I, K, S, none, none, D, axiswise(same_output(I, S)), has_weights, False)
    else:
        before, after = pads_of("padding", padding, axes)
    O = axiswise(window_output_between(I, K, S, before, after, D))
    lost = next((place for place, o in enumerate(O) if greater(1, o)), None)
    if lost is not None:
        left = Dims(0 if greater(1, o) else o for o in O)
        argument = "kernel_size" if has_weights else "window_shape"
        found = (I[lost], K[lost], S[lost], before[lost], D[lost], O[lost])
        raise EmptyOutput(*found, raises=False, argument=argument, output=Shape((*batch, *left, *behind)))
    return O, Window(I, K, S, before, after, D, O, has_weights, rounds)


def sliding(I: Dims, K: Dims, S: Dims, D: Dims, padding: Value, mixed: tuple[int, ...] = (), *, is_grouped: bool = False) -> Sliding | None:
    """How the elements below a window come about, over the axes before the last; None where the padding wraps around.

    Source: https://docs.jax.dev/en/latest/_autosummary/jax.lax.conv_general_dilated.html
    """
    before = Dims.of(0, len(I))
    if not isinstance(padding, str):
        before, _ = pads_of("padding", padding, len(I))
    elif padding.upper() in WRAPPING:
        return None
    elif expect_word(padding) != "VALID":
        reach = zip(I, axiswise(dilated(K, D)), S, axiswise(same_output(I, S)), strict=True)
        pads = [maximum((o - 1) * s + k - i, 0) for i, k, s, o in reach]
        before = Dims(-(-pad // 2) if expect_word(padding) == "SAME_LOWER" else pad // 2 for pad in pads)
    return Sliding(tuple(range(-len(I) - 1, -1)), K, S, before, D, mixed, is_grouped)


def batched(x: Tensor, axes: int) -> tuple[tuple[Dim, ...], Dims, Dim]:
    """The axes before the spatial ones, these, and the channels: of a single example there are none before.

    Raises WrongRank with JAX's ValueError for fewer axes.
    """
    if x.shape.rank is None:
        shape = expect_rank(x, axes + 2, exception="ValueError")
        return shape.dims[:1], Dims(shape.dims[1:-1]), shape.dims[-1]
    shape = with_last(x, axes + 1)
    return shape.dims[: -axes - 1], Dims(shape.dims[-axes - 1 : -1]), shape.dims[-1]


def as_settings(settings: object) -> tuple[Dims, Dims, Value]:
    """Strides, dilation and padding, which a layer hands to its operation as one."""
    assert isinstance(settings, tuple)
    return settings


def convolved(x: Tensor, kernel: Tensor, settings: object) -> Result:
    """O = (I - K + P_before + P_after) / S + 1, rounded down, or I / S, rounded up, with padding "SAME"; the kernel is (*K, C, N)."""
    *sizes, C, N = kernel.shape
    K = Dims(sizes)
    S, D, padding = as_settings(settings)
    batch, I, channels = batched(x, len(K))
    O, window = window_sizes(x, I, K, S, D, padding, has_weights=True, batch=batch, behind=(N,))
    flow = sliding(I, K, S, D, padding, (-1,), is_grouped=not equal(C, channels))
    return Result(Shape((*batch, *O, N)), macs=conv_macs(K, C, N, O) * per_example(batch), window=window, flow=flow)


conv = Operation("conv", convolved, flax)


class Settings:
    """What the arguments of a convolution say of its windows, for a kernel of so many axes."""

    def __init__(self, layer: Any) -> None:
        self.K = size_tuple("kernel_size", layer.kernel_size)
        axes = len(self.K)
        self.S = per_axis("strides", layer.strides, axes)
        self.D = per_axis("kernel_dilation", layer.kernel_dilation, axes)
        self.input_dilation = per_axis("input_dilation", layer.input_dilation, axes)
        self.padding = layer.padding
        self.groups = size("feature_group_count", layer.feature_group_count)
        if isinstance(items_of(self.padding), (tuple, int)):
            pads_of("padding", self.padding, axes)
        for name, dims in (("strides", self.S), ("kernel_dilation", self.D)):
            for dim in dims:
                if greater(1, dim):
                    raise invalid(name, f"must be at least 1, but holds {dim}", "TypeError")

    def spread(self, x: Tensor) -> tuple[Tensor, Value]:
        """The input as the windows see it, and the padding that is left: wrapped, reflected, shifted, or with gaps between its pixels.

        Raises InvalidArgument for words that go with other convolutions only.
        """
        batch, I, channels = batched(x, len(self.K))
        padding = self.padding
        if isinstance(padding, Unknown):
            raise Undetermined(padding)
        K = axiswise(dilated(Dims(self.K), self.D))
        if isinstance(padding, str) and padding in WRAPPING:
            I, padding = I + (K - 1) // 2 + K // 2, "VALID"
        elif padding == "CAUSAL":
            if len(self.K) != 1:
                raise invalid("padding", "must not be 'CAUSAL' for a convolution over more than one axis")
            I, padding = I + K - 1, "VALID"
        if any(not (isinstance(dim, int) and dim == 1) for dim in self.input_dilation):
            if isinstance(padding, str):
                raise invalid("padding", f"must be sizes where there is an input dilation, but is {padding!r}")
            I = axiswise(dilated(I, self.input_dilation))
        seen = Shape((*batch, *I, channels))
        return x if seen == x.shape else Tensor(seen, flax, dtype=x.dtype), padding


def expect_groups(C: Dim, N: Dim, groups: Dim) -> None:
    """Raises GroupsNotDividing where input channels or features cannot be shared out."""
    name = "feature_group_count"
    for dim, argument, exception in ((C, name, "AssertionError"), (N, "features", "ValueError")):
        if isinstance(dim, int) and isinstance(groups, int) and groups > 0 and dim % groups:
            raise GroupsNotDividing(dim, groups, name, argument=argument, exception=exception)


def run(layer: Any, x: Tensor, kernel: Tensor, settings: Settings, channels: Dim) -> Value:
    """Apply a convolution whose kernel is known. Raises ChannelMismatch where the input has other channels than its filters see."""
    C, N = kernel.shape.dims[-2:]
    expected = C * settings.groups
    inputs, padding = settings.spread(x)
    output = output_of(inputs, kernel, settings, padding)
    expect_equal(
        expected, channels, ChannelMismatch(expected, channels, exception="TypeError", output=output, argument=layer_argument(layer))
    )
    expect_groups(channels, N, settings.groups)
    return conv(inputs, kernel, (settings.S, settings.D, padding))


def layer_argument(layer: Any) -> str | None:
    """The argument that states how many channels a layer takes, if one does."""
    return "in_features" if layer.states_inputs else None


def output_of(inputs: Tensor, kernel: Tensor, settings: Settings, padding: Value) -> Shape | None:
    """What analysis goes on with where the channels don't fit."""
    try:
        found = conv.function(inputs, kernel, (settings.S, settings.D, padding))
    except EmptyOutput as empty:
        return empty.output
    return found.shape if isinstance(found, Result) else None


@linen_layer("Conv", hides=f"mask {FORMAT} {INITIAL} conv_general_dilated conv_general_dilated_cls", counts_macs=True, states_inputs=False)
class Conv:
    """W = K * C * N / groups, B = N. The first call tells C."""

    def parameters(
        features: object,
        kernel_size: object,
        strides: object = 1,
        padding: object = "SAME",
        input_dilation: object = 1,
        kernel_dilation: object = 1,
        feature_group_count: object = 1,
        use_bias: bool = True,
    ) -> dict[str, object]:
        return {}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        settings = Settings(layer)
        channels = batched(inputs, len(settings.K))[2]
        N = features_of("features", layer.features)
        settings.spread(inputs)
        expect_groups(channels, N, settings.groups)
        C = channels if settings.groups == 1 else channels // settings.groups
        return Built({"kernel": (*settings.K, C, N), "bias": (N,) if layer.use_bias else None})

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        settings = Settings(layer)
        channels = batched(inputs, len(settings.K))[2]
        kernel = weight(layer, "kernel", (*settings.K, None, layer.features))
        return run(layer, inputs, kernel, settings, channels)


@nnx_layer("Conv", hides=f"{FORMAT} {INITIAL} mask preferred_element_type conv_general_dilated", counts_macs=True, states_inputs=True)
class NnxConv:
    """W = K * C * N / groups, B = N."""

    def parameters(
        in_features: object,
        out_features: object,
        kernel_size: object,
        strides: object = 1,
        *,
        padding: object = "SAME",
        input_dilation: object = 1,
        kernel_dilation: object = 1,
        feature_group_count: object = 1,
        use_bias: bool = True,
        rngs: object,
    ) -> dict[str, object]:
        C, N, groups = (
            features_of("in_features", in_features),
            features_of("out_features", out_features),
            size("feature_group_count", feature_group_count),
        )
        K = size_tuple("kernel_size", kernel_size)
        if isinstance(C, int) and isinstance(groups, int) and groups > 0 and C % groups:
            raise GroupsNotDividing(C, groups, "feature_group_count", argument="in_features", exception="AssertionError")
        return {"kernel": (*K, C if groups == 1 else C // groups, N), "bias": (N,) if use_bias else None}

    def attributes(**given: object) -> dict[str, object]:
        return {"rngs": None}

    def forward(self, inputs: Tensor, out_sharding: object = None) -> Value:
        layer: Any = self
        settings = Settings(layer)
        channels = batched(inputs, len(settings.K))[2]
        return run(layer, inputs, weight(layer, "kernel"), settings, channels)


@linen_layer(
    "ConvLocal", hides=f"mask {FORMAT} {INITIAL} conv_general_dilated conv_general_dilated_cls", counts_macs=True, states_inputs=False
)
class ConvLocal:
    """A kernel of its own for each output pixel: W = O * K * C * N, B = O * N."""

    def parameters(
        features: object,
        kernel_size: object,
        strides: object = 1,
        padding: object = "SAME",
        input_dilation: object = 1,
        kernel_dilation: object = 1,
        feature_group_count: object = 1,
        use_bias: bool = True,
    ) -> dict[str, object]:
        return {}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        settings = Settings(layer)
        if settings.groups != 1:
            raise invalid("feature_group_count", f"must be 1 for a local convolution, but is {settings.groups}", "NotImplementedError")
        O, C, N = local_sizes(layer, settings, inputs)
        return Built({"kernel": (*O, product(settings.K) * C, N), "bias": (*O, N) if layer.use_bias else None})

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        settings = Settings(layer)
        O, C, N = local_sizes(layer, settings, inputs)
        kernel = weight(layer, "kernel")
        needed = Shape((*O, product(settings.K) * C, N))
        for have, need in zip(kernel.shape.dims, needed.dims, strict=True):
            expect_equal(
                have, need, OperationFails(f"a kernel of shape {kernel.shape} where {needed} is needed", exception="ScopeParamShapeError")
            )
        batch = batched(inputs, len(settings.K))[0]
        return local(inputs, Shape((*batch, *O, N)), conv_macs(Dims(settings.K), C, N, O) * per_example(batch))


def local_sizes(layer: Any, settings: Settings, x: Tensor) -> tuple[Dims, Dim, Dim]:
    inputs, padding = settings.spread(x)
    batch, I, C = batched(inputs, len(settings.K))
    N = features_of("features", layer.features)
    O, _ = window_sizes(inputs, I, Dims(settings.K), settings.S, settings.D, padding, has_weights=True, batch=batch, behind=(N,))
    return O, C, N


def locally(x: Tensor, shape: object, macs: object) -> Result:
    assert isinstance(shape, Shape) and isinstance(macs, (int, Expression))
    return Result(shape, macs=macs)


local = Operation("local", locally, flax)


@flax.op("jax.lax.conv_general_dilated", "jax.lax.conv_with_general_padding")
def conv_general_dilated(
    lhs: Tensor,
    rhs: Tensor,
    window_strides: object,
    padding: object,
    lhs_dilation: object = None,
    rhs_dilation: object = None,
    dimension_numbers: object = None,
    feature_group_count: Dim = 1,
    *options: object,
    **named: object,
) -> Result:
    """A convolution whose axes stand in any order; batch and channels in front of the spatial axes unless another is stated."""
    orders = orders_of(dimension_numbers, lhs.shape.rank)
    if lhs.shape.leading or rhs.shape.leading or orders is None:
        return Result(Shape((), leading=True))
    if len(lhs.shape) != len(rhs.shape):
        raise OperationFails(f"a convolution of a tensor of shape {lhs.shape} with a kernel of shape {rhs.shape}", exception="ValueError")
    (n, c, spatial), (o, i, window), (_, oc, out) = orders
    axes = len(spatial)
    K = Dims(rhs.shape.dims[at] for at in window)
    S, D, gaps = (
        per_axis("window_strides", window_strides, axes),
        per_axis("rhs_dilation", rhs_dilation, axes),
        per_axis("lhs_dilation", lhs_dilation, axes),
    )
    C, N, channels = rhs.shape.dims[i], rhs.shape.dims[o], lhs.shape.dims[c]
    expect_equal(C * feature_group_count, channels, ChannelMismatch(C * feature_group_count, channels, exception="TypeError"))
    I = axiswise(dilated(Dims(lhs.shape.dims[at] for at in spatial), gaps))
    batch = lhs.shape.dims[n]
    O, made = window_sizes(lhs, I, K, S, D, padding, has_weights=True, batch=(batch,), behind=(N,))
    dims: list[Dim] = [batch] * (axes + 2)
    dims[oc] = N
    for place, size_ in zip(out, O, strict=True):
        dims[place] = size_
    return Result(Shape(tuple(dims)), macs=conv_macs(K, C, N, O) * per_example((batch,)), window=made)


@flax.op("jax.lax.conv")
def lax_conv(lhs: Tensor, rhs: Tensor, window_strides: object, padding: object, *options: object, **named: object) -> object:
    return conv_general_dilated.function(lhs, rhs, window_strides, padding)


Order = tuple[int, int, tuple[int, ...]]


def orders_of(numbers: Value, rank: int | None) -> tuple[Order, Order, Order] | None:
    """Where batch, channels and spatial axes stand in input, kernel and output; None where it is not known."""
    items = items_of(numbers)
    if rank is None:
        return None
    if items is None:
        plain = (0, 1, tuple(range(2, rank)))
        return plain, plain, plain
    if not isinstance(items, tuple) or len(items) != 3 or not all(isinstance(item, str) and len(item) == rank for item in items):
        return None
    first, kernel, out = items
    if not ({"N", "C"} <= set(first) and {"O", "I"} <= set(kernel) and {"N", "C"} <= set(out)):
        raise OperationFails(f"dimension numbers {items} without batch and channels", exception="ValueError")
    letters = [letter for letter in kernel if letter not in "OI"]
    return (
        (first.index("N"), first.index("C"), tuple(first.index(letter) for letter in letters)),
        (kernel.index("O"), kernel.index("I"), tuple(kernel.index(letter) for letter in letters)),
        (out.index("N"), out.index("C"), tuple(out.index(letter) for letter in letters)),
    )
