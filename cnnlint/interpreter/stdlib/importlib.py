"""`importlib`: modules by name, found as an import statement finds them."""

from __future__ import annotations

from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.machine import Machine
from cnnlint.values import MISSING, Value

NAMES = Table()


@NAMES.define("import_module")
def import_module(machine: Machine, name: Value, package: Value = None) -> Value:
    if not isinstance(name, str) or name.startswith("."):
        return machine.unknown("a module imported by a name that is not known")
    found = machine.importer.find(name)
    return machine.unknown(f"module `{name}` is not found") if found is MISSING else found


@NAMES.define("reload")
def reload(machine: Machine, module: Value) -> Value:
    return module
