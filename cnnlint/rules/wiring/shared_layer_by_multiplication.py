from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class SharedLayerByMultiplication(FailureRule[oddities.SharedLayerByMultiplication]):
    """A list with a layer is repeated, so that its places hold one layer.

    Why is this bad?
        `[layer] * 3` holds the same object three times: its weights are shared, counted once, and get the sum of three gradients. Who
        means that says so clearer by a loop that applies one layer.

    Bad:
        layers = Sequential(*[Linear(8, 8)] * 3)

    Good:
        layers = Sequential(*[Linear(8, 8) for _ in range(3)])

    References:
        The Python language reference, https://docs.python.org/3/library/stdtypes.html#common-sequence-operations
    """

    code = "CNN506"
    severity: ClassVar[Severity] = "warning"

    def message(self, subject: str, failure: oddities.SharedLayerByMultiplication) -> str:
        return f"`*` puts the same `{failure.cls}` into {failure.count} places, which share its weights"
