"""What can go wrong in a user's model: one class a kind of failure, with the numbers that prove it.

A plugin raises these from a layer or an operation. They are caught by the interpreter, which knows where it stands and
whether the model's own `try` catches the exception that the framework would raise (`exception`). Rules turn them into words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape


@dataclass(eq=False)
class LayerFailure(Exception):
    """A layer or an operation that fails for every value of the sizes that are still open.

    `exception` is the class that the framework raises; `argument` the argument that holds the wrong number, if one does;
    `output` the shape that analysis may go on with after the failure, where the declaration allows just one.
    """

    exception: str = field(default="RuntimeError", kw_only=True)
    argument: str | None = field(default=None, kw_only=True)
    output: Shape | None = field(default=None, kw_only=True)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)}" for name in self.__dataclass_fields__ if name != "output")
        return f"{type(self).__name__}({shown})"


@dataclass(eq=False)
class ChannelMismatch(LayerFailure):
    """`expected` input channels, but `got`."""

    expected: Dim
    got: Dim


@dataclass(eq=False)
class FeatureMismatch(LayerFailure):
    """`expected` input features, but `got`, which came about as the product of `factors`."""

    expected: Dim
    got: Dim
    factors: tuple[Dim, ...] = ()


@dataclass(eq=False)
class NormMismatch(LayerFailure):
    """A normalisation over `expected` channels (or of that trailing shape) gets `got`."""

    expected: Dim | Shape
    got: Dim | Shape


@dataclass(eq=False)
class Unbroadcastable(LayerFailure):
    """Two shapes that differ on `axis`, counted from the end (-1 is the last), where neither is 1."""

    left: Shape
    right: Shape
    axis: int
    operation: str = ""


@dataclass(eq=False)
class ConcatenationMismatch(LayerFailure):
    """Tensors joined along `axis` that differ on another one, `differing`."""

    shapes: tuple[Shape, ...]
    axis: int
    differing: int


@dataclass(eq=False)
class ReshapeCount(LayerFailure):
    """`shape` cannot be seen as `target`: the numbers of elements differ."""

    shape: Shape
    target: tuple[Dim, ...]


@dataclass(eq=False)
class MatmulMismatch(LayerFailure):
    """The last axis of `left` and the matching axis of `right` differ."""

    left: Shape
    right: Shape
    operation: str = "@"


@dataclass(eq=False)
class WrongRank(LayerFailure):
    """A tensor of another number of axes than the layer takes; `expected` in words: `3 or 4`."""

    expected: str
    got: Shape


@dataclass(eq=False)
class DtypeMismatch(LayerFailure):
    """A tensor of dtype `got` where `expected` is needed, in words: `indices of dtype int64 or int32`."""

    expected: str
    got: str
    operation: str = ""


@dataclass(eq=False)
class DeviceMismatch(LayerFailure):
    """Tensors that are combined lie on two devices, `left` and `right`."""

    left: str
    right: str
    operation: str = ""


@dataclass(eq=False)
class EmptyOutput(LayerFailure):
    """A window layer whose output size would be below 1, or 0 without an error where `raises` is false."""

    input: Dim
    kernel: Dim
    stride: Dim
    padding: Dim
    dilation: Dim
    size: Dim
    raises: bool = True


@dataclass(eq=False)
class InvalidArgument(LayerFailure):
    """An argument whose value the framework rejects: `reason` completes "`argument` ..."; `is_absent` if it is None or holds nothing."""

    reason: str
    is_absent: bool = False


@dataclass(eq=False)
class UnknownArgument(LayerFailure):
    """A keyword that the signature does not have; without `argument`, a positional argument too many."""

    callable: str
    known: tuple[str, ...]


@dataclass(eq=False)
class MissingArgument(LayerFailure):
    """A required argument that is not given."""

    callable: str


@dataclass(eq=False)
class OperationFails(LayerFailure):
    """Any other call, operator, subscript or unpacking proven to raise; `reason` says why with the operands' shapes.

    `is_language` when Python itself raises, and not a framework's arithmetic.
    """

    reason: str
    is_language: bool = False
