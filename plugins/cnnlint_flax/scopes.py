"""Submodules of linen: who holds them, what they are called, and when `setup` runs.

A module that a compact method makes again in a later call, under the same name, is the same module: it has the same variables.
Source: https://flax.readthedocs.io/en/latest/guides/flax_fundamentals/setup_or_nncompact.html
"""

from __future__ import annotations

from collections.abc import Iterator

from cnnlint.plugin import (
    Choice,
    ClassValue,
    DictValue,
    Door,
    FunctionValue,
    Instance,
    ListValue,
    NativeFunction,
    OperationFails,
    Value,
)
from cnnlint_flax.framework import LINEN, flax
from cnnlint_flax.module import (
    BINDING,
    COMPACT,
    PLAIN,
    SETUP,
    Frame,
    applied,
    is_compact,
    is_linen,
    name_of,
    stack_of,
    within,
)

NAME, PARENT, CHILDREN, CURSORS, USED = "_name", "_parent", "_children", "_cursors", "_used"
IS_SET_UP, IS_BOUND = "_is_set_up", "_is_bound"
FIELDS = "__dataclass_fields__"


def scope_name(module: Instance) -> str:
    found = module.contents.get(NAME)
    return found if isinstance(found, str) else ""


def children_of(module: Instance) -> dict[str, Instance]:
    """The submodules by name, in the order in which they came."""
    held = module.contents.get(CHILDREN)
    entries = held.contents if isinstance(held, DictValue) else None
    found = {}
    for name, value in entries.items() if isinstance(entries, dict) else ():
        for option in [one.value for one in value.alternatives] if isinstance(value, Choice) else [value]:
            if isinstance(option, Instance):
                found[name] = option
    return found


def walk(module: Instance, seen: set[Instance] | None = None) -> Iterator[Instance]:
    """The module and all below it, each once."""
    seen = set() if seen is None else seen
    if module in seen:
        return
    seen.add(module)
    yield module
    for child in children_of(module).values():
        yield from walk(child, seen)


def path_of(module: Instance) -> str:
    """The names on the way to a module, from the outermost one: `/Block_0/Conv_1`."""
    parent = module.contents.get(PARENT)
    before = path_of(parent) if isinstance(parent, Instance) else ""
    return f"{before}/{scope_name(module)}" if scope_name(module) else before


def mode_of(door: Door, module: Instance) -> str:
    """What the methods of a module that are being called allow: to set it up, to make submodules, or neither."""
    modes = [frame.mode for frame in stack_of(door) if frame.module is module]
    return SETUP if SETUP in modes and modes[-1] == SETUP else COMPACT if COMPACT in modes else SETUP if SETUP in modes else PLAIN


# Making one


@flax.native(f"{LINEN}.__new__", takes_unknown=True)
def new(door: Door, cls: ClassValue, /, *positional: Value, **keywords: Value) -> Value:
    """A module, which the one whose method is running holds; in a compact method it is numbered among those of its class."""
    stack = stack_of(door)
    around = stack[-1].module if stack and stack[-1].method != BINDING else None
    parent = keywords.get("parent", around)
    name = keywords.get("name")
    if not isinstance(parent, Instance) or not is_linen(parent):
        module = made(door, cls, None, name)
        door.built(module)
        return module
    mode = mode_of(door, parent)
    if mode == SETUP and name is None:
        module = made(door, cls, parent, None)
        door.built(module)
        return module
    module = made(door, cls, parent, None)
    if mode == PLAIN and "parent" not in keywords and is_own_code(module, parent):
        reason = f"`{cls.name}` is made in a method of `{parent.cls.name}` that is neither `setup` nor decorated with `@nn.compact`"
        door.failed(OperationFails(reason, exception="AssignSubModuleError"))
    if not isinstance(name, str):
        name = numbered(door, parent, cls.name)
    elif name in used_names(parent):
        reason = f"the name `{name}` is given to two submodules of `{parent.cls.name}`"
        door.failed(OperationFails(reason, exception="NameInUseError"))
    use(door, parent, name)
    known = children_of(parent).get(name)
    if known is not None and is_same_class(known.cls, cls):
        return known
    module.contents[NAME] = name
    door.built(module)
    hold(door, parent, name, module)
    return module


