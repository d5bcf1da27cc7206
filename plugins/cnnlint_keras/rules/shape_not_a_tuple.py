from __future__ import annotations

from dataclasses import dataclass

from cnnlint.plugin import FailureRule
from cnnlint_keras import faults


@dataclass(frozen=True)
class ShapeNotATuple(FailureRule[faults.ShapeNotATuple]):
    """A shape is a number, where it must be a tuple.

    Why is this bad?
        Parentheses around a number make no tuple of it, a comma does. Keras can't convert the number to a shape and raises.

    Bad:
        keras.Input(shape=(100))

    Good:
        keras.Input(shape=(100,))

    References:
        https://keras.io/api/layers/core_layers/input/
    """

    code = "CNN351"

    def message(self, subject: str, failure: faults.ShapeNotATuple) -> str:
        return f"`{subject}`: `{failure.argument}` must be a tuple of sizes, but is the number {failure.size}"

    def help(self, failure: faults.ShapeNotATuple) -> str:
        return f"a comma makes the tuple: `({failure.size},)`"
