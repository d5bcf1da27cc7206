"""`sys`: the modules that were imported; the environment, unknown; `sys.exit` ends the program."""

from __future__ import annotations

from typing import Any

from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.builtins.reflection import leave
from cnnlint.interpreter.machine import Machine
from cnnlint.values import DictValue, Value

NAMES = Table({"maxsize": 2**63 - 1})
NAMES.define("exit", takes_unknown=True)(leave)


def names_of(machine: Machine) -> dict[str, Value]:
    """What depends on the analysis."""
    return {"modules": LoadedModules(machine)}


class LoadedModules(DictValue):
    """`sys.modules`, as the importer knows it; what is written to it is lost."""

    __slots__ = ("machine",)

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        super().__init__()

    @property
    def contents(self) -> Any:
        return dict(self.machine.importer.loaded())

    @contents.setter
    def contents(self, contents: Any) -> None:
        return None
