"""`dataclasses`."""

from __future__ import annotations

from cnnlint.interpreter import attributes, calls, operators
from cnnlint.interpreter.builtins.natives import Table, first_unknown, native, not_modelled
from cnnlint.interpreter.builtins.text import text_of
from cnnlint.interpreter.functions import Annotation
from cnnlint.interpreter.machine import Machine, Raised
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.stdlib.copy import copied
from cnnlint.interpreter.stdlib.dataclass_fields import FIELD, MISSING_MARK, Fields, fill
from cnnlint.interpreter.types import EXCEPTIONS, OBJECT
from cnnlint.source import ir
from cnnlint.values import (
    MISSING,
    ClassValue,
    DictValue,
    Instance,
    ListValue,
    NativeFunction,
    SetValue,
    Unknown,
    Value,
)

FROZEN_ERROR = ClassValue("FrozenInstanceError", (EXCEPTIONS["AttributeError"],), module="dataclasses")
INIT_VAR = ClassValue("InitVar", (OBJECT,), module="dataclasses")
KEYWORDS_ONLY = ClassValue("KW_ONLY", (OBJECT,), module="dataclasses")

NAMES = Table(
    {
        "Field": FIELD,
        "MISSING": MISSING_MARK,
        "KW_ONLY": KEYWORDS_ONLY,
        "InitVar": INIT_VAR,
        "FrozenInstanceError": FROZEN_ERROR,
        "make_dataclass": not_modelled("make_dataclass"),
    }
)


@NAMES.define("field", takes_unknown=True)
def field(machine: Machine, **options: Value) -> Value:
    made = Instance(FIELD, machine.site)
    made.contents.update(
        name=None,
        type=None,
        default=MISSING_MARK,
        default_factory=MISSING_MARK,
        init=True,
        repr=True,
        compare=True,
        metadata=DictValue(),
        kw_only=MISSING_MARK,
    )
    made.contents.update(options)
    return made


@NAMES.define("dataclass", takes_unknown=True)
def dataclass(machine: Machine, cls: Value = None, /, **options: Value) -> Value:
    if cls is None:
        return native("dataclass", lambda machine, cls: furnished(machine, cls, options), takes_unknown=True)
    return furnished(machine, cls, options)


