"""Upsampling layers and `interpolate`.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html,
https://docs.pytorch.org/docs/stable/generated/torch.nn.Upsample.html
"""

from __future__ import annotations

from cnnlint.plugin import (
    Dim,
    Dims,
    Enlarged,
    Expression,
    Flow,
    InvalidArgument,
    ListValue,
    OperationFails,
    Result,
    Tensor,
    Unknown,
    Value,
    as_dim,
    expect_at_least,
    expect_rank,
    floor,
    linear_taps,
    nearest_taps,
    unknown_size,
)
from cnnlint_torch.framework import torch
from cnnlint_torch.sizes import per_axis

ANY_RANK = (4, 3, 5)
RANKS = {
    "nearest": ANY_RANK,
    "nearest-exact": ANY_RANK,
    "area": ANY_RANK,
    "linear": (3,),
    "bilinear": (4,),
    "bicubic": (4,),
    "trilinear": (5,),
}
SMOOTH = ("linear", "bilinear", "bicubic", "trilinear")
MOST_DIVISOR = 1 << 20  # products of sizes with such fractions are exact in floating point


@torch.op("nn.functional.interpolate")
def interpolate(
    input: Tensor,
    size: object = None,
    scale_factor: object = None,
    mode: object = "nearest",
    align_corners: object = None,
    recompute_scale_factor: object = None,
    antialias: object = False,
) -> Result:
    """The spatial axes get the size asked for, or their own times a factor, rounded down in floating point."""
    if mode in RANKS and mode not in SMOOTH and isinstance(align_corners, bool):
        raise InvalidArgument(f"must not be given in the mode {mode!r}", argument="align_corners", exception="ValueError")
    if size is not None and scale_factor is not None and not isinstance(size, Unknown) and not isinstance(scale_factor, Unknown):
        raise InvalidArgument("must not be given with size", argument="scale_factor", exception="ValueError")
    if size is None and scale_factor is None:
        raise InvalidArgument("must be given, or scale_factor", is_absent=True, argument="size", exception="ValueError")
    if recompute_scale_factor is True and size is not None and not isinstance(size, Unknown):
        raise InvalidArgument("must not be given with size", argument="recompute_scale_factor", exception="ValueError")
    if mode == "lanczos" and antialias is False:
        raise InvalidArgument("must not be 'lanczos' without antialias", argument="mode", exception="ValueError")
    ranks = RANKS.get(mode, ANY_RANK) if isinstance(mode, str) else ANY_RANK
    if isinstance(mode, str) and mode not in (*RANKS, "lanczos"):
        raise InvalidArgument(f"must be one of {', '.join(RANKS)}, but is {mode!r}", argument="mode", exception="NotImplementedError")
    x = expect_rank(input, *ranks_for(ranks, size, scale_factor), exception="NotImplementedError")
    I = Dims(x[2:])  # noqa: E741
    O = asked_size(I, size) if size is not None else scaled_size(I, scale_factor)  # noqa: E741
    if mode != "area":
        for i, o in zip(I, O, strict=True):
            failure = OperationFails(f"{i} pixels would become {o}", argument="scale_factor" if size is None else "size")
            expect_at_least(o, 1, failure)
            expect_at_least(i, 1, failure)
    return Result(x.with_(x.channels, O), flow=enlarged(I, O, mode, align_corners))


