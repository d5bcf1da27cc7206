"""Built-in functions that look at objects: attributes, callables, namespaces, the environment."""

from __future__ import annotations

from cnnlint.interpreter import attributes, calls
from cnnlint.interpreter.assignment import without_missing
from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.builtins.natives import Table, harmless, may_be_missing, native, not_modelled, with_default
from cnnlint.interpreter.builtins.text import formatted, text_of
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.machine import Machine, Raised
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.special import InstanceDictionary
from cnnlint.interpreter.types import has_unknown_base, is_open, type_of
from cnnlint.values import (
    MISSING,
    BoundMethod,
    Choice,
    ClassMethod,
    ClassValue,
    DictValue,
    FrameworkNamespace,
    FunctionValue,
    Instance,
    ListValue,
    ModuleValue,
    NativeFunction,
    PartialValue,
    StaticMethod,
    Tensor,
    Unknown,
    Value,
)

FUNCTIONS = Table()


@FUNCTIONS.define("getattr", takes_unknown=True)
def get_attribute(machine: Machine, owner: Value, name: Value, default: Value = MISSING) -> Value:
    return distribute(machine, [owner, name], lambda chosen: one_attribute(machine, chosen[0], chosen[1], default))


def one_attribute(machine: Machine, owner: Value, name: Value, default: Value) -> Value:
    if isinstance(owner, Unknown) or isinstance(name, Unknown):
        return owner if isinstance(owner, Unknown) else name
    if not isinstance(name, str):
        return not_a_name(machine, name)
    if default is MISSING:
        found = attributes.attribute(machine, owner, name)
        return without_missing(found) if isinstance(found, Choice) else found
    return with_default(machine, attribute_or_missing(machine, owner, name), default)


def not_a_name(machine: Machine, name: Value) -> Value:
    """What asking for an attribute by something other than a string gives."""
    if is_open(name) or isinstance(name, Instance) or type_of(machine, name) is None:
        return machine.unknown("an attribute of unknown name")
    return fail(machine, "TypeError", f"the name of an attribute is {described(name)}")


def attribute_or_missing(machine: Machine, owner: Value, name: str) -> Value:
    """An attribute, MISSING also where computing it raises AttributeError."""
    try:
        return attributes.find_attribute(machine, owner, name)
    except Raised as raised:
        if any(cls.name == "AttributeError" for cls in raised.exception.cls.mro):
            return MISSING
        raise


@FUNCTIONS.define("hasattr")
def has_attribute(machine: Machine, owner: Value, name: Value) -> Value:
    if not isinstance(name, str):
        return not_a_name(machine, name)
    found = attribute_or_missing(machine, owner, name)
    if found is MISSING:
        return False
    if may_be_missing(found):
        return machine.unknown(f"whether attribute `{name}` was set under a condition that is not known")
    if isinstance(found, Unknown) and not is_declared(owner, name):
        return found
    return True


def is_declared(owner: Value, name: str) -> bool:
    """Whether an attribute of unknown value is sure to exist."""
    if isinstance(owner, Instance):
        return name in owner.contents or owner.cls.find(name) is not MISSING
    if isinstance(owner, ClassValue):
        return owner.find(name) is not MISSING
    return isinstance(owner, (ModuleValue, FunctionValue)) and name in owner.contents


@FUNCTIONS.define("setattr", takes_unknown=True)
def put_attribute(machine: Machine, owner: Value, name: Value, value: Value) -> Value:
    if isinstance(name, Unknown):
        calls.spoil(machine, name, [owner])
        return

    def put(chosen: list[Value]) -> None:
        if isinstance(chosen[1], str):
            attributes.set_attribute(machine, chosen[0], chosen[1], value)
        else:
            calls.spoil(machine, machine.unknown("an attribute of unknown name was set"), [chosen[0]])

    distribute(machine, [owner, name], put)


@FUNCTIONS.define("delattr")
def remove_attribute(machine: Machine, owner: Value, name: Value) -> Value:
    if isinstance(name, str):
        attributes.delete_attribute(machine, owner, name)


@FUNCTIONS.define("callable", takes_unknown=True)
def is_callable(machine: Machine, value: Value) -> Value:
    if isinstance(value, Choice):
        return distribute(machine, [value], lambda chosen: is_callable(machine, chosen[0]))
    match value:
        case FunctionValue() | NativeFunction() | BoundMethod() | ClassValue() | PartialValue() | StaticMethod() | ClassMethod():
            return True
        case Unknown():
            return value
        case Instance():
            if value.cls.find("__call__") is not MISSING:
                return True
            return machine.unknown(f"`{value.cls.name}` has a base class that is not known") if has_unknown_base(value.cls) else False
        case FrameworkNamespace() | Tensor():
            return machine.unknown(f"whether {described(value)} can be called")
    if is_open(value) or type_of(machine, value) is None:
        return machine.unknown(f"whether {described(value)} can be called")
    return False


@FUNCTIONS.define("vars")
def variables(machine: Machine, owner: Value = MISSING) -> Value:
    match owner:
        case Instance() | ModuleValue() | FunctionValue():
            return InstanceDictionary(owner)
        case ClassValue():
            return DictValue(dict(owner.contents))
    return machine.unknown("`vars`")


@FUNCTIONS.define("globals")
def module_variables(machine: Machine) -> Value:
    site = machine.site
    if site is None or site.function is None:
        return machine.unknown("`globals` of a module")
    return InstanceDictionary(site.function.module)


@FUNCTIONS.define("dir")
def names_of(machine: Machine, owner: Value = MISSING) -> Value:
    if isinstance(owner, FrameworkNamespace):
        return ListValue(owner.framework.members.get(owner.path, []))
    return ListValue(machine.unknown("the names that `dir` lists"))


@FUNCTIONS.define("repr")
def shown(machine: Machine, value: Value) -> Value:
    return text_of(machine, value, is_repr=True)


@FUNCTIONS.define("format")
def format_value(machine: Machine, value: Value, form: Value = "") -> Value:
    return formatted(machine, value, "", form)


@FUNCTIONS.define("exit", "quit")
def leave(machine: Machine, *code: Value) -> Value:
    return fail(machine, "SystemExit", "the program ends", is_finding=False)


FUNCTIONS["print"] = harmless("print")
FUNCTIONS |= {name: harmless(name) for name in ("breakpoint", "help", "copyright", "credits", "license")}
FUNCTIONS["locals"] = native("locals", lambda machine: DictValue(machine.unknown("`locals`")))
FUNCTIONS |= {name: not_modelled(name, is_free=True) for name in ("open", "input")}
FUNCTIONS |= {name: not_modelled(name) for name in ("exec", "eval", "compile", "__import__", "memoryview", "bytearray", "aiter", "anext")}
