from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint.plugin import FailureRule
from cnnlint.plugin.mending import rewritten
from cnnlint_keras import faults

if TYPE_CHECKING:
    from cnnlint.plugin import Fix, Written


@dataclass(frozen=True)
class ShapeNotATuple(FailureRule[faults.ShapeNotATuple]):
    """A shape is a number, where it must be a tuple.

    Why is this bad?
        Parentheses around a number make no tuple of it, a comma does. Keras can't convert the number to a shape and raises.

    Bad:
        keras.Input(shape=(100))

    Good:
        keras.Input(shape=(100,))

    Fix safety:
        Safe: the number becomes the only size of a tuple, where the program raised.

    References:
        https://keras.io/api/layers/core_layers/input/
    """

    code = "CNN351"

    def message(self, subject: str, failure: faults.ShapeNotATuple) -> str:
        return f"`{subject}`: `{failure.argument}` must be a tuple of sizes, but is the number {failure.size}"

    def fix(self, failure: faults.ShapeNotATuple, written: Written) -> Fix | None:
        return rewritten(written.call, failure.argument, "({},)", "write the tuple `{}`", is_first=failure.argument == "shape")
