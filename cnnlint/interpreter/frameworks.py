"""What a plugin declares, as values of the program: classes, layers, operations and natives."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cnnlint.dims import Dims, unknown_size
from cnnlint.failures import LayerFailure
from cnnlint.interpreter import calls, functions
from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import settle, silent
from cnnlint.interpreter.tensors import tensors_in
from cnnlint.interpreter.types import BUILTIN_CLASSES, OBJECT
from cnnlint.plugin.framework import (
    Built,
    ClassDeclaration,
    Constant,
    Definition,
    Framework,
    LayerDeclaration,
    NativeDeclaration,
    PythonSource,
    Transparent,
)
from cnnlint.plugin.operation import (
    VAR_POSITIONAL,
    Applied,
    Listener,
    Operation,
    Undetermined,
    bind,
    count_of_remarks,
    current_work,
    listening,
    read,
    tensors_within,
)
from cnnlint.record import record
from cnnlint.values import (
    MISSING,
    Alternative,
    BoundMethod,
    Choice,
    ClassMethod,
    ClassValue,
    DictValue,
    FrameworkNumber,
    FrameworkTuple,
    FunctionValue,
    Instance,
    Mutable,
    NativeFunction,
    PartialValue,
    PropertyValue,
    StaticMethod,
    Tensor,
    Unknown,
    Value,
)

IS_BUILT = "_is_built"
HIDDEN = "_hidden_arguments"
PLAIN = frozenset({int, bool, str, type(None)})
NO_TENSORS = PLAIN | {float, Instance, BoundMethod, FunctionValue, NativeFunction, ClassValue}
ACCESS = frozenset({"__getattr__", "__setattr__"})
"""Natives that only look at what an instance holds, or put something there: they apply no operations."""

STEPS_OF_AN_OPERATION = 200  # it takes about as long as so many steps of the interpreter


def framework_value(machine: Machine, framework: Framework, path: str) -> Value:
    """What `path` means in a framework, made once; MISSING where the plugin does not know it."""
    key = (framework.name, path)
    found = machine.framework_values.get(key, MISSING)
    if found is MISSING:
        definition = framework.find(path)
        if definition is None:
            return MISSING
        found = realised(machine, framework, definition)
        machine.framework_values[key] = found
    return found


def realised(machine: Machine, framework: Framework, definition: Definition) -> Value:
    match definition:
        case Operation():
            return operation_value(definition)
        case LayerDeclaration() | ClassDeclaration():
            own = (framework.name, definition.path)
            if own not in machine.framework_values:
                make_class(machine, framework, definition)
            return machine.framework_values[own]
        case NativeDeclaration():
            native = native_value(machine, framework, definition)
            return PropertyValue(native) if definition.is_attribute else native
        case Constant(value=value):
            return value
        case Transparent(path=path):
            return transparent_value(path)
        case PythonSource():
            return machine.importer.plugin_source(framework, definition)
    raise TypeError(f"{definition} is no definition")


def operation_value(operation: Operation) -> NativeFunction:
    def apply(machine: Machine, *positional: Value, **keywords: Value) -> Value:
        given = (*positional, *keywords.values())
        return apply_operation(machine, operation.framework, lambda: operation(*positional, **keywords), given)

    return NativeFunction(operation.name, distributing(operation.name, apply), takes_unknown=True)


def distributing(name: str, function: Callable[..., Value]) -> Callable[..., Value]:
    """A function of Unknown arguments that is tried for each alternative of a Choice among them, and among the items of tuples."""

    def apply(machine: Machine, *positional: Value, **keywords: Value) -> Value:
        for value in (*positional, *keywords.values()):
            if isinstance(value, Choice):
                return calls.over_choices(machine, inner, list(positional), keywords)
            if type(value) is tuple and any(isinstance(item, Choice) for item in value):
                return over_items(machine, inner, list(positional), keywords)
        return function(machine, *positional, **keywords)

    inner = NativeFunction(name, apply, takes_unknown=True)
    return apply


def over_items(machine: Machine, callee: NativeFunction, positional: list[Value], keywords: dict[str, Value]) -> Value:
    """Call a function for each consistent combination of what is undecided among its arguments and the items of tuples among them."""
    given = [*positional, *keywords.values()]
    counts = [len(value) if type(value) is tuple else -1 for value in given]
    flat = [item for value, count in zip(given, counts, strict=True) for item in (value if count >= 0 else (value,))]

    def with_items(chosen: list[Value]) -> Value:
        rest = iter(chosen)
        decided = [next(rest) if count < 0 else tuple(itertools.islice(rest, count)) for count in counts]
        first = len(positional)
        return calls.invoke(machine, callee, decided[:first], dict(zip(keywords, decided[first:], strict=True)))

    return distribute(machine, flat, with_items)


def apply_operation(
    machine: Machine, framework: Framework, compute: Callable[[], Value], given: Sequence[Value] = (), *, is_layer: bool = False
) -> Value:
    """Compute a result on shapes, record its costs, and turn a failure into what the program sees.

    After a failed layer the operations on what it gives stay silent, since they may fail for its fault; layers don't, which say
    themselves what they expect.
    """
    machine.steps -= STEPS_OF_AN_OPERATION
    is_doubtful = bool(machine.recorder.occurrences) and any(tensor is not None and tensor.is_doubtful for tensor in tensors_in(given))
    listener = Listener()
    before = listening.set(listener)
    if isinstance(outer := before.old_value, Listener) and outer.applied:
        machine.recorder.catch_up(outer)
    try:
        result = compute()
    except Undetermined as undetermined:
        current_work().is_exact = False
        result = undetermined.cause if undetermined.cause.place else machine.unknown(undetermined.cause.reason)
    except LayerFailure as failure:
        failure.operands = tuple(tensors_in(given))
        if is_doubtful and not is_layer:
            raise silent(machine, failure) from None
        raised = settle(machine, failure)
        if raised is not None:
            if machine.recorder.history is not None:
                machine.recorder.history.operated(given, None)
            raise raised from None
        current_work().is_exact = False
        is_doubtful = True
        result = machine.unknown("a failed operation") if failure.output is None else Tensor(failure.output, framework.arrays)
    finally:
        listening.reset(before)
    machine.recorder.worked(listener.work, listener.applied)
    if machine.recorder.history is not None:
        machine.recorder.history.operated(given, result, () if listener.work is None else listener.work.windows)
    if is_doubtful:
        for tensor in tensors_in(result):
            if tensor is not None:
                tensor.is_doubtful = True
    return result


def native_value(machine: Machine, framework: Framework, declaration: NativeDeclaration) -> NativeFunction:
    name = declaration.path.rpartition(".")[2]

    function = declaration.function

    def instead(machine: Machine, error: Exception, positional: Sequence[Value], keywords: dict[str, Value]) -> Value:
        """What a call gives that did not come to its end. Raises Raised where the program raises, and the error if it is a fault."""
        if isinstance(error, Undetermined):
            return error.cause
        if isinstance(error, LayerFailure):
            raised = settle(machine, error)
            if raised is not None:
                raise raised from None
            return machine.unknown("a failed operation") if error.output is None else Tensor(error.output, framework.arrays)
        if functions.accepts(NativeFunction(name, function), list(positional), keywords):
            raise error
        return machine.unknown(f"`{name}` with these arguments")

    def access(machine: Machine, *positional: Value, **keywords: Value) -> Value:
        try:
            result = function(machine.door, *positional, **keywords)
        except (Undetermined, LayerFailure, TypeError) as error:
            return instead(machine, error, positional, keywords)
        if machine.recorder.history is not None:
            machine.recorder.history.operated((*positional, *keywords.values()), result)
        return result

    def apply(machine: Machine, *positional: Value, **keywords: Value) -> Value:
        listener = Listener()
        before = listening.set(listener)
        if isinstance(outer := before.old_value, Listener) and outer.applied:
            machine.recorder.catch_up(outer)
        try:
            result = function(machine.door, *positional, **keywords)
        except (Undetermined, LayerFailure, TypeError) as error:
            return instead(machine, error, positional, keywords)
        finally:
            listening.reset(before)
        gave = [] if type(result) in NO_TENSORS or machine.recorder.active is None else tensors_within((result,))
        if listener.work is not None or machine.assumed or gave:
            own = [Applied(tensors_within((*positional, *keywords.values())), gave, [])] if gave else []
            machine.recorder.worked(listener.work, [*listener.applied, *own])
        if machine.recorder.history is not None:
            machine.recorder.history.operated((*positional, *keywords.values()), result)
        return result

    return NativeFunction(name, access if name in ACCESS else apply, declaration.takes_unknown)


CALLABLES = (BoundMethod, ClassMethod, ClassValue, FunctionValue, Instance, NativeFunction, PartialValue, StaticMethod)


def transparent_value(path: str) -> Value:
    """Something that gives back the function or module that it is given, whichever way it is called; also a context manager."""
    cls = ClassValue(path.rpartition(".")[2], (OBJECT,), module=path.rpartition(".")[0])

    def made(machine: Machine, kind: ClassValue, *positional: Value, **keywords: Value) -> Value:
        first = positional[0] if positional else None
        if isinstance(first, CALLABLES):
            return first
        if isinstance(first, Choice) and any(isinstance(option.value, CALLABLES) for option in first.alternatives):
            return first
        instance = Instance(cls, machine.site)
        if isinstance(first, Unknown):
            instance.contents["wrapped"] = first
        return instance

    def applied(machine: Machine, instance: Value, *positional: Value, **keywords: Value) -> Value:
        first = positional[0] if positional else None
        return first if isinstance(first, (*CALLABLES, Choice, Unknown)) else instance.contents.get("wrapped", first)

    def attribute(machine: Machine, instance: Value, name: Value) -> Value:
        return instance.contents.get("wrapped") or machine.unknown(f"`{name}` of `{path}`")

    cls.contents["__new__"] = NativeFunction("__new__", made, takes_unknown=True)
    cls.contents["__init__"] = NativeFunction("__init__", lambda machine, *given, **named: None, takes_unknown=True)
    cls.contents["__call__"] = NativeFunction("__call__", applied, takes_unknown=True)
    cls.contents["__getattr__"] = NativeFunction("__getattr__", attribute)
    cls.contents["__enter__"] = NativeFunction("__enter__", lambda machine, instance: instance)
    cls.contents["__exit__"] = NativeFunction("__exit__", lambda machine, instance, *given: None, takes_unknown=True)
    return cls


def make_class(machine: Machine, framework: Framework, definition: ClassDeclaration | LayerDeclaration) -> None:
    """A framework's class; its members are declared below its path."""
    path = definition.path
    bases = []
    for declared in definition.bases:
        base = framework.families.get(path, declared) if declared == framework.module else declared
        found = framework_value(machine, framework, base)
        bases.append(found if isinstance(found, ClassValue) else BUILTIN_CLASSES.get(base, OBJECT))
    owner, _, name = path.rpartition(".")
    module = f"{framework.name}.{owner}" if owner else framework.name
    cls = ClassValue(name, tuple(bases) or (OBJECT,), {}, module, declared=definition)
    machine.framework_values[(framework.name, path)] = cls
    for member in framework.members.get(path, ()):
        cls.contents[member] = framework_value(machine, framework, f"{path}.{member}")
    caller = cls.contents.get("__calls__")
    if isinstance(caller, NativeFunction):
        cls.caller = caller
    if isinstance(definition, LayerDeclaration):
        add_layer_methods(machine, framework, definition, cls)


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
    base = framework_value(machine, framework, framework.module)
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
        made = calls.call(machine, framework_value(machine, framework, path), list(given), hidden)
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


def tensor_class(machine: Machine, tensor: Tensor | FrameworkNumber | FrameworkTuple) -> ClassValue | None:
    """The class of a tensor, or of a framework's own number or tuple, as its framework declares it."""
    if tensor.framework is None:
        return None
    found = framework_value(machine, tensor.framework, tensor.kind)
    return found if isinstance(found, ClassValue) else None


def is_declared_below(cls: ClassValue, framework: Framework, path: str, machine: Machine) -> bool:
    """Whether a class is, or inherits from, the framework's class under `path`."""
    found = framework_value(machine, framework, path)
    return isinstance(found, ClassValue) and cls.is_subclass(found)
