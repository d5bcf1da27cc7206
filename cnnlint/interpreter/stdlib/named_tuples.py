"""Named tuples, by call (`collections.namedtuple`) and by class (`typing.NamedTuple`)."""

from __future__ import annotations

import keyword

from cnnlint.interpreter import calls, classes
from cnnlint.interpreter.builtins.natives import first_unknown, native
from cnnlint.interpreter.builtins.text import text_of
from cnnlint.interpreter.iteration import iterate
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import TUPLE
from cnnlint.values import MISSING, ClassMethod, ClassValue, DictValue, Instance, NativeFunction, PropertyValue, Unknown, Value

NAMED_TUPLE = ClassValue("NamedTuple", (TUPLE,), module="typing")


def namedtuple(
    machine: Machine,
    typename: Value,
    field_names: Value,
    *,
    rename: Value = False,
    defaults: Value = None,
    module: Value = None,
) -> Value:
    """`collections.namedtuple(...)`."""
    given = field_names.replace(",", " ").split() if isinstance(field_names, str) else iterate(machine, field_names)
    ending = () if defaults is None else iterate(machine, defaults)
    if isinstance(given, Unknown) or isinstance(ending, Unknown) or not isinstance(typename, str):
        return machine.unknown("a named tuple with names that are not known")
    names = [str(name) for name in given]
    for i, name in enumerate(names):
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_") or name in names[:i]:
            if rename is not True:
                fail(machine, "ValueError", f"`{name}` cannot be a field of a named tuple")
            names[i] = f"_{i}"
    made = classes.build_class(machine, typename, [TUPLE], {}, module="__main__")
    if isinstance(made, ClassValue):
        furnish(made, names, dict(zip(names[len(names) - len(ending) :], ending, strict=True)))
    return made


def created(machine: Machine, cls: ClassValue, **keywords: Value) -> Value:
    """A class below `typing.NamedTuple`: its annotated names are the fields."""
    if NAMED_TUPLE not in cls.bases:
        return cls
    annotations = cls.contents.get("__annotations__")
    contents = annotations.contents if isinstance(annotations, DictValue) else {}
    names = [str(name) for name in contents] if isinstance(contents, dict) else []
    furnish(cls, names, {name: cls.contents.pop(name) for name in names if name in cls.contents})
    return cls


def by_call(machine: Machine, cls: Value, typename: Value = MISSING, fields: Value = MISSING, **named: Value) -> Value:
    """`typing.NamedTuple("Name", [("field", int), ...])`."""
    pairs = list(named.items()) if fields is MISSING else iterate(machine, fields)
    if isinstance(pairs, Unknown) or not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        return machine.unknown("a named tuple with names that are not known")
    return namedtuple(machine, typename, tuple(pair[0] for pair in pairs))


def furnish(cls: ClassValue, names: list[str], defaults: dict[str, Value]) -> None:
    """Give a class the fields and methods of a named tuple."""
    position = {name: i for i, name in enumerate(names)}

    def make(machine: Machine, kind: ClassValue, *positional: Value, **keywords: Value) -> Value:
        values = dict(zip(names, positional, strict=False))
        if len(positional) > len(names) or any(name in values or name not in position for name in keywords):
            return fail(machine, "TypeError", f"the arguments do not fit the fields of `{cls.name}`: {', '.join(names)}")
        values.update(keywords)
        for name in names:
            if name not in values:
                if name not in defaults:
                    return fail(machine, "TypeError", f"`{cls.name}` needs a value for `{name}`")
                values[name] = defaults[name]
        return Instance(kind, machine.site, tuple(values[name] for name in names))

    def replace(machine: Machine, owner: Instance, **keywords: Value) -> Value:
        if any(name not in position for name in keywords):
            return fail(machine, "ValueError", f"`{cls.name}` has no such field")
        return Instance(owner.cls, machine.site, tuple(keywords.get(name, owner.payload[position[name]]) for name in names))

    def as_dict(machine: Machine, owner: Instance) -> Value:
        return DictValue(dict(zip(names, owner.payload, strict=True)))

    def make_from(machine: Machine, kind: ClassValue, iterable: Value) -> Value:
        items = iterate(machine, iterable)
        return items if isinstance(items, Unknown) else calls.call(machine, kind, items, {})

    def shown(machine: Machine, owner: Instance) -> Value:
        parts = [text_of(machine, value, is_repr=True) for value in owner.payload]
        unknown = first_unknown(parts)
        return unknown or f"{owner.cls.name}({', '.join(f'{name}={part}' for name, part in zip(names, parts, strict=True))})"

    for name, i in position.items():
        getter = NativeFunction(name, lambda machine, owner, i=i: owner.payload[i], takes_unknown=True)
        cls.contents[name] = PropertyValue(getter)
    cls.contents["__new__"] = NativeFunction("__new__", make, takes_unknown=True, is_method=False)
    cls.contents["_replace"] = NativeFunction("_replace", replace, takes_unknown=True)
    cls.contents["_asdict"] = NativeFunction("_asdict", as_dict)
    cls.contents["_make"] = ClassMethod(NativeFunction("_make", make_from))
    cls.contents["_fields"] = tuple(names)
    cls.contents["_field_defaults"] = DictValue(dict(defaults))
    for method in ("__repr__", "__str__"):
        cls.contents.setdefault(method, NativeFunction(method, shown))


NAMED_TUPLE.contents["__created__"] = NativeFunction("__created__", created)
NAMED_TUPLE.contents["__new__"] = native("__new__", by_call, takes_unknown=True)
