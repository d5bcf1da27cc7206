"""How a file names what a framework has, by what it imports."""

from __future__ import annotations

from collections.abc import Iterator

from cnnlint.interpreter.frameworks import framework_value
from cnnlint.interpreter.machine import Machine
from cnnlint.plugin.framework import Framework
from cnnlint.source import ir
from cnnlint.values import FrameworkNamespace, ModuleValue


def module_at(machine: Machine, path: str) -> ModuleValue | None:
    """The module that was read from a file, by its printed path: the one that is analysed, or one that was followed from it."""
    main = machine.importer.main
    if main is not None and main.path == path:
        return main
    return next((module for module in machine.importer.files.values() if module.path == path), None)


def is_namespace(machine: Machine, module: ModuleValue | None, node: ir.Node) -> bool:
    """Whether an expression is a package of a framework: `torch`, `torch.nn.functional`."""
    while isinstance(node, ir.Attribute):
        node = node.value
    if module is None or not isinstance(node, ir.Name):
        return False
    return isinstance(machine.importer.own_name(module, node.id), FrameworkNamespace)


def spelled_in(machine: Machine, framework: Framework, module: ModuleValue, path: str) -> str:
    """The shortest name that a module's own names give what stands under a path; empty where there is none."""
    return min(spellings(machine, framework, module, path), key=len, default="") if path else ""


def spellings(machine: Machine, framework: Framework, module: ModuleValue, path: str) -> Iterator[str]:
    """All such names: its own, and below the names of packages that hold it."""
    meant = framework_value(machine, framework, framework.canonical(path))
    for name in list(module.contents):
        value = machine.importer.global_name(module, name)
        if value is meant:
            yield name
        elif isinstance(value, FrameworkNamespace) and value.framework is framework:
            if path.startswith(f"{value.path}."):
                yield f"{name}.{path[len(value.path) + 1 :]}"
            elif not value.path and not framework.branches:
                yield f"{name}.{path}"
