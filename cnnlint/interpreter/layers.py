"""The layers that a plugin declares: how the program constructs and calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cnnlint.dims import Dims, unknown_size
from cnnlint.interpreter import calls
from cnnlint.interpreter.applying import PLAIN, STEPS_OF_AN_OPERATION, apply_operation, distributing
from cnnlint.interpreter.machine import Machine
from cnnlint.plugin.framework import (
    Built,
    Framework,
    LayerDeclaration,
)
from cnnlint.plugin.operation import (
    VAR_POSITIONAL,
    Operation,
    Undetermined,
    bind,
    count_of_remarks,
    read,
)
from cnnlint.record import record
from cnnlint.values import (
    MISSING,
    Alternative,
    Choice,
    ClassValue,
    DictValue,
    Instance,
    Mutable,
    NativeFunction,
    Unknown,
    Value,
)

IS_BUILT = "_is_built"
HIDDEN = "_hidden_arguments"


def add_layer_methods(machine: Machine, framework: Framework, declaration: LayerDeclaration, cls: ClassValue) -> None:
    """`__init__` and `forward` of a declared layer."""

    most = len(declaration.parameters) + len(declaration.hides)
    has_rest = any(parameter.kind is VAR_POSITIONAL for parameter in declaration.parameters)

    def construct(machine: Machine, instance: Instance, *positional: Value, **keywords: Value) -> None:
        begin(machine, framework, declaration, instance, keywords)
        go_on(machine, instance, *positional, **keywords)

    def go_on(machine: Machine, instance: Instance, *positional: Value, **keywords: Value) -> None:
        recorder = machine.recorder
        before, recorder.under_construction = recorder.under_construction, instance
        try:
            apply_operation(machine, framework, lambda: build_layer(machine, framework, declaration, instance, positional, keywords))
        finally:
            recorder.under_construction = before

    construct_each, go_on_each = distributing(cls.name, construct), distributing(cls.name, go_on)

    def initialise(machine: Machine, instance: Instance, *positional: Value, **keywords: Value) -> Value:
        if not has_rest and len(declaration.parameters) < len(positional) <= most:
            positional, hidden = positional[: len(declaration.parameters)], positional[len(declaration.parameters) :]
            keywords = {**dict(zip(declaration.hides, hidden, strict=False)), **keywords}
        decided = [open_flag(declaration, i, value) for i, value in enumerate(positional)]
        named = {name: open_flag(declaration, name, value) for name, value in keywords.items()}
        if any(isinstance(value, Choice) for name, value in named.items() if name in declaration.hides):
            return construct_each(machine, instance, *decided, **named)
        begin(machine, framework, declaration, instance, named)  # all ways share what holds the parameters
        plan = machine.plans.get(key_of_plan(declaration, decided, named))
        if plan is not None and not plan.children:  # the same layer was built before
            machine.steps -= STEPS_OF_AN_OPERATION
            machine.recorder.worked(None, [])
            follow(machine, framework, instance, plan, {})
            return None
        return go_on_each(machine, instance, *decided, **named)

    cls.contents["__init__"] = NativeFunction(cls.name, initialise, takes_unknown=True)
    forward = getattr(declaration.declared, "forward", None)
    if forward is None:
        return
    name = framework.convention.forward if framework.convention is not None else "forward"
    operation = Operation(cls.name, forward, framework, {})
    first = getattr(declaration.declared, "build", None)
    building = None if first is None else Operation(cls.name, first, framework, {})

    def build(machine: Machine, instance: Instance, positional: tuple[Value, ...], keywords: dict[str, Value]) -> None:
        if building is not None and IS_BUILT not in instance.contents:
            finish_layer(machine, framework, instance, building(LayerView(machine, instance, declaration), *positional, **keywords))

    def compute(machine: Machine, instance: Instance, positional: tuple[Value, ...], keywords: dict[str, Value]) -> Value:
        build(machine, instance, positional, keywords)
        return operation(LayerView(machine, instance, declaration), *positional, **keywords)

    def apply(machine: Machine, instance: Value, *positional: Value, **keywords: Value) -> Value:
        given = (*positional, *keywords.values())
        return apply_operation(machine, framework, lambda: compute(machine, instance, positional, keywords), given, is_layer=True)

    cls.contents[name] = NativeFunction(name, distributing(cls.name, apply), takes_unknown=True)
    if building is None or framework.convention is None or not framework.convention.build:
        return
    shaped = framework.convention.shaped

    def build_for(machine: Machine, instance: Value, *shapes: Value, **named: Value) -> None:
        """The method of the framework that builds a layer for inputs of these shapes."""
        positional = tuple(shaped(machine.door, shape) for shape in shapes)
        keywords = {name: shaped(machine.door, shape) for name, shape in named.items()}
        apply_operation(machine, framework, lambda: build(machine, instance, positional, keywords), (*positional, *keywords.values()))

    cls.contents[framework.convention.build] = NativeFunction(framework.convention.build, build_for, takes_unknown=True)


def open_flag(declaration: LayerDeclaration, which: int | str, value: Value) -> Value:
    """An unknown argument for a flag (`bias=args.bias`) as the choice between both ways, each of which makes a layer."""
    if not isinstance(value, Unknown) or value.denies is not None:
        return value
    for position, parameter in enumerate(declaration.parameters):
        if which in (position, parameter.name) and parameter.wants == ("bool",):
            return Choice((Alternative(frozenset({(value, True)}), True), Alternative(frozenset({(value, False)}), False)))
    return value


def begin(machine: Machine, framework: Framework, declaration: LayerDeclaration, instance: Instance, keywords: Mapping[str, Value]) -> None:
    """Run the constructor of the base of all modules."""
    base = machine.door.framework_value(framework, framework.module)
    calls.call(machine, base.find("__init__"), [instance], {name: keywords[name] for name in keywords if name in declaration.hides})


def build_layer(
    machine: Machine,
    framework: Framework,
    declaration: LayerDeclaration,
    instance: Instance,
    positional: tuple[Value, ...],
    keywords: dict[str, Value],
) -> None:
    """Run a layer's constructor: attributes in the framework's normal form, parameters and buffers with their shapes.

    Raises LayerFailure where the framework's constructor raises, Undetermined where what decides is not known.
    """
    shown = {name: value for name, value in keywords.items() if name not in declaration.hides}
    hidden = {name: value for name, value in keywords.items() if name in declaration.hides}
    plan = plan_of(machine, declaration, positional, shown)
    if hidden and hasattr(declaration.declared, "build"):
        set_plain(machine, instance, HIDDEN, DictValue(hidden))
    follow(machine, framework, instance, plan, hidden)
    for name, (path, given) in plan.children.items():
        made = calls.call(machine, machine.door.framework_value(framework, path), list(given), hidden)
        machine.door.set_attribute(instance, name, made)


def follow(machine: Machine, framework: Framework, instance: Instance, plan: LayerPlan, hidden: Mapping[str, Value]) -> None:
    """Give a layer its attributes, parameters and buffers."""
    machine.store.touch(instance)
    instance.contents.update(plan.attributes)
    for name, shape in plan.parameters.items():
        machine.door.register(framework, instance, name, shape, True, hidden)
    for name, shape in plan.buffers.items():
        machine.door.register(framework, instance, name, shape, False, hidden)


@record
class LayerPlan:
    """What a layer's constructor gives it, by name: plain attributes, and the shapes of parameters and buffers, and its children."""

    attributes: Mapping[str, Value]
    parameters: Mapping[str, Value]
    buffers: Mapping[str, Value]
    children: Mapping[str, Any]


