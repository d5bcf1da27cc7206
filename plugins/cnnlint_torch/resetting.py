"""The methods by which layers fill their tensors again: no size depends on them."""

from __future__ import annotations

from cnnlint.plugin import Door, Framework, LayerDeclaration, Value
from cnnlint_torch.framework import torch

RESETTERS = ("reset_parameters", "reset_running_stats", "_reset_parameters", "flatten_parameters")


def reset(door: Door, *given: Value, **named: Value) -> None:
    return None


@torch.when_complete
def add_resetters(framework: Framework) -> None:
    """Give them to every layer of a complete table that does not declare its own."""
    for path, definition in list(framework.table.items()):
        if isinstance(definition, LayerDeclaration):
            missing = [f"{path}.{name}" for name in RESETTERS if f"{path}.{name}" not in framework.table]
            framework.native(*missing, takes_unknown=True)(reset)