def made(door: Door, cls: ClassValue, parent: Instance | None, name: Value) -> Instance:
    module = door.instance(cls)
    module.contents.update({NAME: name, PARENT: parent})
    return module


def is_own_code(module: Instance, parent: Instance) -> bool:
    """Whether a submodule is made by a method of the class that holds it, and not by a function that this calls."""
    function = module.site.function if module.site is not None else None
    return isinstance(function, FunctionValue) and function.owner in parent.cls.mro


def is_same_class(one: ClassValue, other: ClassValue) -> bool:
    """Whether two classes are one, or were made by the same transformation of one class."""
    return one is other or (one.name == other.name and one.definition is other.definition and one.bases == other.bases)


def hold(door: Door, parent: Instance, name: str, module: Instance) -> None:
    held = parent.contents.get(CHILDREN)
    if not isinstance(held, DictValue):
        held = DictValue()
        door.put(parent, CHILDREN, held)
    door.touch(held)
    if isinstance(held.contents, dict):
        held.contents[name] = module


def numbered(door: Door, parent: Instance, kind: str) -> str:
    """The next name for a submodule of this class."""
    number = cursors_of(parent).get(kind, 0)
    door.put(parent, CURSORS, tuple({**cursors_of(parent), kind: number + 1}.items()))
    return f"{kind}_{number}"


def cursors_of(parent: Instance) -> dict[str, int]:
    """How many submodules of each class a compact method has made so far; the most where ways differ in it."""
    found: dict[str, int] = {}
    kept = parent.contents.get(CURSORS, ())
    for way in [one.value for one in kept.alternatives] if isinstance(kept, Choice) else [kept]:
        for kind, number in way if isinstance(way, tuple) else ():
            found[kind] = max(number, found.get(kind, 0))
    return found


def used_names(parent: Instance) -> tuple[Value, ...]:
    """The names that are proven to be given to submodules in the call that is running."""
    used = parent.contents.get(USED, ())
    return used if isinstance(used, tuple) else ()


def use(door: Door, parent: Instance, name: str) -> None:
    used = parent.contents.get(USED, ())
    if isinstance(used, tuple):
        door.put(parent, USED, (*used, name))


def adopt(door: Door, parent: Instance, name: str, value: Value) -> None:
    """Give the modules in an attribute's value, which nobody holds yet, to the module that the attribute is of."""
    items = value.contents if isinstance(value, (ListValue, DictValue)) else value
    if isinstance(items, (list, tuple)):
        for place, item in enumerate(items):
            adopt(door, parent, f"{name}_{place}", item)
    elif isinstance(items, dict):
        for key, item in items.items():
            adopt(door, parent, f"{name}_{key}", item)
    elif isinstance(value, Instance) and is_linen(value):
        holder = value.contents.get(PARENT)
        if holder is None or not scope_name(value):
            door.put(value, PARENT, parent)
            door.put(value, NAME, name)
            hold(door, parent, name, value)


@flax.native(f"{LINEN}.__setattr__", takes_unknown=True)
def set_attribute(door: Door, module: Instance, /, name: str, value: Value) -> None:
    """In `setup` a submodule is called as the attribute that it is assigned to."""
    door.put(module, name, value)
    if any(frame.module is module and frame.mode == SETUP for frame in stack_of(door)):
        adopt(door, module, name, value)


# Calling one


