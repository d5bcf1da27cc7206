"""`enum`: members are instances that stand in the namespace of their class."""

from __future__ import annotations

from cnnlint.interpreter import attributes, calls, classes, operators
from cnnlint.interpreter.builtins.natives import Table, is_plain, native
from cnnlint.interpreter.builtins.text import text_of
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.iteration import contains, iterate, shown
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import INT, OBJECT, PAYLOADS, STR, TYPE
from cnnlint.values import (
    MISSING,
    ClassMethod,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    IteratorValue,
    NativeFunction,
    PropertyValue,
    StaticMethod,
    Unknown,
    Value,
)

ENUM_TYPE = ClassValue("EnumType", (TYPE,), module="enum")
ENUM = ClassValue("Enum", (OBJECT,), module="enum")
INT_ENUM = ClassValue("IntEnum", (INT, ENUM), module="enum")
STR_ENUM = ClassValue("StrEnum", (STR, ENUM), module="enum")
FLAG = ClassValue("Flag", (ENUM,), module="enum")
INT_FLAG = ClassValue("IntFlag", (INT, FLAG), module="enum")
AUTO = ClassValue("auto", (OBJECT,), module="enum")
NOT_MEMBER = ClassValue("nonmember", (OBJECT,), module="enum")
for _cls in (ENUM, INT_ENUM, STR_ENUM, FLAG, INT_FLAG):
    _cls.metaclass = ENUM_TYPE

NAMES = Table(
    {
        "Enum": ENUM,
        "IntEnum": INT_ENUM,
        "StrEnum": STR_ENUM,
        "ReprEnum": ENUM,
        "Flag": FLAG,
        "IntFlag": INT_FLAG,
        "auto": AUTO,
        "EnumMeta": ENUM_TYPE,
        "EnumType": ENUM_TYPE,
        **{name: name.lower() for name in ("STRICT", "CONFORM", "EJECT", "KEEP", "UNIQUE", "CONTINUOUS", "NAMED_FLAGS")},
    }
)
NAMES.define("unique", "global_enum", "verify_class", takes_unknown=True)(lambda machine, enumeration: enumeration)
NAMES.define("verify")(lambda machine, *checks: NAMES["unique"])
NAMES.define("member", takes_unknown=True)(lambda machine, value: value)


def make_nonmember(machine: Machine, owner: Instance, value: Value) -> Value:
    owner.contents["value"] = value


NOT_MEMBER.contents["__init__"] = NativeFunction("__init__", make_nonmember, takes_unknown=True)
NAMES["nonmember"] = NOT_MEMBER


def members_of(cls: Value) -> dict[str, Instance]:
    """The members by name, aliases included."""
    found = cls.contents.get("_member_map_") if isinstance(cls, ClassValue) else None
    return found.contents if isinstance(found, DictValue) and isinstance(found.contents, dict) else {}


def distinct(cls: Value) -> list[Instance]:
    return list(dict.fromkeys(members_of(cls).values()))


def created(machine: Machine, cls: ClassValue, **keywords: Value) -> Value:
    """Turn the plain values in the namespace of a new class into members."""
    ignored = cls.contents.get("_ignore_", ())
    given = {
        name: value
        for name, value in cls.contents.items()
        if not (name.startswith("_") and name.endswith("_")) and not name.startswith(f"_{cls.name}__") and is_member(value)
    }
    names = ignored.replace(",", " ").split() if isinstance(ignored, str) else iterate(machine, ignored)
    add_members(machine, cls, {name: value for name, value in given.items() if name not in names})  # type: ignore[operator]
    for name, value in list(cls.contents.items()):
        if isinstance(value, Instance) and value.cls is NOT_MEMBER:
            cls.contents[name] = value.contents["value"]
    return cls


def is_member(value: Value) -> bool:
    if isinstance(value, Instance):
        return value.cls is not NOT_MEMBER and value.cls.find("__get__") is MISSING
    return not isinstance(value, (FunctionValue, NativeFunction, PropertyValue, StaticMethod, ClassMethod, ClassValue))


def add_members(machine: Machine, cls: ClassValue, given: dict[str, Value]) -> None:
    members: dict[str, Instance] = {}
    values: list[Value] = []
    for name, given_value in given.items():
        value = next_value(machine, cls, name, values) if isinstance(given_value, Instance) and given_value.cls is AUTO else given_value
        same = next((member for member in members.values() if is_same(machine, member.contents["value"], value)), None)
        members[name] = same or make_member(machine, cls, name, value, len(members))
        values.append(members[name].contents["value"])
    cls.contents.update(members)
    cls.contents["_member_map_"] = cls.contents["__members__"] = DictValue(dict(members))
    cls.contents["_member_names_"] = tuple(name for name, member in members.items() if member.contents["name"] == name)


