"""What every object, class and exception has: `object.__init__`, `type.__call__`, `BaseException.with_traceback` and their like.

These stand in the namespaces of the built-in classes, so that `super()` and the resolution order find them.
"""

from __future__ import annotations

from cnnlint.interpreter import attributes, calls, classes
from cnnlint.interpreter.builtins import dicts, text
from cnnlint.interpreter.builtins.natives import Table, not_modelled, unwrapped
from cnnlint.interpreter.builtins.sets import set_of
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.iteration import iterate
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.special import special_attribute
from cnnlint.interpreter.types import BASE_EXCEPTION, DICT, EXCEPTIONS, LIST, OBJECT, SET, TYPE
from cnnlint.values import (
    MISSING,
    ClassMethod,
    ClassValue,
    DictValue,
    Instance,
    ListValue,
    NativeFunction,
    SetValue,
    StaticMethod,
    Unknown,
    Value,
)

OBJECT_METHODS = Table()


@OBJECT_METHODS.define("__init__", takes_unknown=True, is_method=True)
def initialise(machine: Machine, owner: Value, *positional: Value, **keywords: Value) -> Value:
    """Nothing: that `object` takes no arguments is not checked, since native parts of an instance do."""


@OBJECT_METHODS.define("__new__", takes_unknown=True)
def make(machine: Machine, cls: Value, *positional: Value, **keywords: Value) -> Value:
    if not isinstance(cls, ClassValue):
        return cls if isinstance(cls, Unknown) else machine.unknown(f"`__new__` of {described(cls)}")
    if cls is OBJECT:
        return Instance(OBJECT, machine.site)
    return classes.new_instance(machine, cls, list(positional), keywords)


@OBJECT_METHODS.define("__setattr__", takes_unknown=True, is_method=True)
def put(machine: Machine, owner: Value, name: Value, value: Value) -> Value:
    if isinstance(owner, (Instance, ClassValue)) and isinstance(name, str):
        attributes.put(machine, owner, name, value)
    elif isinstance(owner, Instance):
        calls.spoil(machine, name if isinstance(name, Unknown) else machine.unknown("an attribute of unknown name"), [owner])


@OBJECT_METHODS.define("__delattr__", is_method=True)
def remove(machine: Machine, owner: Value, name: Value) -> Value:
    if isinstance(owner, Instance) and isinstance(name, str):
        machine.store.touch(owner)
        if owner.contents.pop(name, MISSING) is MISSING:
            fail(machine, "AttributeError", f"{described(owner)} has no attribute `{name}`", is_finding=False)


@OBJECT_METHODS.define("__getattribute__", is_method=True)
def look_up(machine: Machine, owner: Value, name: Value) -> Value:
    """The attribute without the help of `__getattr__`."""
    if not isinstance(owner, Instance) or not isinstance(name, str):
        return attributes.attribute(machine, owner, name) if isinstance(name, str) else machine.unknown("an attribute")
    own = owner.contents.get(name, MISSING)
    if own is not MISSING:
        return own
    found = owner.cls.find(name)
    if found is not MISSING:
        return attributes.bound(machine, found, owner, owner.cls)
    special = special_attribute(machine, owner, name)
    if special is not MISSING:
        return special
    return fail(machine, "AttributeError", f"{described(owner)} has no attribute `{name}`", is_finding=False)


@OBJECT_METHODS.define("__init_subclass__", takes_unknown=True)
def note_subclass(machine: Machine, *positional: Value, **keywords: Value) -> Value:
    """Nothing."""


@OBJECT_METHODS.define("__repr__", "__str__", is_method=True)
def address(machine: Machine, owner: Value) -> Value:
    if isinstance(owner, Instance) and owner.payload is not MISSING:
        return text.text_of(machine, owner.payload, is_repr=True)
    return machine.unknown(f"the text of {described(owner)}")


OBJECT_METHODS |= {name: not_modelled(f"object.{name}") for name in ("__reduce__", "__reduce_ex__", "__sizeof__", "__dir__")}

TYPE_METHODS = Table()


@TYPE_METHODS.define("__new__", takes_unknown=True)
def make_class(machine: Machine, metaclass: Value, name: Value, bases: Value, namespace: Value, **keywords: Value) -> Value:
    entries = namespace.contents if isinstance(namespace, DictValue) else None
    if not isinstance(name, str) or not isinstance(bases, tuple) or not isinstance(entries, dict):
        return machine.unknown("a class made by a metaclass")
    return classes.build_class(machine, name, list(bases), dict(entries), metaclass, keywords)


