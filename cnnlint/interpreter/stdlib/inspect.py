"""`inspect`: signatures, and what kind of thing a value is."""

from __future__ import annotations

from collections.abc import Callable

from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import OBJECT
from cnnlint.values import (
    MISSING,
    BoundMethod,
    Choice,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    IteratorValue,
    ListValue,
    ModuleValue,
    NativeFunction,
    PartialValue,
    Unknown,
    Value,
)

NAMES = Table()
SIGNATURE = ClassValue("Signature", (OBJECT,), module="inspect")
PARAMETER = ClassValue("Parameter", (OBJECT,), module="inspect")
EMPTY = ClassValue("_empty", (OBJECT,), module="inspect")
KINDS = {"positional-only": 0, "ordinary": 1, "*": 2, "keyword-only": 3, "**": 4}
NAMES |= {"Signature": SIGNATURE, "Parameter": PARAMETER, "_empty": EMPTY}
for _name, _kind in zip(
    ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD"), KINDS.values(), strict=True
):
    PARAMETER.contents[_name] = _kind
PARAMETER.contents["empty"] = SIGNATURE.contents["empty"] = EMPTY


def parameters_of(value: Value) -> list[Instance] | None:
    """The parameters that a caller of a function, method, class or instance gives; None where they are not known."""
    match value:
        case FunctionValue():
            wrapped = value.contents.get("__wrapped__")
            return (
                parameters_of(wrapped) if wrapped is not None else [made_parameter(value, given) for given in value.definition.parameters]
            )
        case BoundMethod():
            found = parameters_of(value.function)
            return found and found[1:]
        case ClassValue():
            found = parameters_of(value.find("__init__"))
            return found and found[1:]
        case Instance():
            found = parameters_of(value.cls.find("__call__"))
            return found and found[1:]
        case PartialValue():
            found = parameters_of(value.function)
            if found is None:
                return None
            rest = found[len(value.positional) :]
            return [parameter for parameter in rest if parameter.contents["name"] not in value.keywords]
    return None


def made_parameter(function: FunctionValue, given: Value) -> Instance:
    made = Instance(PARAMETER)
    made.contents.update(name=given.name, kind=KINDS[given.kind], default=function.defaults.get(given.name, EMPTY))
    if given.annotation is None:
        made.contents["annotation"] = EMPTY
    return made


@NAMES.define("signature")
def signature(machine: Machine, obj: Value, **options: Value) -> Value:
    found = parameters_of(obj)
    if found is None:
        return machine.unknown("a signature")
    annotation = machine.unknown("an annotation")
    for parameter in found:
        parameter.contents.setdefault("annotation", annotation)
    made = Instance(SIGNATURE, machine.site)
    made.contents["parameters"] = DictValue({parameter.contents["name"]: parameter for parameter in found})
    made.contents["return_annotation"] = annotation
    return made


@NAMES.define("getfullargspec", "getargspec")
def argument_names(machine: Machine, func: Value) -> Value:
    function = func.function if isinstance(func, BoundMethod) else func
    found = parameters_of(function.find("__init__") if isinstance(function, ClassValue) else function)
    if found is None:
        return machine.unknown("the arguments of a function")
    made = Instance(ClassValue("FullArgSpec", (OBJECT,), module="inspect"))
    ordinary = [parameter for parameter in found if parameter.contents["kind"] in (0, 1)]
    made.contents.update(
        args=ListValue([parameter.contents["name"] for parameter in ordinary]),
        varargs=next((parameter.contents["name"] for parameter in found if parameter.contents["kind"] == 2), None),
        varkw=next((parameter.contents["name"] for parameter in found if parameter.contents["kind"] == 4), None),
        defaults=tuple(p.contents["default"] for p in ordinary if p.contents["default"] is not EMPTY) or None,
        kwonlyargs=ListValue([parameter.contents["name"] for parameter in found if parameter.contents["kind"] == 3]),
        annotations=DictValue(machine.unknown("annotations")),
    )
    return made


def claim(name: str, *kinds: type, test: Callable[[Value], bool] = lambda value: True) -> None:
    """Declare a question about the kind of a value."""

    def ask(machine: Machine, value: Value) -> Value:
        if isinstance(value, (Unknown, Choice)):
            return value if isinstance(value, Unknown) else machine.unknown(f"`inspect.{name}`")
        return isinstance(value, kinds) and test(value)

    NAMES.define(name)(ask)


claim("isfunction", FunctionValue)
claim("ismethod", BoundMethod, test=lambda value: isinstance(value.function, FunctionValue))
claim("isclass", ClassValue)
claim("ismodule", ModuleValue)
claim("isbuiltin", NativeFunction)
claim("isroutine", FunctionValue, BoundMethod, NativeFunction)
claim("isgenerator", IteratorValue, test=lambda value: value.kind == "generator")
claim("isabstract", tuple, test=lambda value: False)


@NAMES.define("getmro")
def resolution_order(machine: Machine, cls: Value) -> Value:
    return cls.mro if isinstance(cls, ClassValue) else fail(machine, "AttributeError", "getmro() of what is no class", is_finding=False)


@NAMES.define("unwrap")
def unwrap(machine: Machine, func: Value, **options: Value) -> Value:
    while isinstance(func, FunctionValue) and (inner := func.contents.get("__wrapped__", MISSING)) is not MISSING:
        func = inner
    return func
