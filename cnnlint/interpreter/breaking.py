"""What a statement of a file may have done before an exception, or the end of its budget, broke it off: that much is not known after it."""

from __future__ import annotations

from collections.abc import Iterator

from cnnlint.dims import Expression
from cnnlint.graph import Place
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.syntax import children_of, nodes_below
from cnnlint.source import ir
from cnnlint.values import MISSING, DictValue, FunctionValue, ListValue, ModuleValue, SetValue, Tensor, Unknown, Value

_SCOPES = (ir.FunctionDefinition, ir.ClassDefinition, ir.Lambda)
_DATA = (int, float, complex, str, bytes, tuple, type(None), Expression, Tensor)


def forget_effects(machine: Machine, module: ModuleValue, statement: ir.Statement) -> None:
    """Let the contents be unknown of what a broken-off statement may have filled, and the data that it would have bound.

    The functions of the module that it names are followed. Definitions, modules and instances stay under their names.
    """
    cause = Unknown("what a statement leaves behind that does not come to its end", Place(module.path, statement.span))
    for name in dict.fromkeys(_named(module, statement, set())):
        value = module.contents.get(name)
        if isinstance(value, (ListValue, DictValue, SetValue)) and not isinstance(value.contents, Unknown):
            machine.store.touch(value)
            value.contents = cause
    bound = [name for name in dict.fromkeys(_bound(statement)) if _is_data(module.contents.get(name, MISSING))]
    if bound:
        machine.store.touch(module)
        for name in bound:
            module.contents[name] = machine.derived(cause)


def _is_data(value: Value) -> bool:
    return value is MISSING or isinstance(value, _DATA)


def _named(module: ModuleValue, node: ir.Node, seen: set[str]) -> Iterator[str]:
    """The names in a node, and those in the functions of the module that it names."""
    for inner in nodes_below(node):
        if isinstance(inner, ir.Name) and inner.id not in seen:
            seen.add(inner.id)
            yield inner.id
            value = module.contents.get(inner.id)
            if isinstance(value, FunctionValue) and value.module is module:
                yield from _named(module, value.definition, seen)


def _bound(node: ir.Node) -> Iterator[str]:
    """The names that a statement binds in its own scope."""
    match node:
        case ir.Assign(targets=targets):
            yield from (name for target in targets for name in _names_of(target))
        case ir.AugmentedAssign(target=target) | ir.For(target=target) | ir.NamedExpression(target=target):
            yield from _names_of(target)
        case ir.WithItem(target=target) if target is not None:
            yield from _names_of(target)
        case ir.FunctionDefinition(name=name) | ir.ClassDefinition(name=name):
            yield name
        case ir.Alias(name=name, asname=asname) if name != "*":
            yield asname or name.partition(".")[0]
        case _:
            pass
    if not isinstance(node, _SCOPES):
        for child in children_of(node):
            yield from _bound(child)


def _names_of(target: ir.Expression) -> Iterator[str]:
    match target:
        case ir.Name(id=name):
            yield name
        case ir.Display(elements=elements):
            for element in elements:
                yield from _names_of(element)
        case ir.Starred(value=value):
            yield from _names_of(value)
        case _:
            pass
