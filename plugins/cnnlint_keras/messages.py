"""What Keras's errors about shapes mean: for those who paste a traceback into `cnnlint why`.

The texts are those of Keras 3: `keras/src/layers/input_spec.py` and `keras/src/ops/operation_utils.py`.
"""

from __future__ import annotations

import re

from cnnlint.plugin import Meaning
from cnnlint_keras.framework import keras

_OF = r"Input \d+(?: with name '[^']*')? of layer [\"']([\w/]+)[\"'] is incompatible with the layer: "


@keras.message(_OF + r"expected axis (-?\d+) of input shape to have value (\d+),? but received input with shape (\([^)]*\))")
def axis(found: re.Match[str]) -> Meaning:
    layer, which, expected, got = found.groups()
    return Meaning(f"`{layer}` was built for {expected} on axis {which}, but gets {got}", layer=layer)


@keras.message(_OF + r"expected (min_|max_)?ndim=(\d+), found ndim=(\d+)\. Full shape received: (\([^)]*\))")
def rank(found: re.Match[str]) -> Meaning:
    layer, bound, expected, got, shape = found.groups()
    least = {"min_": "at least ", "max_": "at most "}.get(bound or "", "")
    return Meaning(f"`{layer}` takes a tensor of {least}{expected} axes, but gets {got}: {shape}", layer=layer)


@keras.message(_OF + r"expected shape=(\([^)]*\)), found shape=(\([^)]*\))")
def shape(found: re.Match[str]) -> Meaning:
    layer, expected, got = found.groups()
    return Meaning(f"`{layer}` takes {expected}, but gets {got}", layer=layer)


@keras.message(r"Computed output size would be negative\. Received: `inputs.shape=(\([^)]*\))`, `kernel.shape=(\([^)]*\))`")
def kernel(found: re.Match[str]) -> Meaning:
    got, window = found.groups()
    return Meaning(f"a kernel of {window} is larger than its input of {got}")


@keras.message(r"A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis\. Received: input_shape=(.+)")
def joining(found: re.Match[str]) -> Meaning:
    return Meaning(f"tensors are joined that differ on another axis than the one they are joined along: {found[1]}")
