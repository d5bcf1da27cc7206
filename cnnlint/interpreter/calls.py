"""Calls: of functions, methods, classes, instances and what is not known; and context managers."""

from __future__ import annotations

from cnnlint.interpreter import attributes, classes, functions
from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.syntax import attributes_changed, returns_something
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
    NativeFunction,
    PartialValue,
    SetValue,
    StaticMethod,
    Unknown,
    Value,
)

Keywords = dict[str, Value]


def call(machine: Machine, callee: Value, positional: list[Value], keywords: Keywords) -> Value:
    """`callee(*positional, **keywords)`, standing at `machine.site`.

    Raises Raised where the program raises.
    """
    match callee:  # the commonest first
        case NativeFunction():
            return call_native(machine, callee, positional, keywords)
        case BoundMethod():
            caller = callee.instance.cls.caller if type(callee.instance) is Instance else None
            if caller is not None and type(callee.function) is FunctionValue:
                return call_native(machine, caller, [callee.instance, callee.function, *positional], keywords)
            if machine.recorder.starts_run(callee.function, callee.instance):
                return machine.recorder.apply_layer(callee.instance, callee.function, positional, keywords)
            return call(machine, callee.function, [callee.instance, *positional], keywords)
        case FunctionValue():
            return functions.run(machine, callee, positional, keywords)
        case ClassValue():
            return classes.instantiate(machine, callee, positional, keywords)
        case Instance():
            return call_instance(machine, callee, positional, keywords)
        case PartialValue():
            return call(machine, callee.function, [*callee.positional, *positional], {**callee.keywords, **keywords})
        case Choice():
            return distribute(machine, [callee], lambda chosen: call(machine, chosen[0], positional, keywords))
        case Unknown():
            spoil(machine, callee, [*positional, *keywords.values()])
            return machine.derived(callee)
        case StaticMethod() | ClassMethod():
            return call(machine, callee.function, positional, keywords)
        case FrameworkNamespace():
            unknown = machine.unknown(f"`{callee.framework.name}.{callee.path}` is not known")
            spoil(machine, unknown, [*positional, *keywords.values()])
            return unknown
    if is_open(callee) or type_of(machine, callee) is None:
        unknown = machine.unknown(f"what {described(callee)} does when called")
        spoil(machine, unknown, [*positional, *keywords.values()])
        return unknown
    return fail(machine, "TypeError", f"{described(callee)} is not callable")


def call_native(machine: Machine, callee: NativeFunction, positional: list[Value], keywords: Keywords) -> Value:
    """Call a modelled function; Unknown arguments make its result unknown, undecided ones are tried one by one."""
    if callee.takes_unknown:
        return invoke(machine, callee, positional, keywords)
    is_decided = True
    for value in (*positional, *keywords.values()):
        if isinstance(value, Unknown):
            spoil(machine, value, positional)
            return machine.derived(value)
        is_decided = is_decided and not isinstance(value, Choice)
    return invoke(machine, callee, positional, keywords) if is_decided else over_choices(machine, callee, positional, keywords)


def over_choices(machine: Machine, callee: NativeFunction, positional: list[Value], keywords: Keywords) -> Value:
    """Call a modelled function for each consistent combination of its undecided arguments."""
    given = [*positional, *keywords.values()]
    for value in given:
        if isinstance(value, Choice):
            break
    else:
        return invoke(machine, callee, positional, keywords)
    count, names = len(positional), list(keywords)
    return distribute(machine, given, lambda chosen: invoke(machine, callee, chosen[:count], dict(zip(names, chosen[count:], strict=True))))


def invoke(machine: Machine, callee: NativeFunction, positional: list[Value], keywords: Keywords) -> Value:
    try:
        return callee.function(machine, *positional, **keywords) if keywords else callee.function(machine, *positional)
    except TypeError:
        if functions.accepts(callee, positional, keywords):
            raise
    return machine.unknown(f"`{callee.name}` with these arguments")


def call_instance(machine: Machine, instance: Instance, positional: list[Value], keywords: Keywords) -> Value:
    found = instance.cls.find("__call__")
    if found is not MISSING:
        if instance.cls.caller is not None:
            return call_native(machine, instance.cls.caller, [instance, found, *positional], keywords)
        if machine.recorder.is_application(instance):
            return machine.recorder.apply_layer(instance, found, positional, keywords)
        return call(machine, found, [instance, *positional], keywords)
    if has_unknown_base(instance.cls):
        unknown = machine.unknown(f"`{instance.cls.name}` has a base class that is not known")
        spoil(machine, unknown, [*positional, *keywords.values()])
        return unknown
    return fail(machine, "TypeError", f"{described(instance)} is not callable")


def spoil(machine: Machine, cause: Unknown, given: list[Value]) -> None:
    """What a call that is not understood may do to its arguments: the contents of lists, dicts and sets are unknown after it.

    A method may be called at any time from then on: what it changes of its instance is not known any more.
    """
    if cause.is_harmless:
        return
    for value in given:
        if isinstance(value, (ListValue, DictValue, SetValue)) and not isinstance(value.contents, Unknown):
            machine.store.touch(value)
            value.contents = cause
        elif isinstance(value, Instance):
            machine.recorder.escaped(value, cause)
        elif isinstance(value, BoundMethod) and isinstance(value.function, FunctionValue) and isinstance(value.instance, Instance):
            held = machine.called_back.setdefault(value.instance, {})
            held.update(dict.fromkeys(attributes_changed(value.function.definition), cause))


def enter(machine: Machine, manager: Value) -> Value:
    """The value that `with manager as ...` binds."""
    if isinstance(manager, (Unknown, Choice)):
        return manager
    found = attributes.find_attribute(machine, manager, "__enter__")
    if found is MISSING:
        return machine.unknown(f"what {described(manager)} gives in a with statement")
    return call(machine, found, [], {})


def leave(machine: Machine, manager: Value) -> None:
    """Run `__exit__` of a context manager, without an exception."""
    if isinstance(manager, Instance) and isinstance(found := manager.cls.find("__exit__"), (FunctionValue, NativeFunction)):
        call(machine, found, [manager, None, None, None], {})


def swallows(manager: Value) -> bool:
    """Whether leaving the context is known to suppress an exception of the kind that it is for."""
    return isinstance(manager, Instance) and manager.cls.find("__swallows__") is not MISSING


def may_swallow(machine: Machine, manager: Value) -> bool:
    """Whether leaving the context may suppress an exception: one that is not known may."""
    if isinstance(manager, (Unknown, Choice)):
        return not (isinstance(manager, Unknown) and manager.is_harmless)
    if isinstance(manager, Instance):
        leaving = manager.cls.find("__exit__")
        is_own = isinstance(leaving, FunctionValue) and (leaving in machine.decorated or returns_something(leaving.definition))
        return is_own or swallows(manager)
    return False
