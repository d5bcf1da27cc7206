"""The statements that import: what they bind, and where `*` is looked up."""

from __future__ import annotations

from typing import Any

from cnnlint.interpreter import attributes
from cnnlint.interpreter.assignment import assign
from cnnlint.interpreter.dispatch import executes
from cnnlint.interpreter.imports import Pending
from cnnlint.interpreter.machine import NORMAL, Frame, Machine, Outcome, Promise, Raised
from cnnlint.interpreter.raising import catches, exception_instance
from cnnlint.source import LEFT_OUT, ir
from cnnlint.values import MISSING, ClassValue, FrameworkNamespace, ModuleValue, Unknown, Value


@executes(ir.Import)
def import_modules(frame: Frame, node: ir.Import) -> Outcome:
    """`import a.b.c`, `import a.b as c`."""
    machine = frame.machine
    for alias in node.names:
        with machine.standing(frame, alias):
            module = imported(machine, alias.name)
        if alias.asname is not None:
            assign(frame, ir.Name(alias.span, alias.asname), module)
        else:
            root = alias.name.partition(".")[0]
            assign(frame, ir.Name(alias.span, root), module if root == alias.name else imported(machine, root))
    return NORMAL


def imported(machine: Machine, name: str) -> Value:
    """A module by its absolute name.

    Raises Raised with ModuleNotFoundError where it is not found and the program catches that; else it is Unknown.
    """
    found = machine.importer.find(name)
    if found is not MISSING:
        return found
    missing = exception_instance(machine, "ModuleNotFoundError", f"No module named '{name}'")
    if any(
        catches(handler, missing) for handlers in machine.catching[-1:] for handler in handlers if isinstance(handler, (ClassValue, tuple))
    ):
        raise Raised(missing, None, machine.site)
    reason = "code of a notebook that was left out" if name == LEFT_OUT else f"module `{name}` is not found"
    return machine.unknown(reason, is_harmless=machine.importer.is_harmless(name))


@executes(ir.ImportFrom)
def import_names(frame: Frame, node: ir.ImportFrom) -> Outcome:
    """`from a.b import c as d`, relative ones included; `*` is looked up when a name is missing."""
    machine = frame.machine
    name = absolute_name(frame.module, node)
    if name == "__future__":
        return NORMAL
    with machine.standing(frame, node):
        module = imported(machine, name) if name else machine.unknown("a relative import without a package")
    for alias in node.names:
        if alias.name == "*":
            import_star(frame, module)
            continue
        bound: Any = Promise(module, alias.name)
        with machine.standing(frame, alias):
            if machine.catching or frame.function is not None or frame.is_class_body:
                bound = named(machine, module, alias.name)
            elif isinstance(module, (FrameworkNamespace, Unknown)):
                bound = attributes.attribute(machine, module, alias.name)
        assign(frame, ir.Name(alias.span, alias.asname or alias.name), bound)
    return NORMAL


def named(machine: Machine, module: Value, name: str) -> Value:
    """A name of a module, now.

    Raises Raised with ImportError where the module has none and the program catches that.
    """
    found = attributes.find_attribute(machine, module, name)
    if found is MISSING:
        missing = exception_instance(machine, "ImportError", f"cannot import name '{name}'")
        if any(catches(handler, missing) for handlers in machine.catching for handler in handlers):
            raise Raised(missing, None, machine.site)
        return machine.unknown(f"`{name}` is not found in module `{getattr(module, 'name', '?')}`")
    return found


def absolute_name(module: ModuleValue, node: ir.ImportFrom) -> str:
    """The dotted name that a `from` import means; empty where there is no package to start from."""
    if not node.level:
        return node.module
    parts = module.package.split(".") if module.package else []
    if node.level - 1 > len(parts) or (not parts and not node.module):
        return ""
    base = parts[: len(parts) - (node.level - 1)]
    return ".".join([*base, node.module] if node.module else base)


def import_star(frame: Frame, module: Value) -> None:
    if frame.module.pending is None:
        frame.module.pending = Pending([])
        frame.module.pending.has_started = True
    frame.module.pending.stars.append(module)
