"""Layers that Keras composes of others, written as ordinary Python that the interpreter evaluates."""

from __future__ import annotations

from cnnlint.plugin import Shape, Tensor, as_dim
from cnnlint_keras.framework import keras

SOURCE = ("cnnlint_keras", "sources/wrapping.py", "layers")

keras.python(
    *SOURCE, "Wrapper", "TimeDistributed", "Bidirectional", "SpectralNormalization", "StackedRNNCells", "RNN", "Lambda", "Pipeline"
)


@keras.op("cnnlint.merge_leading")
def merge_leading(x: Tensor) -> Shape:
    """The first two axes as one: the steps of all sequences as so many examples."""
    if x.shape.leading or len(x.shape) < 2:
        return Shape((), leading=True)
    batch, steps, *rest = x.shape
    return Shape((batch * steps, *rest))


@keras.op("cnnlint.split_leading")
def split_leading(x: Tensor, batch: object, steps: object) -> Shape:
    """The first axis as two again."""
    if x.shape.leading:
        return Shape((), leading=True)
    return Shape((as_dim(batch), as_dim(steps), *x.shape.dims[1:]))