def enlarged(I: Dims, O: Dims, mode: object, align_corners: object) -> Flow | None:  # noqa: E741
    """Where each pixel is made to several; of other factors the pixels that count are not told."""
    factors = [o // i for i, o in zip(I, O, strict=True) if isinstance(i, int) and isinstance(o, int) and i and not o % i]
    if len(factors) != len(I) or mode not in ("nearest", "nearest-exact", "linear", "bilinear", "trilinear"):
        return None
    if mode in SMOOTH and align_corners is True:
        return None
    taps = linear_taps if mode in SMOOTH else nearest_taps
    return Enlarged(tuple(range(-len(I), 0)), tuple(map(taps, factors)))


def ranks_for(ranks: tuple[int, ...], size: Value, scale_factor: Value) -> tuple[int, ...]:
    """The numbers of axes with that first which a sequence of sizes or factors tells."""
    given = per_axis(scale_factor if size is None else size, 0)
    told = len(given) + 2 if isinstance(given, tuple) and given else None
    return (told, *ranks) if told in ranks and told is not None else ranks


def asked_size(I: Dims, size: Value) -> Dims:  # noqa: E741
    """One size for all axes or one for each.

    Raises InvalidArgument for another number of them.
    """
    sizes = spread("size", I, size)
    O: list[Dim] = []  # noqa: E741
    for value in sizes:
        dim = as_dim(value)
        if not isinstance(dim, (int, Expression)):
            raise InvalidArgument("must hold ints", argument="size", exception="TypeError")
        O.append(dim)
    return Dims(O)


def scaled_size(I: Dims, scale_factor: Value) -> Dims:  # noqa: E741
    return Dims(scaled(i, factor) for i, factor in zip(I, spread("scale_factor", I, scale_factor), strict=True))


def spread(name: str, I: Dims, value: Value) -> tuple[Value, ...]:  # noqa: E741
    values = per_axis(value, len(I))
    if not isinstance(values, tuple):
        return (values,) * len(I)
    if len(values) != len(I):
        reason = f"must have {len(I)} elements, as the input has spatial axes, but has {len(values)}"
        raise InvalidArgument(reason, argument=name, exception="ValueError")
    return values


def scaled(size: Dim, factor: Value) -> Dim:
    """The size times a factor, rounded towards 0 as floating point has it: 100 * 0.29 is 28."""
    if isinstance(factor, bool) or not isinstance(factor, (int, float, Expression)):
        return unknown_size("a scale factor that is not known")
    if isinstance(factor, Expression):
        return floor(size * factor)
    if isinstance(size, int):
        return int(size * float(factor))
    numerator, denominator = float(factor).as_integer_ratio()
    if denominator <= MOST_DIVISOR and abs(numerator) <= MOST_DIVISOR:
        return size * numerator // denominator
    return floor(size * float(factor))


@torch.op("nn.functional.upsample")
def upsample(
    input: Tensor, size: object = None, scale_factor: object = None, mode: object = "nearest", align_corners: object = None
) -> Value:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.upsample.html"""
    return interpolate(input, size, scale_factor, mode, align_corners)


@torch.op("nn.functional.upsample_nearest")
def upsample_nearest(input: Tensor, size: object = None, scale_factor: object = None) -> Value:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.upsample_nearest.html"""
    return interpolate(input, size, scale_factor, "nearest")


@torch.op("nn.functional.upsample_bilinear")
def upsample_bilinear(input: Tensor, size: object = None, scale_factor: object = None) -> Value:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.upsample_bilinear.html"""
    return interpolate(input, size, scale_factor, "bilinear", True)


def factors_of(scale_factor: Value) -> Value:
    """As the layers keep them: floats; 0 is as good as none."""
    if isinstance(scale_factor, (tuple, ListValue)):
        return per_axis(scale_factor, 1)
    if isinstance(scale_factor, (int, float)):
        return float(scale_factor) if scale_factor else None
    return scale_factor


@torch.layer("nn.Upsample")
class Upsample:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.Upsample.html"""

    def parameters(
        size: object = None,
        scale_factor: object = None,
        mode: object = "nearest",
        align_corners: object = None,
        recompute_scale_factor: object = None,
    ) -> None:
        return None

    def attributes(scale_factor: object, **given: object) -> dict[str, object]:
        return {"scale_factor": factors_of(scale_factor)}

    def forward(self, input: Tensor) -> Value:
        sizes = (self.size, self.scale_factor)  # type: ignore[attr-defined]
        return interpolate(input, *sizes, self.mode, self.align_corners, self.recompute_scale_factor)  # type: ignore[attr-defined]


@torch.layer("nn.UpsamplingNearest2d", bases=("nn.Upsample",), mode="nearest", align_corners=None)
@torch.layer("nn.UpsamplingBilinear2d", bases=("nn.Upsample",), mode="bilinear", align_corners=True)
class Upsampling2d:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.UpsamplingNearest2d.html"""

    def parameters(size: object = None, scale_factor: object = None) -> None:
        return None

    def attributes(scale_factor: object, **given: object) -> dict[str, object]:
        return {"scale_factor": factors_of(scale_factor)}

    def forward(self, input: Tensor) -> Value:
        sizes = (self.size, self.scale_factor)  # type: ignore[attr-defined]
        return interpolate(input, *sizes, self.mode, self.align_corners)  # type: ignore[attr-defined]
