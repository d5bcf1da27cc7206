"""The names that Keras gives to layers: the class in snake case, numbered from the second one on.

Source: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

import re

from cnnlint.plugin import DictValue, Door, Instance, LayerDeclaration, Value
from cnnlint_keras.framework import keras

COUNTS = "names"


def snake_case(name: str) -> str:
    """`MaxPooling2D` as `max_pooling2d`."""
    plain = re.sub(r"\W+", "", name)
    parted = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", plain)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", parted).lower()


def fresh_name(door: Door, kind: str) -> str:
    """The next name for something of this class."""
    stem = snake_case(kind)
    state = door.state(keras)
    used = state.contents.get((COUNTS, stem)) if isinstance(state.contents, dict) else None
    number = used + 1 if isinstance(used, int) else 0
    remember(door, state, (COUNTS, stem), number)
    return f"{stem}_{number}" if number else stem


def number_parts(door: Door, layer: Instance) -> None:
    """Count the layers that a layer makes for itself when it is built and gives no name: its declaration's `unnamed` has their classes."""
    for cls in layer.cls.mro:
        if isinstance(cls.declared, LayerDeclaration):
            for kind in getattr(cls.declared.declared, "unnamed", ()):
                fresh_name(door, kind)


def remember(door: Door, state: DictValue, key: Value, value: Value) -> None:
    """Note something that holds until the program ends."""
    door.touch(state)
    if isinstance(state.contents, dict):
        state.contents[key] = value


@keras.native("backend.clear_session", "utils.clear_session", "config.clear_session", takes_unknown=True)
def clear_session(door: Door, /, *given: Value, **keywords: Value) -> None:
    """Numbering starts afresh."""
    state = door.state(keras)
    door.touch(state)
    if isinstance(state.contents, dict):
        state.contents = {key: value for key, value in state.contents.items() if not (isinstance(key, tuple) and key[0] == COUNTS)}