def plan_of(machine: Machine, declaration: LayerDeclaration, positional: tuple[Value, ...], keywords: dict[str, Value]) -> LayerPlan:
    """The plan for these arguments; the same plain ones make the same plan again."""
    key = key_of_plan(declaration, positional, keywords)
    if key is not None and key in machine.plans:
        return machine.plans[key]  # type: ignore[no-any-return]
    remarks = count_of_remarks()
    plan = planned(declaration, positional, keywords)
    if (
        key is not None
        and count_of_remarks() == remarks
        and not any(isinstance(value, Mutable) for group in (plan.attributes, plan.parameters, plan.buffers) for value in group.values())
    ):
        machine.plans[key] = plan
    return plan


def key_of_plan(declaration: LayerDeclaration, positional: Sequence[Value], keywords: Mapping[str, Value]) -> Any:
    """What tells the plan for these arguments from others; None where one of them is not plain."""
    kinds = tuple(map(type, (*positional, *keywords.values())))
    return (declaration.declared, declaration.path, *positional, *keywords.items(), kinds) if PLAIN.issuperset(kinds) else None


def planned(declaration: LayerDeclaration, positional: tuple[Value, ...], keywords: dict[str, Value]) -> LayerPlan:
    bound = bind(declaration.path.rpartition(".")[2], declaration.parameters, positional, keywords)
    spatial = declaration.fixed.get("spatial")
    arguments = {
        parameter.name: (
            tuple(bound[parameter.name])
            if parameter.kind is VAR_POSITIONAL
            else read(declaration.path, parameter, bound[parameter.name], spatial)
        )
        for parameter in declaration.parameters
    }
    declared = declaration.declared
    parameters = call_declared(declared.parameters, arguments, declaration.fixed) or {}  # type: ignore[attr-defined]
    attributes = {name: value for name, value in arguments.items() if name not in parameters}
    if hasattr(declared, "attributes"):
        attributes |= call_declared(declared.attributes, arguments, declaration.fixed)
    attributes = {name: tuple(value) if isinstance(value, Dims) else value for name, value in attributes.items()}
    buffers = (call_declared(declared.buffers, arguments, declaration.fixed) or {}) if hasattr(declared, "buffers") else {}
    children = call_declared(declared.children, arguments, declaration.fixed) if hasattr(declared, "children") else {}
    return LayerPlan(attributes, parameters, buffers, children)


