"""Classes of the program: made from definitions, and their instances."""

from __future__ import annotations

from cnnlint.interpreter import attributes, calls, functions
from cnnlint.interpreter.dispatch import evaluate
from cnnlint.interpreter.machine import Frame, Machine, OutOfBudget, Raised
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import BASE_EXCEPTION, OBJECT, PAYLOADS, TYPE, UNKNOWN_BASE, has_unknown_base, type_of
from cnnlint.source import ir
from cnnlint.values import (
    MISSING,
    Choice,
    ClassMethod,
    ClassValue,
    FunctionValue,
    Instance,
    NativeFunction,
    NoLinearisation,
    PropertyValue,
    Scope,
    StaticMethod,
    Unknown,
    Value,
)


def make_class(frame: Frame, node: ir.ClassDefinition) -> Value:
    """Evaluate a class body and make the class, as its metaclass and bases will have it."""
    machine = frame.machine
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    for argument in node.arguments:
        value = evaluate(frame, argument.value)
        if argument.stars == 1 and isinstance(value, tuple):
            positional.extend(value)
        elif argument.keyword is not None:
            keywords[argument.keyword] = value
        else:
            positional.append(value)
    metaclass = keywords.pop("metaclass", None)
    parent = frame.scope.parent if frame.is_class_body else frame.scope
    scope = Scope(parent if frame.function is not None or frame.outer is not None or frame.is_class_body else None)
    body = Frame(machine, frame.module, scope, frame.function, frame.site, is_class_body=True, locals=frozenset())
    functions.execute_block(body, node.body)
    with machine.standing(frame, node):
        return build_class(machine, node.name, positional, dict(scope.contents), metaclass, keywords, frame.module.name, node)


def build_class(
    machine: Machine,
    name: str,
    bases: list[Value],
    namespace: dict[str, Value],
    metaclass: Value = None,
    keywords: dict[str, Value] | None = None,
    module: str = "",
    definition: ir.ClassDefinition | None = None,
) -> Value:
    """A class from its parts: `__prepare__` is ignored, `__init_subclass__`, `__set_name__` and built-in hooks run."""
    known = tuple(base_class(machine, base) for base in bases)
    known = tuple(base for i, base in enumerate(known) if base is not OBJECT or i == len(known) - 1)
    try:
        cls = ClassValue(name, known or (OBJECT,), namespace, module, definition)
    except NoLinearisation:
        return fail(machine, "TypeError", f"the bases of `{name}` have no consistent method resolution order")
    inherited = next((base.metaclass for base in cls.mro[1:] if base.metaclass is not None), None)
    cls.metaclass = metaclass if isinstance(metaclass, ClassValue) and metaclass is not TYPE else inherited
    for value in namespace.values():
        claim(cls, value)
    for hook_name, hook in list(namespace.items()):
        if isinstance(hook, Instance) and (setter := hook.cls.find("__set_name__")) is not MISSING:
            calls.call(machine, setter, [hook, cls, hook_name], {})
    initialise = cls.metaclass.find("__init__") if cls.metaclass is not None else MISSING
    if isinstance(initialise, FunctionValue):
        machine.unknown("a metaclass")
    created = cls.find("__created__")
    if isinstance(created, NativeFunction):
        cls = created.function(machine, cls, **(keywords or {}))
    for base in cls.mro[1:]:
        hook = base.contents.get("__init_subclass__", MISSING)
        if isinstance(hook, (FunctionValue, ClassMethod)):
            function = hook.function if isinstance(hook, ClassMethod) else hook
            calls.call(machine, function, [cls], keywords or {})
            break
    machine.recorder.defined(cls)
    return cls


def claim(cls: ClassValue, value: Value) -> None:
    """Tell the functions of a class body which class is theirs, for `super()`."""
    match value:
        case FunctionValue():
            if value.owner is None:
                value.owner = cls
            wrapped = value.contents.get("__wrapped__")
            if wrapped is not None:
                claim(cls, wrapped)
        case StaticMethod() | ClassMethod():
            claim(cls, value.function)
        case PropertyValue():
            for part in (value.getter, value.setter, value.deleter):
                claim(cls, part)


