"""The table of Keras: which import roots it claims, and under which paths names are found.

Paths are those below `keras`; what only TensorFlow has stands below `tf`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cnnlint.plugin import Dim, Expression, Framework, symbol, symbols

Class = TypeVar("Class", bound=type)

APPLICATIONS = (
    "convnext densenet efficientnet efficientnet_v2 imagenet_utils inception_resnet_v2 inception_v3 mobilenet mobilenet_v2 mobilenet_v3 "
    "nasnet resnet resnet50 resnet_v2 vgg16 vgg19 xception"
)
"""The modules of `keras.applications`."""

keras = Framework(
    "keras",
    ("keras", "tensorflow", "tf_keras"),
    package="cnnlint_keras",
    module="layers.Layer",
    tensor="Tensor",
    parameter="Variable",
    followed=("keras.applications", "keras.src.applications"),
    branches={"tensorflow": "tf"},
    moved={
        "tf.keras": "",
        "tf.python.keras": "",
        "tf.compat.v1.keras": "",
        "tf.compat.v2": "tf",
        "_tf_keras.keras": "",
        "api": "",
        "src": "",
        "engine": "models",
        "layers.core": "layers",
        "layers.convolutional": "layers",
        "layers.pooling": "layers",
        "layers.normalization": "layers",
        "layers.merge": "layers",
        "layers.merging": "layers",
        "layers.recurrent": "layers",
        "layers.rnn": "layers",
        "layers.embeddings": "layers",
        "layers.noise": "layers",
        "layers.advanced_activations": "layers",
        "layers.experimental.preprocessing": "layers",
        "layers.preprocessing": "layers",
        "layers.reshaping": "layers",
        "layers.regularization": "layers",
        "layers.attention": "layers",
        "layers.activations": "layers",
        "layers.wrappers": "layers",
        "backend.common": "backend",
    },
    reexports={
        "applications.": "applications",
        **{f"applications.{name}.": "applications" for name in APPLICATIONS.split()},
        "layers.layer.": "layers",
        "models.model.": "models",
        "models.training.": "models",
        "models.topology.": "layers",
        "models.base_layer.": "layers",
        "models.functional.": "models",
        "models.sequential.": "models",
    },
    synonyms={
        "input": "x",
        "input_tensor": "x",
        "tensor": "x",
        "value": "x",
        "a": "x1",
        "b": "x2",
        "y": "x2",
        "values": "xs",
        "shape": "newshape",
        "newshape": "shape",
        "num_or_size_splits": "indices_or_sections",
        "multiples": "repeats",
        "paddings": "pad_width",
        "depth": "num_classes",
        "features": "x",
        "logits": "x",
    },
    harmless=("keras_tuner", "tensorboard", "visualkeras", "wandb"),
)

BATCH = symbol("None", kind="open")
"""The batch axis of a symbolic tensor, which Keras leaves open and writes as None."""
OPEN = "open"

BASE = (
    "name",
    "trainable",
    "dtype",
    "input_shape",
    "batch_input_shape",
    "batch_shape",
    "batch_size",
    "input_dim",
    "weights",
    "autocast",
    "dynamic",
    "input_dtype",
    "input_length",
)
"""Constructor keywords that every layer takes for its base class."""


def below(prefix: str, names: str) -> tuple[str, ...]:
    """The paths of several names, separated by blanks, under one prefix."""
    return tuple(f"{prefix}.{name}" if prefix else name for name in names.split())


def layer(*names: str, hides: str = "", counts_macs: bool = False, bases: tuple[str, ...] = (), **fixed: Any) -> Callable[[Class], Class]:
    """Declare a layer of `keras.layers`; `hides` are arguments that no size depends on, in the order of its signature."""
    paths = tuple(f"layers.{name}" for name in names)
    return keras.layer(*paths, bases=bases, counts_macs=counts_macs, hides=(*hides.split(), *BASE), **fixed)


def weighted(*names: str) -> str:
    """The initialisers, regularisers and constraints of these weights, in the order in which most layers take them."""
    return " ".join(
        (
            *(f"{name}_initializer" for name in names),
            *(f"{name}_regularizer" for name in names),
            "activity_regularizer",
            *(f"{name}_constraint" for name in names),
        )
    )


def is_open(dim: Dim) -> bool:
    """Whether a size is one that Keras leaves open, or computed from such alone: the program sees None."""
    return isinstance(dim, Expression) and all(found.kind == OPEN for found in symbols(dim))