def furnished(machine: Machine, cls: Value, options: dict[str, Value]) -> Value:
    """The class with the methods that its fields give it."""
    if not isinstance(cls, ClassValue):
        return cls
    machine.store.touch(cls)
    fields = all_fields(machine, cls, options.get("kw_only", False) is True)
    cls.contents["__dataclass_fields__"] = DictValue(dict(fields))
    is_frozen = options.get("frozen", False) is True
    if options.get("init", True) is not False:
        cls.contents.setdefault("__init__", initialiser(cls, fields, is_frozen))
    if options.get("repr", True) is not False:
        cls.contents.setdefault("__repr__", NativeFunction("__repr__", lambda machine, owner: shown(machine, fields, owner)))
    if options.get("eq", True) is not False:
        cls.contents.setdefault("__eq__", NativeFunction("__eq__", lambda machine, a, b: compared(machine, "==", fields, a, b)))
    if options.get("order", False) is True:
        for name, op in (("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">=")):
            cls.contents[f"__{name}__"] = NativeFunction(f"__{name}__", lambda machine, a, b, op=op: compared(machine, op, fields, a, b))
    if is_frozen:
        cls.contents["__setattr__"] = NativeFunction("__setattr__", refuse, takes_unknown=True)
        cls.contents["__delattr__"] = NativeFunction("__delattr__", refuse, takes_unknown=True)
    cls.contents.setdefault("__match_args__", tuple(name for name, made in fields.items() if made.contents["init"] is True))
    return cls


def initialiser(cls: ClassValue, fields: Fields, is_frozen: bool) -> NativeFunction:
    def initialise(machine: Machine, owner: Value, /, *given: Value, **named: Value) -> Value:
        fill(machine, cls, fields, is_frozen, owner, given, named)

    return NativeFunction("__init__", initialise, takes_unknown=True)


def all_fields(machine: Machine, cls: ClassValue, keywords_only: bool) -> Fields:
    """The fields of the bases, the last base first, and then those of the class, in order."""
    fields: Fields = {}
    for base in reversed(cls.mro[1:]):
        inherited = base.contents.get("__dataclass_fields__")
        if isinstance(inherited, DictValue) and isinstance(inherited.contents, dict):
            fields.update(inherited.contents)
    annotations = cls.contents.get("__annotations__")
    own = annotations.contents if isinstance(annotations, DictValue) and isinstance(annotations.contents, dict) else {}
    for name, annotation in own.items():
        text = annotation.text if isinstance(annotation, Annotation) else ""
        plain = text.partition("[")[0].rpartition(".")[2]
        if plain == "ClassVar":
            continue
        if plain == "KW_ONLY":
            keywords_only = True
            continue
        fields[name] = own_field(machine, cls, name, text, keywords_only)
        fields[name].contents["is_init_only"] = plain == "InitVar"
    return fields


def is_made_here(cls: ClassValue, name: str) -> bool:
    """Whether a field's default is written as a list, dict or set; what a call gives may be one that doesn't change."""
    body = cls.definition.body if cls.definition is not None else ()
    values = [
        node.value
        for node in body
        if isinstance(node, ir.Assign) and any(isinstance(target, ir.Name) and target.id == name for target in node.targets)
    ]
    return any(
        isinstance(value, (ir.Display, ir.DictDisplay, ir.Comprehension))
        or (isinstance(value, ir.Call) and isinstance(value.function, ir.Name) and value.function.id in ("list", "dict", "set"))
        for value in values
    )


def own_field(machine: Machine, cls: ClassValue, name: str, text: str, keywords_only: bool) -> Instance:
    given = cls.contents.get(name, MISSING)
    if isinstance(given, Instance) and given.cls is FIELD:
        made = given
        if made.contents["default"] is MISSING_MARK:
            cls.contents.pop(name)
        else:
            cls.contents[name] = made.contents["default"]
    else:
        made = field(machine, default=MISSING_MARK if given is MISSING else given)
        if isinstance(given, (ListValue, DictValue, SetValue)) and is_made_here(cls, name):
            fail(machine, "ValueError", f"the mutable default of field `{name}` is not allowed; use default_factory")
    made.contents.update(name=name, type=text)
    if made.contents["kw_only"] is MISSING_MARK:
        made.contents["kw_only"] = keywords_only
    return made


def values_of(machine: Machine, fields: Fields, owner: Value, purpose: str) -> tuple[Value, ...]:
    return tuple(
        attributes.attribute(machine, owner, name)
        for name, made in fields.items()
        if made.contents[purpose] is not False and not made.contents.get("is_init_only")
    )


def shown(machine: Machine, fields: Fields, owner: Value) -> Value:
    names = [name for name, made in fields.items() if made.contents["repr"] is not False and not made.contents.get("is_init_only")]
    parts = [text_of(machine, value, is_repr=True) for value in values_of(machine, fields, owner, "repr")]
    unknown = first_unknown(parts)
    return unknown or f"{owner.cls.name}({', '.join(f'{name}={part}' for name, part in zip(names, parts, strict=True))})"


def compared(machine: Machine, op: str, fields: Fields, left: Value, right: Value) -> Value:
    if not isinstance(left, Instance) or not isinstance(right, Instance) or left.cls is not right.cls:
        return operators.NOT_IMPLEMENTED
    return operators.compare_values(machine, op, values_of(machine, fields, left, "compare"), values_of(machine, fields, right, "compare"))


def refuse(machine: Machine, owner: Value, name: Value, value: Value = None) -> Value:
    error = Instance(FROZEN_ERROR, machine.site)
    error.contents["args"] = (f"cannot assign to field {name!r}",)
    raise Raised(error, None, machine.site)


def fields_of(value: Value) -> Fields | None:
    cls = value if isinstance(value, ClassValue) else value.cls if isinstance(value, Instance) else None
    found = cls.find("__dataclass_fields__") if cls is not None else None
    return found.contents if isinstance(found, DictValue) and isinstance(found.contents, dict) else None


@NAMES.define("fields")
def list_fields(machine: Machine, class_or_instance: Value) -> Value:
    found = fields_of(class_or_instance)
    if found is None:
        return fail(machine, "TypeError", "fields() of what is no dataclass")
    return tuple(made for made in found.values() if not made.contents.get("is_init_only"))


@NAMES.define("is_dataclass")
def is_dataclass(machine: Machine, obj: Value) -> Value:
    return fields_of(obj) is not None


@NAMES.define("replace", takes_unknown=True)
def replace(machine: Machine, obj: Value, /, **changes: Value) -> Value:
    found = fields_of(obj)
    if found is None or not isinstance(obj, Instance):
        return obj if isinstance(obj, Unknown) else machine.unknown("replace() of what is no dataclass")
    for name, made in found.items():
        if made.contents["init"] is not False and name not in changes and not made.contents.get("is_init_only"):
            changes[name] = attributes.attribute(machine, obj, name)
    return calls.call(machine, obj.cls, [], changes)


@NAMES.define("asdict")
def asdict(machine: Machine, obj: Value, *, dict_factory: Value = None) -> Value:
    if fields_of(obj) is None:
        return fail(machine, "TypeError", "asdict() of what is no dataclass")
    return machine.unknown("asdict() with a factory") if dict_factory is not None else unfolded(machine, obj, is_dict=True)


@NAMES.define("astuple")
def astuple(machine: Machine, obj: Value, *, tuple_factory: Value = None) -> Value:
    if fields_of(obj) is None:
        return fail(machine, "TypeError", "astuple() of what is no dataclass")
    return unfolded(machine, obj, is_dict=False)


def unfolded(machine: Machine, value: Value, *, is_dict: bool) -> Value:
    """A value with the dataclasses inside it as dicts, or as tuples."""
    found = fields_of(value)
    if found is not None and isinstance(value, Instance):
        entries = {
            name: unfolded(machine, attributes.attribute(machine, value, name), is_dict=is_dict)
            for name, made in found.items()
            if not made.contents.get("is_init_only")
        }
        return DictValue(dict(entries)) if is_dict else tuple(entries.values())
    if isinstance(value, ListValue) and isinstance(value.contents, list):
        return ListValue([unfolded(machine, item, is_dict=is_dict) for item in value.contents])
    if isinstance(value, tuple):
        return tuple(unfolded(machine, item, is_dict=is_dict) for item in value)
    if isinstance(value, DictValue) and isinstance(value.contents, dict):
        return DictValue({key: unfolded(machine, item, is_dict=is_dict) for key, item in value.contents.items()})
    return copied(machine, value, {})


INIT_VAR.contents["__class_getitem__"] = native("__class_getitem__", lambda machine, cls, index: INIT_VAR, takes_unknown=True)
