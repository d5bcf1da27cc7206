"""Formulas against counting: the windows are laid out one by one."""

import itertools
from collections.abc import Iterator

from cnnlint.dims import Dims, Expression, evaluate, symbol
from cnnlint.formulas import (
    adaptive_windows,
    attention_macs,
    conv_macs,
    conv_weights,
    dilated,
    linear_macs,
    linear_weights,
    matmul_macs,
    recurrent_macs,
    same_output,
    transposed_output,
    window_loss,
    window_output,
    window_output_between,
    window_output_ceil,
)

SIZES = range(1, 15)
H = symbol("H")


def taps(start: int, kernel: int, dilation: int) -> list[int]:
    return [start + place * dilation for place in range(kernel)]


def windows(size: int, kernel: int, stride: int, before: int, after: int, dilation: int) -> list[list[int]]:
    """The pixels, counted from the first one that is no padding, under each window that fits."""
    starts = itertools.count(-before, stride)
    fits = itertools.takewhile(lambda window: window[-1] < size + after, (taps(start, kernel, dilation) for start in starts))
    return list(fits)


def settings() -> Iterator[tuple[int, int, int, int]]:
    """Kernel, stride, padding, dilation."""
    for kernel, stride, padding, dilation in itertools.product(range(1, 6), range(1, 5), range(3), (1, 2, 3)):
        if 2 * padding <= kernel:
            yield kernel, stride, padding, dilation


def test_dilated_kernel() -> None:
    for kernel, dilation in itertools.product(range(1, 6), range(1, 4)):
        assert dilated(kernel, dilation) == taps(0, kernel, dilation)[-1] + 1


def test_window_output_counts_windows() -> None:
    for kernel, stride, padding, dilation in settings():
        symbolic = window_output(H, kernel, stride, padding, dilation)
        for size in SIZES:
            expected = len(windows(size, kernel, stride, padding, padding, dilation))
            if expected:
                assert window_output(size, kernel, stride, padding, dilation) == expected
                assert evaluate_at(symbolic, size) == expected
            else:  # a kernel that is larger than the input
                assert evaluate_at(symbolic, size) < 1


def test_window_output_between_counts_windows() -> None:
    for size, kernel, stride, before, after in itertools.product(SIZES, range(1, 5), range(1, 4), range(3), range(3)):
        expected = len(windows(size, kernel, stride, before, after, 1))
        assert max(0, evaluate_at(window_output_between(H, kernel, stride, before, after), size)) == expected


def test_window_output_ceil_counts_windows() -> None:
    for kernel, stride, padding, dilation in settings():
        span = taps(0, kernel, dilation)[-1] + 1
        symbolic = window_output_ceil(H, kernel, stride, padding, dilation)
        for size in SIZES:
            if size + 2 * padding < span:
                continue
            starts = [-padding]
            while starts[-1] + span < size + padding:  # the last window does not reach the end yet
                starts.append(starts[-1] + stride)
            if starts[-1] >= size:  # it would start in the right padding
                starts.pop()
            assert window_output_ceil(size, kernel, stride, padding, dilation) == len(starts)
            assert evaluate_at(symbolic, size) == len(starts)


def test_transposed_output_inverts_window_output() -> None:
    for kernel, stride, padding, dilation in settings():
        for size in SIZES:
            for extra in range(max(stride, dilation)):
                output = transposed_output(size, kernel, stride, padding, dilation, extra)
                written = {pixel for start in range(-padding, size * stride - padding, stride) for pixel in taps(start, kernel, dilation)}
                assert output == max(written) - padding + 1 + extra
                if output > 0 and extra < stride:
                    assert window_output(output, kernel, stride, padding, dilation) == size


def test_same_output_counts_strides() -> None:
    for size, stride in itertools.product(SIZES, range(1, 5)):
        assert same_output(size, stride) == len(range(0, size, stride)) == evaluate_at(same_output(H, stride), size)


def test_window_loss_counts_pixels_that_no_window_covers() -> None:
    for size, kernel, stride, before, after in itertools.product(SIZES, range(1, 5), range(1, 5), range(3), range(3)):
        laid = windows(size, kernel, stride, before, after, 1)
        if not laid:
            continue
        assert window_loss(size, kernel, stride, before, after) == size - 1 - laid[-1][-1]


def test_adaptive_windows_cover_everything_in_order() -> None:
    for size, count in itertools.product(SIZES, range(1, 9)):
        laid = adaptive_windows(size, count)
        assert len(laid) == count and laid[0][0] == 0 and laid[-1][1] == size
        assert all(start < end for start, end in laid)
        assert all(right[0] <= left[1] and left[0] <= right[0] for left, right in itertools.pairwise(laid))
        if size % count == 0:
            assert laid == tuple((i * size // count, (i + 1) * size // count) for i in range(count))


def test_one_line_serves_every_axis() -> None:
    size = Dims((H, 33))
    assert window_output(size, 7, 2, 3) == ((H + 1) // 2, 17)
    assert window_output(size, Dims((3, 5)), Dims((1, 2))) == (H - 2, 15)
    assert window_output(33, Dims((3, 5))) == (31, 29)
    assert window_output_ceil(size, 3, 2) == (H // 2, 16)
    assert window_output_ceil(33, Dims((3, 2)), 2) == (16, 17)
    assert transposed_output(size, 2, 2) == (2 * H, 66)
    assert same_output(size, 2) == ((H + 1) // 2, 17)


def test_counts() -> None:
    lenet = conv_weights(Dims((5, 5)), 6, 16)
    assert lenet == sum(1 for _ in itertools.product(range(16), range(6), range(5), range(5)))
    assert conv_weights(Dims((3, 3)), 32, 32, groups=32) == 288
    assert conv_macs(Dims((5, 5)), 6, 16, Dims((10, 10))) == lenet * 100
    assert conv_macs(Dims((3, 3)), 1, 32, Dims((H, H))) == 288 * H * H
    assert linear_weights(400, 120) == 48_000 and linear_macs(400, 120, 7) == 336_000
    assert matmul_macs(2, 3, 4, 5) == 120


def test_counts_of_sequences() -> None:
    lstm = recurrent_macs(4, 3, 5, 2, steps=7)
    assert lstm == 7 * (linear_macs(3, 4 * 5) + linear_macs(2, 4 * 5))
    assert attention_macs(2, 3, 5, 4, 6) == matmul_macs(2, 3, 4, 5) + matmul_macs(2, 3, 5, 6)


def evaluate_at(size: object, value: int) -> int | float:
    assert isinstance(size, (int, Expression))
    return evaluate(size, {H: value})
