# ruff: noqa: E741  (I and O are the field's own letters)
"""The arithmetic of layers in textbook form.

I: input size, O: output size, K: kernel, S: stride, P: padding on each side, D: dilation, in pixels, per spatial axis;
C: channels that one filter sees, N: filters. Weights and MACs are counts; a MAC is one multiplication with its addition.
Sizes are ints, expressions, or `Dims` with one size an axis.
Source, unless another is given: Dumoulin & Visin, A guide to convolution arithmetic, arXiv:1603.07285.
"""

from __future__ import annotations

from typing import TypeAlias

from cnnlint.dims import Dim, Dims, minimum, product

Sizes: TypeAlias = Dim | Dims


def dilated(K: Sizes, D: Sizes) -> Sizes:
    """D (K - 1) + 1: the pixels that a kernel of K taps spans when its taps are D apart."""
    return D * (K - 1) + 1


def window_output(I: Sizes, K: Sizes, S: Sizes = 1, P: Sizes = 0, D: Sizes = 1) -> Sizes:
    """O = (I - K + 2P) / S + 1, rounded down; K is the dilated kernel."""
    return window_output_between(I, K, S, P, P, D)


def window_output_between(I: Sizes, K: Sizes, S: Sizes, P_before: Sizes, P_after: Sizes, D: Sizes = 1) -> Sizes:
    """O = (I - K + P_before + P_after) / S + 1, rounded down; K is the dilated kernel."""
    return (I - dilated(K, D) + P_before + P_after) // S + 1


def window_remainder(I: Dim, K: Dim, S: Dim, P_before: Dim, P_after: Dim, D: Dim = 1) -> Dim:
    """(I - K + P_before + P_after) % S: how much of the padded input the last window leaves over; K is the dilated kernel."""
    return (I - D * (K - 1) - 1 + P_before + P_after) % S


def window_output_ceil(I: Sizes, K: Sizes, S: Sizes = 1, P: Sizes = 0, D: Sizes = 1) -> Sizes:
    """O = (I - K + 2P) / S + 1, rounded up, less one if the last window would start in the right padding.

    K is the dilated kernel and P at most K, as every framework demands. Windows start at 0, S, 2S, ... and the last
    before I + P at S * ((I + P - 1) // S), so "less one" is a minimum.
    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
    """
    last_that_reaches = -(-(I - dilated(K, D) + 2 * P) // S)
    last_that_may_start = (I + P - 1) // S
    return _least(last_that_reaches, last_that_may_start) + 1


def transposed_output(I: Sizes, K: Sizes, S: Sizes = 1, P: Sizes = 0, D: Sizes = 1, output_padding: Sizes = 0) -> Sizes:
    """O = (I - 1) S - 2P + K + output_padding; K is the dilated kernel.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html
    """
    return (I - 1) * S - 2 * P + dilated(K, D) + output_padding


def same_output(I: Sizes, S: Sizes = 1) -> Sizes:
    """O = I / S, rounded up: with padding "same" the kernel does not matter.

    Source: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
    """
    return -(-I // S)


def window_loss(I: Sizes, K: Sizes, S: Sizes = 1, P_before: Sizes = 0, P_after: Sizes = 0, D: Sizes = 1) -> Sizes:
    """(I - K + P_before + P_after) mod S - P_after: input pixels at the far edge that no window covers, if positive.

    K is the dilated kernel. A negative result is the padding that the last window reaches into, with its sign turned.
    """
    return (I - dilated(K, D) + P_before + P_after) % S - P_after


def adaptive_windows(I: int, O: int) -> tuple[tuple[int, int], ...]:
    """The O windows of an adaptive pooling of I pixels, as first pixel and the one after the last.

    Window i goes from i I / O, rounded down, to (i + 1) I / O, rounded up.
    Source: https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/AdaptivePooling.h
    """
    return tuple((i * I // O, -(-(i + 1) * I // O)) for i in range(O))


def conv_weights(K: Sizes, C: Dim, N: Dim, groups: Dim = 1) -> Dim:
    """W = K * C * N / groups, without biases; here C is all input channels, and `groups` divides it."""
    return product(K) * N * (C // groups)


def conv_macs(K: Sizes, C: Dim, N: Dim, O: Sizes) -> Dim:
    """MACs = K * C * N * O: every weight once for each output pixel; C is the channels that one filter sees."""
    return product(K) * C * N * product(O)


def linear_weights(in_features: Dim, out_features: Dim) -> Dim:
    """W = in_features * out_features, without biases."""
    return in_features * out_features


def linear_macs(in_features: Dim, out_features: Dim, positions: Dim = 1) -> Dim:
    """MACs = in_features * out_features * positions: every weight once at each position."""
    return in_features * out_features * positions


def matmul_macs(batch: Dim, m: Dim, k: Dim, n: Dim) -> Dim:
    """MACs = batch * m * k * n, of `batch` products of (m, k) by (k, n)."""
    return batch * m * k * n


def recurrent_macs(gates: int, I: Dim, H: Dim, R: Dim, steps: Dim = 1) -> Dim:
    """MACs = gates * H * (I + R) * steps: at each step every gate weighs I inputs and R returned states for each of H cells.

    Source: Hochreiter & Schmidhuber, doi:10.1162/neco.1997.9.8.1735; gates are 1 (plain), 3 (GRU), 4 (LSTM).
    """
    return gates * H * (I + R) * steps


def attention_macs(batch: Dim, queries: Dim, keys: Dim, features: Dim, values: Dim) -> Dim:
    """MACs = batch * queries * keys * (features + values): each query against each key, then the weighted sum of the values.

    Source: Vaswani et al., arXiv:1706.03762, equation 1.
    """
    return batch * queries * keys * (features + values)


def axiswise(sizes: Sizes) -> Dims:
    """What a formula gives where it was given the sizes of several axes."""
    assert isinstance(sizes, Dims)
    return sizes


def implied_output(inputs: str) -> str:
    """The output of an einsum without an arrow: the ellipsis, then the letters that stand once, in alphabetical order (capitals first)."""
    letters = inputs.replace(",", "").replace(".", "")
    once = sorted(letter for letter in set(letters) if letters.count(letter) == 1)
    return ("..." if "..." in inputs else "") + "".join(once)


def _least(a: Sizes, b: Sizes) -> Sizes:
    """The minimum per axis."""
    if isinstance(a, Dims):
        return Dims(map(minimum, a, Dims.of(b, len(a))))
    if isinstance(b, Dims):
        return Dims(map(minimum, Dims.of(a, len(b)), b))
    return minimum(a, b)
