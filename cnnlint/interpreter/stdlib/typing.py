"""`typing`: names that can be subscripted, called and inherited from, and that change nothing when the program runs."""

from __future__ import annotations

from cnnlint.interpreter import attributes
from cnnlint.interpreter.builtins.instances import union
from cnnlint.interpreter.builtins.natives import Table, harmless, native
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.stdlib import collections as collections_model
from cnnlint.interpreter.stdlib import collections_abc
from cnnlint.interpreter.stdlib.named_tuples import NAMED_TUPLE
from cnnlint.interpreter.types import DICT, FROZENSET, LIST, OBJECT, SET, STR, TUPLE, TYPE
from cnnlint.values import MISSING, ClassValue, DictValue, FunctionValue, Instance, NativeFunction, Value

FORM = ClassValue("_SpecialForm", (OBJECT,), module="typing")
TYPE_VARIABLE = ClassValue("TypeVar", (OBJECT,), module="typing")
GENERIC = ClassValue("Generic", (OBJECT,), module="typing")
PROTOCOL = ClassValue("Protocol", (OBJECT,), module="typing")
TYPED_DICT = ClassValue("TypedDict", (DICT,), module="typing")
NEW_TYPE = ClassValue("NewType", (OBJECT,), module="typing")

NAMES = Table(
    {
        **{name: cls for name, cls in collections_abc.NAMES.items() if name not in ("Set", "Buffer")},
        "AbstractSet": collections_abc.NAMES["Set"],
        "List": LIST,
        "Dict": DICT,
        "Tuple": TUPLE,
        "Set": SET,
        "FrozenSet": FROZENSET,
        "Type": TYPE,
        "Text": STR,
        "OrderedDict": collections_model.NAMES["OrderedDict"],
        "DefaultDict": collections_model.NAMES["defaultdict"],
        "Counter": collections_model.NAMES["Counter"],
        "Deque": collections_model.NAMES["deque"],
        "ChainMap": collections_model.NAMES["ChainMap"],
        "Generic": GENERIC,
        "Protocol": PROTOCOL,
        "TypedDict": TYPED_DICT,
        "NamedTuple": NAMED_TUPLE,
        "TYPE_CHECKING": False,
    }
)


def form(name: str) -> Instance:
    """A special form such as `Any` or `Literal`."""
    made = Instance(FORM)
    made.contents["_name"] = name
    return made


_FORMS = """
Annotated Any AnyStr ClassVar Concatenate Final Literal LiteralString Never NoReturn NotRequired Optional ParamSpec
ReadOnly Required Self TypeAlias TypeGuard TypeIs Union Unpack IO TextIO BinaryIO Pattern Match ContextManager
AsyncContextManager SupportsFloat SupportsIndex SupportsInt SupportsAbs SupportsRound SupportsBytes SupportsComplex
"""

NAMES |= {name: form(name) for name in _FORMS.split()}


def subscript(machine: Machine, owner: Instance, index: Value) -> Value:
    """`Optional[X]` and `Union[X, Y]` are unions; of the other forms nothing is ever asked."""
    name = owner.contents.get("_name")
    parts = index if isinstance(index, tuple) else (index,)
    if name == "Optional":
        return union((*parts, None))
    if name == "Union":
        return parts[0] if len(parts) == 1 else union(parts)
    if name in ("Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly"):
        return parts[0]
    made = form(f"{name}[...]")
    made.contents["__args__"] = parts
    made.contents["__origin__"] = owner
    return made


def joined(machine: Machine, left: Value, right: Value) -> Value:
    return union((left, right))


def joined_from_right(machine: Machine, right: Value, left: Value) -> Value:
    return union((left, right))


for _cls in (FORM, TYPE_VARIABLE):
    _cls.contents["__or__"] = NativeFunction("__or__", joined)
    _cls.contents["__ror__"] = NativeFunction("__ror__", joined_from_right)
    _cls.contents["__getitem__"] = NativeFunction("__getitem__", subscript if _cls is FORM else lambda machine, owner, index: owner)