def finish_layer(machine: Machine, framework: Framework, instance: Instance, built: Value) -> None:
    """Give a layer what its first call made."""
    assert isinstance(built, Built)  # what a declaration's `build` returns
    set_plain(machine, instance, IS_BUILT, True)
    for name, value in built.attributes.items():
        set_plain(machine, instance, name, tuple(value) if isinstance(value, Dims) else value)
    held = instance.contents.get(HIDDEN)
    hidden = held.contents if isinstance(held, DictValue) and isinstance(held.contents, dict) else {}
    for name, shape in built.parameters.items():
        machine.door.register(framework, instance, name, shape, True, hidden)
    for name, buffer in built.buffers.items():
        machine.door.register(framework, instance, name, buffer, False, hidden)


def call_declared(function: Callable[..., Any], arguments: dict[str, Value], fixed: Any) -> Any:
    """Call a declaration's function with the constructor's arguments, in the order of its signature."""
    positional: list[Value] = []
    for name, value in arguments.items():
        if isinstance(value, tuple) and function.__code__.co_flags & 0x04 and name == star_name(function):
            positional.extend(value)
    if positional or function.__code__.co_flags & 0x04:
        named = {name: value for name, value in arguments.items() if name != star_name(function)}
        return function(*positional, **named, **wanted(function, fixed))
    return function(**arguments, **wanted(function, fixed))


def star_name(function: Callable[..., Any]) -> str:
    code = function.__code__
    return code.co_varnames[code.co_argcount + code.co_kwonlyargcount]


def wanted(function: Callable[..., Any], fixed: Any) -> dict[str, Any]:
    names = function.__code__.co_varnames[: function.__code__.co_argcount + function.__code__.co_kwonlyargcount]
    return {name: value for name, value in fixed.items() if name in names}


def set_plain(machine: Machine, instance: Instance, name: str, value: Value) -> None:
    machine.store.touch(instance)
    instance.contents[name] = value


class LayerView:
    """A layer as its declaration's `forward` sees it: the attributes as they are now, and what the plugin fixed."""

    __slots__ = ("_declaration", "_instance", "_machine")

    def __init__(self, machine: Machine, instance: Instance, declaration: LayerDeclaration) -> None:
        self._machine = machine
        self._instance = instance
        self._declaration = declaration

    @property
    def door(self) -> Any:
        """The interpreter, for what only a program's own function can tell."""
        return self._machine.door

    @property
    def kind(self) -> str:
        """The name under which the framework declares the layer."""
        return self._declaration.path.rpartition(".")[2]

    def __getattr__(self, name: str) -> Value:
        fixed = self._declaration.fixed
        if name in fixed:
            return fixed[name]
        value = self._instance.contents.get(name, MISSING)
        if type(value) in PLAIN:
            return value
        if value is MISSING:
            value = self._machine.door.attribute(self._instance, name, MISSING)
        if value is MISSING:
            raise Undetermined(self._machine.unknown(f"`{name}` of `{self._instance.cls.name}`"))
        if isinstance(value, Choice) and all(type(alternative.value) is int for alternative in value.alternatives):
            return unknown_size(f"`{name}` is one of several numbers")  # a declaration computes with it
        return value
