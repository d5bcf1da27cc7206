"""Keras 3 and tf.keras for cnnlint: layers, models, operations on tensors, and what states a model's input."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.plugin import Rule, classes_below, hookimpl

if TYPE_CHECKING:
    from cnnlint.plugin import Framework


@hookimpl
def cnnlint_frameworks() -> Iterable[Framework]:
    """Keras; its table is filled when it is first asked."""
    from cnnlint_keras.framework import keras  # not paid for by commands that need no framework

    return (keras,)


@hookimpl
def cnnlint_rules() -> Iterable[type[Rule]]:
    """The rules that only Keras needs."""
    return classes_below("cnnlint_keras.rules", Rule)
