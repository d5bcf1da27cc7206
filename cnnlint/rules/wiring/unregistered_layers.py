from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import oddities
from cnnlint.plugin import FailureRule
from cnnlint.plugin.mending import wrapped
from cnnlint.rules.wiring._amounts import parameters

if TYPE_CHECKING:
    from cnnlint.diagnostics import Fix
    from cnnlint.graph import Written


@dataclass(frozen=True)
class UnregisteredLayers(FailureRule[oddities.UnregisteredLayers]):
    """Layers are kept in a plain list or dict, where their module doesn't see them.

    Why is this bad?
        What a module doesn't register is not among its parameters: no optimiser trains it, no checkpoint holds it, and it stays behind
        when the model goes to another device. Nothing raises. Reported where the module's own constructor builds at least two layers
        with weights that are not frozen, nothing else registers them, and a call of the model applies them.

    Bad:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.layers = [Linear(8, 8) for _ in range(3)]

            def forward(self, x):
                for layer in self.layers:
                    x = layer(x)
                return x

    Good:
        class Net(Module):
            def __init__(self):
                super().__init__()
                self.layers = ModuleList(Linear(8, 8) for _ in range(3))

            def forward(self, x):
                for layer in self.layers:
                    x = layer(x)
                return x

    Fix safety:
        The list is wrapped as it is; a checkpoint then has more entries.

    References:
        The framework's page of its containers
    """

    code = "CNN501"

    def message(self, subject: str, failure: oddities.UnregisteredLayers) -> str:
        held = f"{failure.count} layers with {parameters(failure.params)} in a plain {failure.container}"
        return f"`{failure.cls}.{failure.name}` holds {held}, which registers none of them: they are neither trained nor saved"

    def help(self, failure: oddities.UnregisteredLayers) -> str:
        return f"`{failure.remedy}` registers what it holds"

    def fix(self, failure: oddities.UnregisteredLayers, written: Written) -> Fix | None:
        if not failure.spelling:
            return None
        return wrapped(written.value, f"{failure.spelling}(", ")", f"wrap it in `{failure.spelling}`")