def base_class(machine: Machine, base: Value) -> ClassValue:
    """A base as a class; one that is not known becomes a class that may have any attribute."""
    if isinstance(base, ClassValue):
        return base
    if isinstance(base, Choice):
        base = next((option.value for option in base.alternatives if isinstance(option.value, ClassValue)), base)
    entries = attributes.find_attribute(machine, base, "__mro_entries__") if isinstance(base, Instance) else MISSING
    if entries is not MISSING:
        found = calls.call(machine, entries, [(base,)], {})
        if isinstance(found, tuple) and found and isinstance(found[0], ClassValue):
            return found[0]
    if isinstance(base, ClassValue):
        return base
    stand_in = base.contents.get("__class_stand_in__") if isinstance(base, FunctionValue) else None
    if isinstance(stand_in, ClassValue):
        return stand_in
    return ClassValue("unknown base", (OBJECT,), declared=UNKNOWN_BASE)


def instantiate(machine: Machine, cls: ClassValue, positional: list[Value], keywords: dict[str, Value]) -> Value:
    """`cls(*positional, **keywords)`."""
    if cls is TYPE or (cls.mro[-2:-1] == (TYPE,) and len(positional) == 3):
        return type_call(machine, cls, positional, keywords)
    if cls.metaclass is not None:
        caller = cls.metaclass.find("__call__")
        if caller is not MISSING:
            return calls.call(machine, caller, [cls, *positional], keywords)
    maker = cls.find("__new__")
    if maker is not MISSING and maker is not OBJECT.contents.get("__new__"):
        function = maker.function if isinstance(maker, StaticMethod) else maker
        made = calls.call(machine, function, [cls, *positional], keywords)
    else:
        made = new_instance(machine, cls, positional, keywords)
    if not isinstance(made, Instance) or not made.cls.is_subclass(cls):
        return made
    try:
        initialise(machine, made, positional, keywords)
    except (Raised, OutOfBudget):
        machine.recorder.unfinished.add(made)
        raise
    return made


def type_call(machine: Machine, cls: ClassValue, positional: list[Value], keywords: dict[str, Value]) -> Value:
    """`type(value)`, or `type(name, bases, namespace)`."""
    if len(positional) == 1:
        if isinstance(positional[0], Unknown):
            return positional[0]
        found = type_of(machine, positional[0])
        return machine.unknown("the type of a value") if found is None else found
    name, bases, namespace = positional if len(positional) == 3 else (None, None, None)
    entries = getattr(namespace, "contents", None)
    if not isinstance(name, str) or not isinstance(bases, tuple) or not isinstance(entries, dict):
        return machine.unknown("a class made by `type`")
    return build_class(machine, name, list(bases), dict(entries), cls, keywords)


def new_instance(machine: Machine, cls: ClassValue, positional: list[Value], keywords: dict[str, Value]) -> Value:
    """An instance before `__init__`, with the built-in value inside it where it has one."""
    native = next((base for base in cls.mro if base in PAYLOADS), None)
    if cls.module == "builtins" and cls.definition is None and not cls.is_subclass(BASE_EXCEPTION):
        return machine.builtins.construct(cls, positional, keywords)
    instance = Instance(cls, machine.site)
    if native is not None:
        if native.name in ("list", "dict", "set"):  # filled by `__init__`
            instance.payload = machine.builtins.construct(native, [], {})
        else:
            own_init = isinstance(cls.find("__init__"), FunctionValue)
            instance.payload = machine.builtins.construct(native, positional, {} if own_init else keywords)
    if cls.is_subclass(BASE_EXCEPTION):
        instance.contents["args"] = tuple(positional)
    return instance


def initialise(machine: Machine, instance: Instance, positional: list[Value], keywords: dict[str, Value]) -> None:
    found = instance.cls.find("__init__")
    if found is not MISSING and found is not OBJECT.contents.get("__init__"):
        result = calls.call(machine, found, [instance, *positional], keywords)
        if isinstance(result, Unknown):
            machine.recorder.escaped(instance, result)
    elif has_unknown_base(instance.cls):
        calls.spoil(
            machine, machine.unknown(f"`{instance.cls.name}` has a base class that is not known"), [*positional, *keywords.values()]
        )
