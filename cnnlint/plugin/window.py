"""What a convolution or pool that slides a window tells about its arithmetic."""

from __future__ import annotations

from cnnlint.dims import Dims
from cnnlint.record import value


@value
class Window:
    """The quantities of O = (I - K + 2P) / S + 1 per spatial axis, as they were applied.

    `rounds` is false where the textbook's rule says nothing: transposed, adaptive, fractional, "same" and ceil_mode layers.
    """

    input: Dims
    kernel: Dims
    stride: Dims
    padding_before: Dims
    padding_after: Dims
    dilation: Dims
    output: Dims
    has_weights: bool
    rounds: bool
