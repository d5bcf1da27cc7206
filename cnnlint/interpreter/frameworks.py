"""What a plugin declares, as values of the program."""

from __future__ import annotations

from cnnlint.interpreter.applying import native_value, operation_value
from cnnlint.interpreter.layers import add_layer_methods
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import BUILTIN_CLASSES, OBJECT
from cnnlint.plugin.framework import (
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
    Operation,
)
from cnnlint.values import (
    MISSING,
    BoundMethod,
    Choice,
    ClassMethod,
    ClassValue,
    FrameworkNumber,
    FrameworkTuple,
    FunctionValue,
    Instance,
    NativeFunction,
    PartialValue,
    PropertyValue,
    StaticMethod,
    Tensor,
    Unknown,
    Value,
)


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
