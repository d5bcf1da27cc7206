"""Preprocessing layers: scaling, resizing, augmentation, encoding.

Source: https://keras.io/api/layers/preprocessing_layers/
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import (
    ELEMENTWISE,
    Built,
    Dim,
    Expression,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Value,
    as_dim,
    unknown_size,
)
from cnnlint_keras.framework import is_open, layer
from cnnlint_keras.normalization import axes_of
from cnnlint_keras.sizes import at_least_rank, data_format, invalid, is_channels_first, one_size


@layer("Rescaling")
class Rescaling:
    def parameters(scale: object, offset: object = 0.0) -> dict[str, object]:
        return {}

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE)


@layer("Normalization")
class Normalization:
    """Mean and variance over the axes that are kept, and a count: none of them trained, and none if they are given."""

    def parameters(axis: object = -1, mean: object = None, variance: object = None, invert: object = False) -> dict[str, object]:
        if (mean is None) != (variance is None):
            raise invalid("mean" if mean is None else "variance", "must be given with the other of mean and variance", is_absent=True)
        return {}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        axes = () if layer.axis is None else axes_of(layer.axis)
        shape = at_least_rank(inputs, max((-one if one < 0 else one + 1 for one in axes), default=0))
        if shape.leading and axes and layer.mean is None:
            return Built(buffers={name: Shape((), leading=True) for name in ("adapt_mean", "adapt_variance")} | {"count": Shape(())})
        for one in axes:
            if not -len(shape.dims) <= one < len(shape.dims):
                raise invalid("axis", f"must name axes of {shape}, but is {one}")
        sizes = tuple(shape.dims[one] for one in sorted(one % len(shape.dims) for one in axes))
        if any(is_open(size) for size in sizes):
            raise OperationFails(f"a normalisation over an axis of {shape} that is left open", exception="ValueError")
        given = layer.mean is not None
        return Built(buffers={} if given else {"adapt_mean": Shape(sizes), "adapt_variance": Shape(sizes), "count": Shape(())})

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE)


class Resized:
    """Images of another height and width, in a batch or alone."""

    def parameters(height: object, width: object, *options: object, data_format: object = None, **named: object) -> dict[str, object]:
        return {}

    def attributes(*options: Any, height: object, width: object, **given: Any) -> dict[str, object]:
        return {
            "height": one_size("height", height),
            "width": one_size("width", width),
            "data_format": data_format(given["data_format"]),
        }

    def forward(self, inputs: object) -> object:
        layer: Any = self
        if not isinstance(inputs, Tensor):
            return layer.door.unknown("images that are not one tensor")
        shape, sizes = inputs.shape, (layer.height, layer.width)
        if shape.leading:
            return Shape((unknown_size("a batch"), *sizes, unknown_size("the channels of an image")))
        if len(shape) not in (3, 4):
            raise OperationFails(f"an image of shape {shape}", exception="ValueError")
        if is_channels_first(layer):
            return Shape((*shape.dims[:-2], *sizes))
        return Shape((*shape.dims[:-3], *sizes, shape.dims[-1]))


layer("Resizing", "RandomCrop", "CenterCrop")(Resized)

SAME = (
    "RandomBrightness RandomContrast RandomFlip RandomRotation RandomTranslation RandomZoom RandomShear RandomHue RandomSaturation "
    "RandomSharpness RandomPosterization RandomGrayscale RandomInvert RandomColorJitter RandomColorDegeneration RandomErasing "
    "RandomGaussianBlur RandomPerspective RandomElasticTransform RandomApply Solarization Equalization AutoContrast MixUp CutMix "
    "RandAugment AugMix RandomWidth RandomHeight MaxNumBoundingBoxes Discretization Hashing IntegerLookup StringLookup"
)


class Augmented:
    """Layers that leave the shape of an image as it is."""

    def parameters(*options: object, **named: object) -> dict[str, object]:
        return {}

    def forward(self, inputs: object) -> object:
        layer: Any = self
        if layer.kind in ("RandomWidth", "RandomHeight", "MaxNumBoundingBoxes") or not isinstance(inputs, Tensor):
            return layer.door.unknown(f"the shape that `{layer.kind}` gives")
        return inputs.shape


layer(*SAME.split())(Augmented)


@layer("CategoryEncoding")
class CategoryEncoding:
    def parameters(num_tokens: object = None, output_mode: object = "multi_hot", **named: object) -> dict[str, object]:
        return {}

    def forward(self, inputs: Tensor, count_weights: object = None) -> object:
        layer: Any = self
        size: Dim | Value = as_dim(layer.num_tokens) if layer.num_tokens is not None else None
        shape = inputs.shape
        if not isinstance(size, (int, Expression)) or shape.leading:
            return layer.door.unknown("the shape of an encoding")
        if layer.output_mode == "one_hot":
            return Shape((*shape.dims[:-1], size) if len(shape) > 1 and shape.dims[-1] == 1 else (*shape.dims, size))
        return Shape((*shape.dims[:-1], size) if len(shape) > 1 else (size,))


@layer("TextVectorization")
class TextVectorization:
    """Texts become rows of numbers, of a length that only the data tell unless it is stated."""

    def parameters(
        max_tokens: object = None,
        standardize: object = "lower_and_strip_punctuation",
        split: object = "whitespace",
        ngrams: object = None,
        output_mode: object = "int",
        output_sequence_length: object = None,
        **named: object,
    ) -> dict[str, object]:
        return {}

    def forward(self, inputs: object) -> object:
        layer: Any = self
        length, shape = layer.output_sequence_length, inputs.shape if isinstance(inputs, Tensor) else Shape((), leading=True)
        if not isinstance(length, int) or layer.output_mode != "int" or shape.leading or len(shape) not in (1, 2):
            return layer.door.unknown("the shape of a vectorised text")
        return Shape((shape.batch, length))