def is_same(machine: Machine, left: Value, right: Value) -> bool:
    return left is right or operators.truth(machine, operators.compare_values(machine, "==", left, right)) is True


def next_value(machine: Machine, cls: ClassValue, name: str, values: list[Value]) -> Value:
    """The value of `auto()`."""
    own = cls.find("_generate_next_value_")
    if own is not MISSING:
        function = own.function if isinstance(own, StaticMethod) else own
        return calls.call(
            machine, function, [name, 1, len(values), machine.builtins.construct(machine.builtins.names["list"], [tuple(values)], {})], {}
        )
    if cls.is_subclass(STR_ENUM):
        return name.lower()
    numbers = [value for value in values if isinstance(value, int)]
    if cls.is_subclass(FLAG):
        return 2 ** max(numbers).bit_length() if numbers else 1
    return max(numbers) + 1 if numbers else 1


def make_member(machine: Machine, cls: ClassValue, name: str, value: Value, position: int) -> Instance:
    given = list(value) if isinstance(value, tuple) else [value]
    maker = cls.find("__new__")
    function = maker.function if isinstance(maker, StaticMethod) else maker
    if isinstance(function, FunctionValue):
        member = calls.call(machine, function, [cls, *given], {})
    else:
        member = Instance(cls, machine.site)
        kind = next((base for base in cls.mro if base in PAYLOADS), None)
        if kind is not None:
            member.payload = machine.builtins.construct(kind, given, {})
            value = member.payload if not isinstance(value, tuple) or kind in (INT, STR) else value
    if not isinstance(member, Instance):
        member = Instance(cls, machine.site)
    value = member.contents.pop("_value_", value)
    member.contents.update(name=name, value=value, _name_=name, _value_=value, _sort_order_=position)
    if cls.find("__init__") is not MISSING:
        initialise(machine, cls, member, given)
    return member


def initialise(machine: Machine, cls: ClassValue, member: Instance, given: list[Value]) -> None:
    found = cls.find("__init__")
    if isinstance(found, FunctionValue) or (isinstance(found, NativeFunction) and cls.find("__dataclass_fields__") is not MISSING):
        calls.call(machine, found, [member, *given], {})
    member.contents["value"] = member.contents.get("_value_")


ENUM.contents["__created__"] = NativeFunction("__created__", created)


# The class as a whole


def look_up(machine: Machine, cls: ClassValue, value: Value, *rest: Value, **options: Value) -> Value:
    """`Color(value)`, or `Enum("Color", names)`."""
    members = distinct(cls)
    if not members and (rest or "names" in options):
        return by_names(machine, cls, value, rest[0] if rest else options["names"])
    if isinstance(value, Instance) and value.cls is cls:
        return value
    if rest:
        value = (value, *rest)
    for member in members:
        same = operators.truth(machine, operators.compare_values(machine, "==", member.contents["value"], value))
        if same is True:
            return member
        if same is not False:
            return machine.unknown(f"which member of `{cls.name}` is meant")
    if cls.is_subclass(FLAG) and isinstance(value, int):
        return combination(machine, cls, value)
    missing = cls.find("_missing_")
    if missing is not MISSING:
        found = calls.call(machine, attributes.attribute(machine, cls, "_missing_"), [value], {})
        if found is not None:
            return found
    return fail(machine, "ValueError", f"{shown(value)} is no value of `{cls.name}`")


def by_names(machine: Machine, cls: ClassValue, name: Value, names: Value) -> Value:
    """An enumeration made by a call."""
    given = names.replace(",", " ").split() if isinstance(names, str) else names
    items = list(given.contents.items()) if isinstance(given, DictValue) and isinstance(given.contents, dict) else given
    items = items if isinstance(items, list) else iterate(machine, items)
    if isinstance(items, Unknown) or not isinstance(name, str):
        return machine.unknown("an enumeration with names that are not known")
    namespace: dict[str, Value] = {}
    for i, item in enumerate(items, 1):
        if isinstance(item, tuple) and len(item) == 2:
            namespace[item[0]] = item[1]
        else:
            namespace[str(item)] = 2 ** (i - 1) if cls.is_subclass(FLAG) else i
    return classes.build_class(machine, name, [cls], namespace, module="__main__")


