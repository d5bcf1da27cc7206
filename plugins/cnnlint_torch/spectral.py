"""Fourier transforms.

Source: https://docs.pytorch.org/docs/stable/fft.html
"""

from __future__ import annotations

from cnnlint.plugin import AxisOutOfRange, Dim, Dims, InvalidArgument, Result, Shape, Tensor, WrongRank, equal, greater, unknown_size
from cnnlint_torch.axes import axes_of, axis_of
from cnnlint_torch.elements import made
from cnnlint_torch.framework import torch

COMPLEX = {"float32": "complex64", "float64": "complex128", "float16": "complex32"}
REAL = {"complex64": "float32", "complex128": "float64", "float32": "float32", "float64": "float64"}


def transformed(x: Shape, axis: int, n: Dim | None, kind: str) -> Shape:
    """One axis after a transform: n samples; the real ones keep n // 2 + 1, and their inverse makes 2 (n - 1) of n.

    Raises InvalidArgument for fewer than one sample.
    """
    if kind == "inverse":
        size = 2 * (x[axis] - 1) if n is None else n
    else:
        size = x[axis] if n is None else n
    if greater(1, size):
        raise InvalidArgument(f"must be at least 1, but is {size}", argument="n")
    return x.replaced(axis, size // 2 + 1 if kind == "real" else size)


@torch.op("fft.fft", "fft.ifft", kind="complex")
@torch.op("fft.rfft", "fft.ihfft", kind="real")
@torch.op("fft.irfft", "fft.hfft", kind="inverse")
def transform(input: Tensor, n: Dim | None = None, dim: int = -1, norm: object = None, *, out: object = None, kind: str) -> object:
    x = input.shape
    axis = axis_of(x, dim)
    dtype = (REAL if kind == "inverse" else COMPLEX).get(input.dtype or "", None)
    if axis is None:
        return made(Shape((), leading=True), dtype)
    if not x.dims:
        raise AxisOutOfRange(dim, -1, 0, x, argument="dim", exception="IndexError")
    return made(transformed(x, axis, n, kind), dtype)


@torch.op("fft.fft2", "fft.ifft2", kind="complex", axes=(-2, -1))
@torch.op("fft.rfft2", kind="real", axes=(-2, -1))
@torch.op("fft.irfft2", kind="inverse", axes=(-2, -1))
@torch.op("fft.fftn", "fft.ifftn", kind="complex", axes=None)
@torch.op("fft.rfftn", kind="real", axes=None)
@torch.op("fft.irfftn", kind="inverse", axes=None)
def transform_axes(
    input: Tensor,
    s: Dims | None = None,
    dim: Dims | Dim | None = None,
    norm: object = None,
    *,
    out: object = None,
    kind: str,
    axes: tuple[int, ...] | None,
) -> object:
    """As `transform` along the last of the axes, and a complex one along the others."""
    x = input.shape
    dtype = (REAL if kind == "inverse" else COMPLEX).get(input.dtype or "", None)
    if dim is None and axes is None:
        if x.rank is None:
            return made(Shape((), leading=True), dtype)
        axes = tuple(range(x.rank))[-len(s) if s is not None else 0 :]
    found = axes_of(x, dim if dim is not None else Dims(axes or ()))
    if found is None:
        return made(Shape((), leading=True), dtype)
    if s is not None and len(s) != len(found):
        raise InvalidArgument(f"must be as many as the axes: {len(s)} and {len(found)}", argument="s")
    for place, axis in enumerate(found):
        size = None if s is None or equal(s[place], -1) else s[place]
        x = transformed(x, axis, size, kind if place == len(found) - 1 else "complex")
    return made(x, dtype)


@torch.op("fft.fftshift", "fft.ifftshift")
def shifted(input: Tensor, dim: Dims | Dim | None = None) -> object:
    if dim is not None:
        axes_of(input.shape, dim)
    return made(input.shape, input.dtype)


@torch.op("fft.fftfreq", kind="complex")
@torch.op("fft.rfftfreq", kind="real")
def frequencies(n: Dim, d: object = 1.0, *, kind: str, **named: object) -> object:
    return made(Shape((n // 2 + 1 if kind == "real" else n,)), "float32")


@torch.op("stft", "Tensor.stft")
def stft(input: Tensor, n_fft: Dim, *args: object, **named: object) -> object:
    """(..., frequencies, frames); how many frames there are depends on options that are not followed."""
    x = input.shape
    if x.rank is not None and x.rank not in (1, 2):
        raise WrongRank("1 or 2", x)
    if x.rank is None or named.get("return_complex") is not True:
        return Result(Shape((), leading=True))
    return made(Shape((*x.dims[:-1], n_fft // 2 + 1, unknown_size("the frames of a spectrogram"))), "complex64")


@torch.op("istft", "Tensor.istft")
def istft(input: Tensor, n_fft: Dim, *args: object, **named: object) -> object:
    return made(Shape((), leading=True))