FORM.contents["__call__"] = NativeFunction("__call__", lambda machine, owner, *given, **named: Instance(TYPE_VARIABLE), takes_unknown=True)
FORM.contents["__mro_entries__"] = NativeFunction("__mro_entries__", lambda machine, owner, bases: (OBJECT,))


def make_variable(machine: Machine, owner: Instance, name: Value, *constraints: Value, **options: Value) -> Value:
    owner.contents["__name__"] = name


TYPE_VARIABLE.contents["__init__"] = NativeFunction("__init__", make_variable, takes_unknown=True)
NAMES |= {
    "TypeVar": TYPE_VARIABLE,
    "TypeVarTuple": TYPE_VARIABLE,
    "ParamSpec": TYPE_VARIABLE,
    "NewType": NEW_TYPE,
    "ForwardRef": TYPE_VARIABLE,
}
NEW_TYPE.contents["__new__"] = NativeFunction(
    "__new__", lambda machine, cls, name, supertype: supertype, takes_unknown=True, is_method=False
)


@NAMES.define(takes_unknown=True)
def cast(machine: Machine, typ: Value, val: Value) -> Value:
    return val


@NAMES.define("overload", "final", "no_type_check", "runtime_checkable", "override", "no_type_check_decorator", takes_unknown=True)
def unchanged(machine: Machine, decorated: Value) -> Value:
    return decorated


@NAMES.define("runtime", "reveal_type", "assert_type", takes_unknown=True)
def first(machine: Machine, value: Value, *others: Value) -> Value:
    return value


@NAMES.define("dataclass_transform", "deprecated", takes_unknown=True)
def decorator(machine: Machine, *given: Value, **options: Value) -> Value:
    return native("decorator", unchanged, takes_unknown=True)


@NAMES.define()
def get_args(machine: Machine, tp: Value) -> Value:
    found = tp.contents.get("__args__") if isinstance(tp, Instance) else None
    return found if isinstance(found, tuple) else machine.unknown("the arguments of a type")


@NAMES.define()
def get_origin(machine: Machine, tp: Value) -> Value:
    if isinstance(tp, Instance):
        return tp.contents.get("__origin__")
    return machine.unknown("the origin of a type") if isinstance(tp, ClassValue) else None


@NAMES.define("get_type_hints")
def get_type_hints(machine: Machine, obj: Value, *namespaces: Value, **options: Value) -> Value:
    return DictValue(machine.unknown("type hints"))


NAMES["assert_never"] = harmless("assert_never")


def make_typed_dict(machine: Machine, cls: ClassValue, *given: Value, **keywords: Value) -> Value:
    """A `TypedDict` class makes plain dicts."""
    cls.contents["__new__"] = NativeFunction(
        "__new__",
        lambda machine, kind, *given, **named: machine.builtins.construct(DICT, list(given), named),
        takes_unknown=True,
        is_method=False,
    )
    return cls


TYPED_DICT.contents["__created__"] = NativeFunction("__created__", make_typed_dict)


def make_generic(machine: Machine, cls: Value, index: Value) -> Value:
    return cls


for _cls in (GENERIC, PROTOCOL):
    _cls.contents["__class_getitem__"] = NativeFunction("__class_getitem__", make_generic, takes_unknown=True, is_method=False)


def is_like_protocol(machine: Machine, value: Value) -> Value:
    return machine.unknown("whether a value follows a protocol")


def note_protocol(machine: Machine, cls: ClassValue, **keywords: Value) -> Value:
    """A class whose direct base is `Protocol` is told by its methods."""
    if PROTOCOL in cls.bases:
        names = [name for name, value in cls.contents.items() if isinstance(value, FunctionValue)]

        def check(machine: Machine, value: Value) -> Value:
            if not names:
                return is_like_protocol(machine, value)
            return all(attributes.find_attribute(machine, value, name) is not MISSING for name in names)

        cls.contents["__instancecheck__"] = NativeFunction("__instancecheck__", check)
    return cls


PROTOCOL.contents["__created__"] = NativeFunction("__created__", note_protocol)
