"""What goes wrong in Keras's own way: failures and oddities that only its rules know."""

from __future__ import annotations

from dataclasses import dataclass

from cnnlint.plugin import ArgumentFailure, Dim, LayerFailure, Oddity, Shape, Value


@dataclass(eq=False)
class ShapeNotATuple(ArgumentFailure):
    """A shape is the number `size`, where it must be a tuple of sizes."""

    size: Value


@dataclass(eq=False)
class BatchAxisInInputShape(LayerFailure):
    """An input of `shape`, stated without the batch, has one axis more than the `rank` that its first layer takes."""

    shape: Shape
    rank: int


@dataclass(eq=False)
class ReturnSequencesMissing(LayerFailure):
    """A layer needs a vector for each step, `rank` axes, and gets the last one alone, of `shape`, from the recurrent layer `before`."""

    before: str
    shape: Shape
    rank: int


@dataclass(eq=False)
class SparseOneHotConfusion(Oddity):
    """The cross-entropy `loss` gets labels of shape `labels` for a head of so many `units`.

    They are rows (`is_one_hot`) where it takes numbers, or numbers where it takes rows.
    """

    loss: str
    labels: Shape
    units: Dim
    is_one_hot: bool = False


@dataclass(eq=False)
class PositionalStride(Oddity):
    """A convolution has the number `size` for its kernel and, by position, for its stride."""

    size: Dim


@dataclass(eq=False)
class ChannelsFirstInput(Oddity):
    """An input of `shape` looks like an image with its channels first, where they stand last."""

    shape: Shape
