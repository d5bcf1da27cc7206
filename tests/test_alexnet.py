"""The article's AlexNet, written in three ways: the layer table of the real framework, to the last digit."""

from __future__ import annotations

import functools

import pytest

from cnnlint.graph import Model
from tests.fixture import FOLDER, checked

MODELS = FOLDER / "models" / "torch" / "alexnet"
WAYS = ("plain", "sequential", "table")
PARAMETERS = 62_378_344
OF_CONVOLUTIONS = 3_747_200
MACS = 1_135_256_096

# Recorded from torch 2.14.1: name, class, input, output, weights, biases, MACs.
TABLE = [
    ("conv1", "Conv2d", (1, 3, 227, 227), (1, 96, 55, 55), 34_848, 96, 105_415_200),
    ("relu1", "ReLU", (1, 96, 55, 55), (1, 96, 55, 55), 0, 0, None),
    ("pool1", "MaxPool2d", (1, 96, 55, 55), (1, 96, 27, 27), 0, 0, None),
    ("conv2", "Conv2d", (1, 96, 27, 27), (1, 256, 27, 27), 614_400, 256, 447_897_600),
    ("relu2", "ReLU", (1, 256, 27, 27), (1, 256, 27, 27), 0, 0, None),
    ("pool2", "MaxPool2d", (1, 256, 27, 27), (1, 256, 13, 13), 0, 0, None),
    ("conv3", "Conv2d", (1, 256, 13, 13), (1, 384, 13, 13), 884_736, 384, 149_520_384),
    ("relu3", "ReLU", (1, 384, 13, 13), (1, 384, 13, 13), 0, 0, None),
    ("conv4", "Conv2d", (1, 384, 13, 13), (1, 384, 13, 13), 1_327_104, 384, 224_280_576),
    ("relu4", "ReLU", (1, 384, 13, 13), (1, 384, 13, 13), 0, 0, None),
    ("conv5", "Conv2d", (1, 384, 13, 13), (1, 256, 13, 13), 884_736, 256, 149_520_384),
    ("relu5", "ReLU", (1, 256, 13, 13), (1, 256, 13, 13), 0, 0, None),
    ("pool3", "MaxPool2d", (1, 256, 13, 13), (1, 256, 6, 6), 0, 0, None),
    ("flatten", "Flatten", (1, 256, 6, 6), (1, 9216), 0, 0, None),
    ("fc6", "Linear", (1, 9216), (1, 4096), 37_748_736, 4096, 37_748_736),
    ("relu6", "ReLU", (1, 4096), (1, 4096), 0, 0, None),
    ("fc7", "Linear", (1, 4096), (1, 4096), 16_777_216, 4096, 16_777_216),
    ("relu7", "ReLU", (1, 4096), (1, 4096), 0, 0, None),
    ("fc8", "Linear", (1, 4096), (1, 1000), 4_096_000, 1000, 4_096_000),
]


@functools.cache
def model(way: str) -> Model:
    (found,) = checked(MODELS / f"{way}.py").models
    return found


@pytest.mark.parametrize("way", WAYS)
def test_every_layer_call(way: str) -> None:
    found = [(call.layer.name, call.layer.type, call.inputs, call.outputs, call.layer.params, call.macs) for call in model(way).calls]
    for (name, *_), row in zip(TABLE, found, strict=True):
        assert row[0] == ("relu" if way == "plain" and name.startswith("relu") else name)  # plain uses one ReLU for all
    stated = [(f"torch.nn.{kind}", (given,), (made,), weights + biases, macs) for _, kind, given, made, weights, biases, macs in TABLE]
    assert [(row[1], dims(row[2]), dims(row[3]), *row[4:]) for row in found] == stated


@pytest.mark.parametrize("way", WAYS)
def test_totals(way: str) -> None:
    found = model(way)
    assert (found.params, found.trainable_params, found.buffers, found.macs, found.exact) == (PARAMETERS, PARAMETERS, 0, MACS, True)
    convolutions = {layer.name: layer.params for layer in found.layers if layer.type == "torch.nn.Conv2d"}
    assert sum(convolutions.values()) == OF_CONVOLUTIONS
    assert dims(found.inputs) == ((1, 3, 227, 227),)
    assert dims(found.outputs) == ((1, 1000),)


def dims(shapes: tuple[object, ...]) -> tuple[tuple[object, ...], ...]:
    return tuple(tuple(shape) for shape in shapes)  # type: ignore[call-overload]