@TYPE_METHODS.define("__init__", takes_unknown=True, is_method=True)
def initialise_class(machine: Machine, cls: Value, *given: Value, **keywords: Value) -> Value:
    """Nothing."""


def call_class(machine: Machine, cls: Value, *positional: Value, **keywords: Value) -> Value:
    """`type.__call__`: makes an instance past the `__call__` of the metaclass."""
    if not isinstance(cls, ClassValue):
        return machine.unknown("an instance of a class that is not known")
    maker = cls.find("__new__")
    if maker is MISSING or maker is OBJECT.contents.get("__new__"):
        made = classes.new_instance(machine, cls, list(positional), keywords)
    else:
        function = maker.function if isinstance(maker, (StaticMethod, ClassMethod)) else maker
        made = calls.call(machine, function, [cls, *positional], keywords)
    if isinstance(made, Instance) and made.cls.is_subclass(cls):
        classes.initialise(machine, made, list(positional), keywords)
    return made


TYPE_METHODS["__call__"] = NativeFunction("__call__", call_class, takes_unknown=True)

EXCEPTION_METHODS = Table()


@EXCEPTION_METHODS.define("__init__", takes_unknown=True, is_method=True)
def initialise_exception(machine: Machine, owner: Value, *given: Value, **keywords: Value) -> Value:
    if isinstance(owner, Instance):
        attributes.put(machine, owner, "args", tuple(given))


@EXCEPTION_METHODS.define("with_traceback", takes_unknown=True, is_method=True)
def with_traceback(machine: Machine, owner: Value, traceback: Value) -> Value:
    return owner


@EXCEPTION_METHODS.define("add_note", takes_unknown=True, is_method=True)
def add_note(machine: Machine, owner: Value, note: Value) -> Value:
    """Nothing that a model depends on."""


@EXCEPTION_METHODS.define("__str__", is_method=True)
def exception_text(machine: Machine, owner: Value) -> Value:
    return text.text_of_exception(machine, owner, is_repr=False) if isinstance(owner, Instance) else owner


@EXCEPTION_METHODS.define("__repr__", is_method=True)
def exception_repr(machine: Machine, owner: Value) -> Value:
    return text.text_of_exception(machine, owner, is_repr=True) if isinstance(owner, Instance) else owner


EXCEPTION_METHODS |= {"__cause__": None, "__context__": None, "__traceback__": None, "__suppress_context__": False}


def fill_list(machine: Machine, owner: Value, items: Value = ()) -> Value:
    """`list.__init__`."""
    inner = unwrapped(owner)
    if isinstance(inner, ListValue):
        found = iterate(machine, items)
        machine.store.touch(inner)
        inner.contents = found


def fill_dict(machine: Machine, owner: Value, *given: Value, **keywords: Value) -> Value:
    """`dict.__init__`."""
    inner = unwrapped(owner)
    if isinstance(inner, DictValue):
        dicts.update(machine, inner, *given, **keywords)


def fill_set(machine: Machine, owner: Value, items: Value = ()) -> Value:
    """`set.__init__`."""
    inner = unwrapped(owner)
    if isinstance(inner, SetValue):
        found = set_of(machine, iterate(machine, items))
        machine.store.touch(inner)
        inner.contents = found.contents


def furnish() -> None:
    """Put the methods into the namespaces of the built-in classes; called once, while this package is imported."""
    OBJECT.contents.update(OBJECT_METHODS)
    TYPE.contents.update(TYPE_METHODS)
    BASE_EXCEPTION.contents.update(EXCEPTION_METHODS)
    EXCEPTIONS["StopIteration"].contents["value"] = None
    for cls, function in ((LIST, fill_list), (DICT, fill_dict), (SET, fill_set)):
        cls.contents["__init__"] = NativeFunction("__init__", function, takes_unknown=True)
    text.DEFAULT_TEXTS.extend(OBJECT_METHODS[name] for name in ("__repr__", "__str__"))
    text.DEFAULT_TEXTS.extend(EXCEPTION_METHODS[name] for name in ("__repr__", "__str__"))