def set_up(door: Door, module: Instance) -> None:
    """Adopt the modules that the fields hold and run `setup`, before any method runs."""
    if module.contents.get(IS_SET_UP) is True:
        return
    door.put(module, IS_SET_UP, True)
    with within(door, Frame(module, SETUP, "setup")):
        for name in field_names(module.cls):
            adopt(door, module, name, module.contents.get(name))
        setup = module.cls.find("setup")
        if isinstance(setup, FunctionValue):
            door.call(setup, module)


def field_names(cls: ClassValue) -> list[str]:
    """The names of the fields that the program declares in a module class, those of its bases first."""
    found = cls.find(FIELDS)
    return list(found.contents) if isinstance(found, DictValue) and isinstance(found.contents, dict) else []


def call_method(door: Door, module: Instance, function: Value, positional: tuple[Value, ...], keywords: dict[str, Value]) -> Value:
    """Call a method as linen does: after `setup`, and numbering of submodules starts afresh after a compact one."""
    expect_bound(door, module, function)
    is_outermost = all(frame.module is not module or frame.mode != COMPACT for frame in stack_of(door))
    set_up(door, module)
    mode = COMPACT if is_compact(function) or isinstance(function, NativeFunction) else PLAIN
    try:
        return applied(door, Frame(module, mode, name_of(function)), function, positional, keywords)
    finally:
        if mode == COMPACT and is_outermost:
            door.put(module, CURSORS, ())
            door.put(module, USED, ())


def expect_bound(door: Door, module: Instance, function: Value) -> None:
    """Fails where a method that makes submodules or variables is called before `init`, `apply` or `bind` gave the module any."""
    makes = is_compact(function) or isinstance(function, NativeFunction)
    if makes and not stack_of(door) and not door.is_speculative() and not is_bound(module):
        reason = f"`{module.cls.name}` is called without variables: call its `init` or `apply`, which bind them"
        door.failed(OperationFails(reason, exception="CallCompactUnboundModuleError"))


def is_bound(module: Value) -> bool:
    """Whether `bind` gave variables to a module, or to one that it is a part of."""
    while isinstance(module, Instance):
        if module.contents.get(IS_BOUND) is True:
            return True
        module = module.contents.get(PARENT)
    return False


# Classes


@flax.native(f"{LINEN}.__created__", takes_unknown=True)
def created(door: Door, cls: ClassValue, /, **keywords: Value) -> Value:
    """A class of modules is a dataclass, whose constructor takes a `name` and a `parent` besides."""
    has_own = "__init__" in cls.contents
    make = door.attribute(door.module("dataclasses"), "dataclass")
    options = {"kw_only": keywords["kw_only"]} if "kw_only" in keywords else {}
    if cls.contents.get("__annotations__") is not None or not is_declared_layer(cls):
        door.call(door.call(make, eq=False, repr=False, **options), cls)
    fill = cls.contents.get("__init__")
    if has_own or not isinstance(fill, NativeFunction):
        return cls

    def initialise(machine: object, module: Value, *given: Value, **named: Value) -> Value:
        return door.call(fill, module, *given, **{name: value for name, value in named.items() if name not in ("name", "parent")})

    cls.contents["__init__"] = NativeFunction("__init__", initialise, takes_unknown=True)
    return cls


def is_declared_layer(cls: ClassValue) -> bool:
    """Whether a class inherits from a layer whose constructor Flax itself has."""
    return any(hasattr(base.declared, "declared") for base in cls.mro)


@flax.native(f"{LINEN}.__init__", takes_unknown=True)
def initialise_base(door: Door, module: Instance, /, *given: Value, **keywords: Value) -> None:
    return


@flax.native("linen.compact", "linen.module.compact", "linen.compact_name_scope", takes_unknown=True)
def compact(door: Door, /, function: Value) -> Value:
    """Marks a method that may make submodules."""
    if isinstance(function, FunctionValue):
        door.put(function, "compact", True)
    return function


flax.transparent(
    *(f"linen.{name}" for name in ("nowrap", "named_call")),
)
