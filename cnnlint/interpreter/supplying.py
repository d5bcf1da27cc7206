"""Arguments that cnnlint supplies itself, for classes and functions that nobody calls: symbols for sizes, unknown values for the rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from cnnlint.dims import symbol
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.stdlib.dataclass_fields import has_default
from cnnlint.interpreter.stdlib.dataclasses import fields_of
from cnnlint.source import ir
from cnnlint.values import MISSING, ClassValue, FunctionValue, Value

NAMED_KINDS = ("positional-only", "ordinary", "keyword-only")
"""The kinds of parameters that a call must give where they have no default."""


@dataclass(slots=True)
class Supplied:
    """The arguments of a call, by position and by keyword; `names` are those of all their parameters."""

    positional: list[Value] = field(default_factory=list)
    keywords: dict[str, Value] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.names)

    def add(self, parameter: ir.Parameter, value: Value) -> None:
        self.names.append(parameter.name)
        if parameter.kind == "keyword-only":
            self.keywords[parameter.name] = value
        else:
            self.positional.append(value)


def function_arguments(machine: Machine, function: FunctionValue) -> Supplied:
    """What a function is called with: its required parameters only, sizes where they are said to be integers."""
    found = Supplied()
    for parameter in required(function, function.definition.parameters):
        found.add(parameter, supplied(machine, parameter, is_size=False))
    return found


def constructor_arguments(machine: Machine, cls: ClassValue, *, train: bool) -> Supplied:
    """What a class is built with: its constructor's required parameters, or the fields without a default."""
    initialise = cls.find("__init__")
    if not isinstance(initialise, FunctionValue):
        return required_fields(machine, cls, train=train)
    found = Supplied()
    for parameter in required(initialise, initialise.definition.parameters[1:]):
        value = given(machine, cls, parameter.name, train=train)
        found.add(parameter, supplied(machine, parameter) if value is MISSING else value)
    return found


def required(function: FunctionValue, parameters: tuple[ir.Parameter, ...]) -> list[ir.Parameter]:
    """Those of a function's parameters that have no default."""
    return [each for each in parameters if each.name not in function.defaults and each.kind in NAMED_KINDS]


def required_fields(machine: Machine, cls: ClassValue, *, train: bool) -> Supplied:
    """What the constructor that a class has of its fields is called with: a value for each field without a default."""
    found = Supplied()
    for name, made in (fields_of(cls) or {}).items():
        if made.contents["init"] is not False and not has_default(made):
            value = given(machine, cls, name, train=train)
            is_size = made.contents["type"] == "int"
            unknown = machine.unknown(f"field `{name}` has no value")
            found.names.append(name)
            found.keywords[name] = value if value is not MISSING else symbol(name, kind="parameter") if is_size else unknown
    return found


def given(machine: Machine, cls: ClassValue, parameter: str, *, train: bool) -> Value:
    """What the framework of a module class says of a parameter of its constructors; MISSING where it says nothing."""
    for framework in machine.registry.frameworks:
        convention = framework.convention if framework.is_loaded else None
        base = machine.door.framework_value(framework, framework.module) if convention is not None else None
        if convention is not None and isinstance(base, ClassValue) and cls.is_subclass(base):
            return convention.given(machine.door, parameter, train)
    return MISSING


def supplied(machine: Machine, parameter: ir.Parameter, *, is_size: bool = True) -> Value:
    """A value for a parameter that nobody gave: a symbol if it is a number, or (`is_size`) could well be one; else Unknown."""
    annotation = parameter.annotation
    text = annotation.id if isinstance(annotation, ir.Name) else "" if annotation is None else "?"
    if text == "int" or (text == "" and is_size):
        return symbol(parameter.name, kind="parameter")
    return machine.unknown(f"parameter `{parameter.name}` has no value")
