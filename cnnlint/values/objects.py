"""Classes, instances, functions and modules of the program under inspection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnlint.record import record, value
from cnnlint.source import ir
from cnnlint.values.base import MISSING, Mutable, Value


class Scope(Mutable):
    """The variables of a module, a function call or a class body; `parent` is the enclosing function's scope."""

    __slots__ = ("parent",)

    contents: dict[str, Value]

    def __init__(self, parent: Scope | ModuleValue | None = None, variables: dict[str, Value] | None = None) -> None:
        super().__init__({} if variables is None else variables)
        self.parent = parent


class ModuleValue(Mutable):
    """A Python module that is followed as source, or one of the modelled standard library; `contents` are its globals.

    `package` is what its relative imports start from; `path` is how findings name its file.
    """

    __slots__ = ("name", "package", "path", "pending", "source")

    contents: dict[str, Value]
    parent: None = None

    def __init__(self, name: str, path: str = "", package: str = "") -> None:
        super().__init__({})
        self.name = name
        self.path = path
        self.package = package
        self.source: Any = None
        self.pending: Any = None


class ClassValue(Mutable):
    """A class: the user's, a built-in one, or a framework's. `contents` is its namespace; `mro` starts with itself.

    `declared` is what a plugin says of a framework's class; `slots_of` the native kind (`list`, `dict`, ...) that
    instances carry as payload. `caller` is what a framework calls the methods of its modules with, inherited by all classes below.
    """

    __slots__ = ("bases", "caller", "declared", "definition", "metaclass", "module", "mro", "name", "qualified")

    contents: dict[str, Value]

    def __init__(
        self,
        name: str,
        bases: tuple[ClassValue, ...] = (),
        namespace: dict[str, Value] | None = None,
        module: str = "builtins",
        definition: ir.ClassDefinition | None = None,
        declared: Any = None,
    ) -> None:
        super().__init__({} if namespace is None else namespace)
        self.name = name
        self.bases = bases
        self.module = module
        self.qualified = f"{module}.{name}"
        self.definition = definition
        self.declared = declared
        self.metaclass: ClassValue | None = None
        self.mro: tuple[ClassValue, ...] = (self, *linearised(bases))
        self.caller: NativeFunction | None = next((base.caller for base in bases if base.caller is not None), None)

    def __repr__(self) -> str:
        return f"<class {self.qualified}>"

    def find(self, name: str) -> Value:
        """The attribute as the classes of the method resolution order define it, unbound; MISSING if none does."""
        for cls in self.mro:
            if name in cls.contents:
                found = cls.contents[name]
                if found is not MISSING:
                    return found
        return MISSING

    def is_subclass(self, other: ClassValue) -> bool:
        return other in self.mro


class NoLinearisation(Exception):
    """The bases of a class have no consistent method resolution order."""


def linearised(bases: tuple[ClassValue, ...]) -> tuple[ClassValue, ...]:
    """The C3 merge of the bases' resolution orders.

    Raises NoLinearisation where Python raises TypeError.
    """
    sequences = [list(base.mro) for base in bases] + [list(bases)]
    merged: list[ClassValue] = []
    while sequences := [sequence for sequence in sequences if sequence]:
        for sequence in sequences:
            head = sequence[0]
            if not any(head in other[1:] for other in sequences):
                break
        else:
            raise NoLinearisation
        merged.append(head)
        for sequence in sequences:
            if sequence[0] is head:
                del sequence[0]
    return tuple(merged)


class Instance(Mutable):
    """An object of a class: `contents` are its attributes.

    `payload` is the built-in value inside an instance of a subclass of `list`, `dict`, `int`, ...; `site` is where it was made.
    """

    __slots__ = ("cls", "payload", "site")

    contents: dict[str, Value]

    def __init__(self, cls: ClassValue, site: Any = None, payload: Value = MISSING) -> None:
        super().__init__({})
        self.cls = cls
        self.site = site
        self.payload = payload

    def __repr__(self) -> str:
        return f"<{self.cls.name} instance>"


class FunctionValue(Mutable):
    """A function of the program: `contents` are its attributes, `defaults` those of its parameters by name.

    `owner` is the class in whose body it was defined, for `super()` without arguments.
    """

    __slots__ = ("defaults", "definition", "module", "name", "owner", "scope")

    contents: dict[str, Value]

    def __init__(
        self,
        name: str,
        definition: ir.FunctionDefinition | ir.Lambda,
        module: ModuleValue,
        scope: Scope | ModuleValue | None,
        defaults: dict[str, Value],
    ) -> None:
        super().__init__({})
        self.name = name
        self.definition = definition
        self.module = module
        self.scope = scope
        self.defaults = defaults
        self.owner: ClassValue | None = None


@record
class NativeFunction:
    """A function that is modelled in Python: called as `function(machine, *arguments, **keywords)`.

    `takes_unknown` for those that want to see unknown and undecided arguments themselves; `is_method` binds on attribute access.
    """

    name: str
    function: Callable[..., Value]
    takes_unknown: bool = False
    is_method: bool = True


@value
class BoundMethod:
    function: Value
    instance: Value


@record
class PropertyValue:
    getter: Value
    setter: Value = None
    deleter: Value = None
    is_cached: bool = False


@record
class StaticMethod:
    function: Value


@record
class ClassMethod:
    function: Value


@record
class SuperValue:
    """`super()`: attribute look-up goes on after `cls` in the resolution order of `instance` (or of the class that it is)."""

    cls: ClassValue
    instance: Value


@record
class PartialValue:
    """`functools.partial`: the function with the arguments that are already given."""

    function: Value
    positional: tuple[Value, ...]
    keywords: dict[str, Value]


@value
class FrameworkNamespace:
    """A dotted path below an import root that a plugin claims."""

    framework: Any
    path: str