def by_name(machine: Machine, cls: ClassValue, name: Value) -> Value:
    found = members_of(cls).get(name) if isinstance(name, str) else None
    if found is not None:
        return found
    if not is_plain(name):
        return machine.unknown(f"which member of `{cls.name}` is meant")
    return fail(machine, "KeyError", f"{shown(name)} is no member of `{cls.name}`")


def has_member(machine: Machine, cls: ClassValue, value: Value) -> Value:
    if isinstance(value, Instance) and value.cls.is_subclass(ENUM):
        return value in members_of(cls).values()
    return contains(machine, tuple(member.contents["value"] for member in distinct(cls)), value)


ENUM_TYPE.contents.update(
    __call__=NativeFunction("__call__", look_up),
    __getitem__=NativeFunction("__getitem__", by_name),
    __contains__=NativeFunction("__contains__", has_member),
    __iter__=NativeFunction("__iter__", lambda machine, cls: IteratorValue(list(distinct(cls)))),
    __reversed__=NativeFunction("__reversed__", lambda machine, cls: IteratorValue(list(distinct(cls))[::-1])),
    __len__=NativeFunction("__len__", lambda machine, cls: len(distinct(cls))),
)


# Members


def name_of(machine: Machine, member: Instance) -> Value:
    """`str(member)`; of the mixed classes it depends on the version of Python."""
    if member.cls.is_subclass(STR_ENUM):
        return member.payload
    if member.cls.is_subclass(INT_ENUM) or member.cls.is_subclass(FLAG):
        return machine.unknown(f"the text of {described(member)}")
    return f"{member.cls.name}.{member.contents['name']}"


def details_of(machine: Machine, member: Instance) -> Value:
    """`repr(member)`."""
    text = text_of(machine, member.contents["value"], is_repr=True)
    return text if isinstance(text, Unknown) else f"<{member.cls.name}.{member.contents['name']}: {text}>"


def in_format(machine: Machine, member: Instance, form: Value) -> Value:
    if member.payload is not MISSING and not member.cls.is_subclass(STR_ENUM):
        return machine.unknown(f"the text of {described(member)}")
    return machine.builtins.formatted(name_of(machine, member), "", form)


ENUM.contents["__str__"] = NativeFunction("__str__", name_of)
ENUM.contents["__repr__"] = NativeFunction("__repr__", details_of)
ENUM.contents["__format__"] = NativeFunction("__format__", in_format)
ENUM.contents["__copy__"] = ENUM.contents["__deepcopy__"] = NativeFunction(
    "__copy__", lambda machine, member, *memo: member, takes_unknown=True
)


def combination(machine: Machine, cls: ClassValue, value: int) -> Value:
    """The member of a flag, or one made for a combination of several."""
    for member in distinct(cls):
        if member.contents["value"] == value:
            return member
    combined = cls.contents.setdefault("_combined_", DictValue())
    if value not in combined.contents:
        member = Instance(cls, machine.site, value if cls.is_subclass(INT) else MISSING)
        names = [one.contents["name"] for one in distinct(cls) if one.contents["value"] & value]
        member.contents.update(name="|".join(names) or None, value=value, _name_="|".join(names) or None, _value_=value)
        combined.contents[value] = member
    return combined.contents[value]


def flag_operator(op: str) -> NativeFunction:
    def combine(machine: Machine, left: Instance, right: Value) -> Value:
        other = right.contents.get("value") if isinstance(right, Instance) else right
        value = operators.binary(machine, op, left.contents["value"], other)
        return combination(machine, left.cls, value) if isinstance(value, int) else value

    return NativeFunction(op, combine)


def has_flag(machine: Machine, flags: Instance, flag: Value) -> Value:
    value = flag.contents.get("value") if isinstance(flag, Instance) else flag
    return flags.contents["value"] & value == value if isinstance(value, int) else machine.unknown("whether a flag is set")


def opposite(machine: Machine, flags: Instance) -> Value:
    everything = 0
    for member in distinct(flags.cls):
        everything |= member.contents["value"]
    return combination(machine, flags.cls, everything & ~flags.contents["value"])


for _name, _op in (("or", "|"), ("and", "&"), ("xor", "^")):
    FLAG.contents[f"__{_name}__"] = FLAG.contents[f"__r{_name}__"] = flag_operator(_op)
FLAG.contents["__contains__"] = NativeFunction("__contains__", has_flag)
FLAG.contents["__invert__"] = NativeFunction("__invert__", opposite)
FLAG.contents["__bool__"] = NativeFunction("__bool__", lambda machine, flags: bool(flags.contents["value"]))
NAMES["property"] = native("property", lambda machine, function: PropertyValue(function))
