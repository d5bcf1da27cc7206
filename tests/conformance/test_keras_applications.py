"""The shipped facts about `keras.applications` agree with what was recorded from the real Keras; its sources are not there."""

from __future__ import annotations

import functools
import json
import pathlib
from typing import Any

import pytest

from cnnlint.source import on_large_stack
from tests.conformance.replay import Replayed, plain, replay

TABLE = pathlib.Path(__file__).parent / "data" / "keras_applications.json"


@functools.cache
def entries() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))["entries"]
    return found


def replayed(program: str) -> Replayed:
    return on_large_stack(lambda: replay(program, {}, "keras"))


def sizes(value: object) -> list[object]:
    found = plain(value)
    assert isinstance(found, list), found
    return [size if isinstance(size, int) else None for size in found]


@pytest.mark.parametrize("name", sorted(entries()))
def test_a_builder_has_the_recorded_counts_and_output(name: str) -> None:
    want = entries()[name]
    found = replayed(f"import keras\nm = keras.applications.{name}(weights=None)\nout = m.output\n")
    assert (found.params, found.trainable) == (want["params"], want["trainable"])
    assert sizes(found.value) == want["output"]


def test_a_frozen_network_below_a_head() -> None:
    program = """
from tensorflow import keras
from tensorflow.keras.applications.resnet50 import ResNet50

base = ResNet50(weights="imagenet", include_top=False, input_shape=(224, 224, 3))
base.trainable = False
m = keras.Sequential([base, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(5)])
out = base.output
"""
    found = replayed(program)
    assert (found.params, found.trainable) == (23_597_957, 10_245)
    assert sizes(found.value) == [None, 7, 7, 2048]


def test_a_variant_of_which_nothing_is_known_gives_no_number() -> None:
    found = replayed("import keras\nm = keras.applications.MobileNetV2(alpha=0.35, weights=None)\nout = m.output\n")
    assert str(plain(found.value)).startswith("unknown")
    assert found.params is None
