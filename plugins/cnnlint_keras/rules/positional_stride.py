from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import FailureRule
from cnnlint_keras import faults

if TYPE_CHECKING:
    from cnnlint.plugin import Severity


@dataclass(frozen=True)
class PositionalStride(FailureRule[faults.PositionalStride]):
    """The third argument of a convolution is its stride, where another side of the kernel seems to be meant.

    Why is this bad?
        In Keras 1 two numbers behind the filters were the sides of the kernel. Since Keras 2 the second of them is the stride, and the
        layer sees every pixel only once, in windows that don't overlap. Reported where an odd kernel and an equal stride are written
        one after the other; even ones, which cut an image into patches, are left alone, and so is a stride that is named.

    Bad:
        keras.layers.Conv2D(32, 3, 3)

    Good:
        keras.layers.Conv2D(32, (3, 3))

    References:
        https://keras.io/api/layers/convolution_layers/convolution2d/
    """

    code = "CNN350"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: faults.PositionalStride) -> str:
        size = failure.size
        return f"`{subject}` has strides {size}, given by position: the second {size} is no side of the kernel, which is {size} x {size}"

    def help(self, failure: faults.PositionalStride) -> str:
        size = failure.size
        return f"leave it out, or write `strides={size}` if it is meant"
