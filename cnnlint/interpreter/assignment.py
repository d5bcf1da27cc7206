"""Names and targets: where a name is looked up, bound and unbound, and how a value is unpacked."""

from __future__ import annotations

from collections.abc import Iterator

from cnnlint.failures import UndefinedName
from cnnlint.interpreter import attributes, iteration
from cnnlint.interpreter.dispatch import evaluate, evaluates
from cnnlint.interpreter.machine import Frame, Promise
from cnnlint.interpreter.raising import fail_with
from cnnlint.source import ir
from cnnlint.values import MISSING, Choice, ListValue, ModuleValue, Mutable, Scope, Unknown, Value

OF_TOOLS = ("get_ipython", "display", "reveal_type", "profile")
"""Names that notebooks, type checkers and profilers add to the built-in ones."""


@evaluates(ir.Name)
def load(frame: Frame, node: ir.Name) -> Value:
    """The value of a name, by Python's scoping; Unknown where only some way binds it and that is gone."""
    name = node.id
    if name == "__class__" and (owner := class_around(frame)) is not None:
        return owner
    found = frame.scope.contents.get(name, MISSING)
    if found is MISSING and name not in frame.locals:
        scope = frame.scope.parent
        while scope is not None and found is MISSING:
            found = scope.contents.get(name, MISSING)
            scope = scope.parent
        if found is MISSING:
            found = frame.module.contents.get(name, MISSING)
        if found is MISSING:
            found = frame.machine.importer.global_name(frame.module, name)
    if isinstance(found, Promise):
        found = frame.machine.importer.fulfil(found)
    elif isinstance(found, Choice):
        found = without_missing(found)
    if found is MISSING and name in OF_TOOLS:
        return frame.machine.unknown(f"`{name}`, which a tool defines")
    if found is MISSING:
        with frame.machine.standing(frame, node):
            fail_with(frame.machine, UndefinedName(name, tuple(bound_names(frame)), exception="NameError"))
    return found


def class_around(frame: Frame) -> Value:
    """The class in whose body the function that runs was defined; None outside of methods."""
    at: Frame | None = frame
    while at is not None and at.function is None:
        at = at.outer
    return None if at is None or at.function is None else at.function.owner


def bound_names(frame: Frame) -> Iterator[str]:
    """The names that an expression can read: those of the function, of the functions around it, and of the module."""
    scope: Scope | ModuleValue | None = frame.scope
    while scope is not None:
        yield from scope.contents
        scope = scope.parent
    yield from frame.module.contents


def without_missing(choice: Choice) -> Value:
    """A choice without the ways on which nothing is there: a run that gets further took another."""
    present = [option for option in choice.alternatives if option.value is not MISSING]
    if len(present) == len(choice.alternatives):
        return choice
    return present[0].value if len(present) == 1 else Choice(tuple(present)) if present else MISSING


def owner_of(frame: Frame, name: str) -> Mutable:
    """The scope or module that an assignment to `name` writes to."""
    if frame.outer is not None and name not in frame.locals:
        return owner_of(frame.outer, name)
    if name in frame.global_names:
        return frame.module
    if frame.is_class_body or frame.function is None or name in frame.locals:
        return frame.scope
    scope = frame.scope.parent
    while scope is not None:
        if name in scope.contents:
            return scope
        scope = scope.parent
    return frame.scope


def bind(frame: Frame, name: str, value: Value) -> None:
    owner = owner_of(frame, name)
    frame.machine.store.touch(owner)
    owner.contents[name] = value


def assign(frame: Frame, target: ir.Node, value: Value) -> None:
    """Bind a target as an assignment does."""
    machine = frame.machine
    match target:
        case ir.Name(id=name):
            bind(frame, name, value)
        case ir.Attribute():
            owner = evaluate(frame, target.value)
            with machine.standing(frame, target):
                attributes.set_attribute(machine, owner, target.attr, value)
        case ir.Subscript():
            owner = evaluate(frame, target.value)
            index = evaluate(frame, target.index)
            with machine.standing(frame, target):
                iteration.set_item(machine, owner, index, value)
        case ir.Display(elements=elements):
            unpack(frame, target, elements, value)
        case ir.Starred(value=inner):
            assign(frame, inner, value)
        case _:
            evaluate(frame, target)


def unpack(frame: Frame, target: ir.Node, elements: tuple[ir.Node, ...], value: Value) -> None:
    machine = frame.machine
    with machine.standing(frame, target):
        items = iteration.unpack(machine, value, len(elements), any(isinstance(element, ir.Starred) for element in elements))
    if isinstance(items, Unknown):
        for element in elements:
            assign(frame, element, ListValue(items) if isinstance(element, ir.Starred) else machine.derived(items))
        return
    star = next((i for i, element in enumerate(elements) if isinstance(element, ir.Starred)), None)
    if star is not None:
        after = len(elements) - star - 1
        items = [*items[:star], ListValue(items[star : len(items) - after]), *items[len(items) - after :]]
    for element, item in zip(elements, items, strict=True):
        assign(frame, element, item)


def delete(frame: Frame, target: ir.Node) -> None:
    """Unbind a target as `del` does."""
    machine = frame.machine
    match target:
        case ir.Name(id=name):
            owner = owner_of(frame, name)
            machine.store.touch(owner)
            owner.contents.pop(name, None)
        case ir.Attribute():
            owner_value = evaluate(frame, target.value)
            with machine.standing(frame, target):
                attributes.delete_attribute(machine, owner_value, target.attr)
        case ir.Subscript():
            owner_value = evaluate(frame, target.value)
            index = evaluate(frame, target.index)
            with machine.standing(frame, target):
                iteration.delete_item(machine, owner_value, index)
        case ir.Display(elements=elements):
            for element in elements:
                delete(frame, element)
        case _:
            evaluate(frame, target)
