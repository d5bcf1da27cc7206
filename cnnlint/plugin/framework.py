"""A framework as its plugin describes it: a table from dotted paths to what they mean, and the framework's conventions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cnnlint.dims import Dim, Shape
from cnnlint.plugin.native import Convention
from cnnlint.plugin.operation import Operation, Parameter, parameters_of
from cnnlint.record import record, value
from cnnlint.values import Tensor, Value

Function = TypeVar("Function", bound=Callable[..., Any])
Class = TypeVar("Class", bound=type)


@dataclass(frozen=True, slots=True)
class Built:
    """What the first call of a layer adds to it: parameters and buffers by name (None for an absent one), and attributes."""

    parameters: Mapping[str, Shape | tuple[Dim, ...] | None] = field(default_factory=dict)
    buffers: Mapping[str, Shape | tuple[Dim, ...] | Tensor | None] = field(default_factory=dict)
    attributes: Mapping[str, Value] = field(default_factory=dict)


@record
class LayerDeclaration:
    """A layer: what its constructor takes and allocates, and what a call computes.

    `declared` is the plugin's class with the functions `parameters` (constructor signature; returns the parameters' shapes by
    name, None for an absent one), and optionally `buffers`, `attributes` and `children` (same signature; the last gives the path of
    each child's class and its arguments, by name), `forward` (self, *inputs) and `build` (self, *inputs; run by the first call).
    `counts_macs` for layers whose MACs the summary counts.
    """

    path: str
    declared: type
    bases: tuple[str, ...]
    fixed: Mapping[str, Any]
    parameters: tuple[Parameter, ...]
    counts_macs: bool
    hides: tuple[str, ...] = ()


@record
class NativeDeclaration:
    """A function, method or computed attribute that sees the interpreter: called as `function(door, *arguments, **keywords)`."""

    path: str
    function: Callable[..., Any]
    takes_unknown: bool
    is_attribute: bool = False


@record
class ClassDeclaration:
    """A class of the framework that is no layer, or the base of all: its members are natives, found under `path.name`."""

    path: str
    bases: tuple[str, ...]


@value
class Constant:
    """A value under a path: a dtype, a number, a function that needs no interpreter."""

    value: Value


@value
class Alias:
    path: str


@value
class Transparent:
    """A decorator, context manager or wrapper that changes no shape: called with a function it gives it back."""

    path: str


@value
class PythonSource:
    """A module of ordinary Python beside the plugin that the interpreter evaluates; `name` is looked up in it."""

    package: str
    file: str
    name: str


@value
class Meaning:
    """What an error of the framework says, a way out, and which layer it is about: its name, or sizes that it was built with."""

    text: str
    help: str = ""
    layer: str = ""
    arguments: tuple[tuple[str, int], ...] = ()


Definition = Operation | LayerDeclaration | NativeDeclaration | ClassDeclaration | Constant | Alias | Transparent | PythonSource


class Framework:
    """The table of one framework, and its conventions.

    The modules of `package` fill the table: they are imported when something of the framework is asked for the first time, so that
    a framework that no file uses costs nothing. After that the table is only read.
    """

    def __init__(
        self,
        name: str,
        roots: tuple[str, ...],
        *,
        module: str,
        tensor: str = "Tensor",
        parameter: str = "Parameter",
        followed: tuple[str, ...] = (),
        reexports: Mapping[str, str] | None = None,
        harmless: tuple[str, ...] = (),
        synonyms: Mapping[str, str] | None = None,
        package: str | None = None,
        branches: Mapping[str, str] | None = None,
        moved: Mapping[str, str] | None = None,
        arrays: Framework | None = None,
    ) -> None:
        """`module`, `tensor` and `parameter` are the paths of the base classes; `followed` are modules below the roots that are
        read as source; `reexports` maps path prefixes to those under which the same names are declared; `harmless` are packages
        beside the framework that log, count or drive training and leave what they are given as it is; `synonyms` are keywords that
        every operation also takes, with the parameter that each of them means; `package` holds the modules that fill the table.
        Of several roots each may have a branch of the table for itself (`branches`); below the paths of `moved` stands what stands
        below another path, names of all depths included. A framework that has no tensors of its own has those of `arrays`.
        """
        self.name = name
        self.roots = roots
        self.module = module
        self.tensor = tensor
        self.parameter = parameter
        self.arrays = self if arrays is None else arrays
        self.followed = followed
        self.harmless = harmless
        self.reexports = dict(reexports or {})
        self.synonyms = dict(synonyms or {})
        self.branches = dict(branches or {})
        self.moved = dict(moved or {})
        self.table: dict[str, Definition] = {}
        self.members: dict[str, list[str]] = {}
        self.families: dict[str, str] = {}
        self.messages: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Meaning]]] = []
        self.convention: Convention | None = None
        self.finish: Callable[[Operation, tuple[Value, ...], Mapping[str, Value], Value], None] | None = None
        """Called after each operation, with its arguments and what it gave."""
        self.as_tensor: Callable[[Value], Value] | None = None
        """What an operation makes of an argument where it wants a tensor: a tensor of what it takes as one, else the same."""
        self.when_broken: Callable[[Framework, Exception], None] | None = None
        """Told why the table could not be filled; without it the exception is raised."""
        self.package = package
        self.is_loaded = package is None
        self._last_words: list[Callable[[Framework], None]] = []

    def load(self) -> None:
        """Import the modules that fill the table, once. After a failure nothing is in it, so that nothing of the framework is known."""
        if self.is_loaded or self.package is None:
            return
        self.is_loaded = True
        try:
            self._fill(self.package)
        except Exception as error:
            if self.when_broken is None:
                raise
            self.convention = self.finish = self.as_tensor = None
            for part in (self.table, self.members, self.families):
                part.clear()
            self.when_broken(self, error)

    def _fill(self, name: str) -> None:
        import importlib
        import pkgutil

        for module in pkgutil.iter_modules(importlib.import_module(name).__path__):
            importlib.import_module(f"{name}.{module.name}")
        for complete in self._last_words:
            complete(self)

    def when_complete(self, function: Callable[[Framework], None]) -> Callable[[Framework], None]:
        """Declare a function that runs once all modules have filled the table, to add what follows from it."""
        self._last_words.append(function)
        return function

    def _declare(self, path: str, definition: Definition) -> None:
        if path in self.table:
            raise ValueError(f"{self.name}.{path} is declared twice")
        self.table[path] = definition
        owner, _, name = path.rpartition(".")
        self.members.setdefault(owner, []).append(name)

    def op(self, *paths: str, **fixed: Any) -> Callable[[Callable[..., Any] | Operation], Operation]:
        """Declare a function on shapes under these paths; `fixed` arguments are the plugin's, not the user's."""

        def declare(function: Callable[..., Any] | Operation) -> Operation:
            plain = function.function if isinstance(function, Operation) else function
            for path in paths:
                self._declare(path, Operation(path.rpartition(".")[2], plain, self, fixed))
            return function if isinstance(function, Operation) else Operation(plain.__name__, plain, self, {})

        return declare

    def layer(
        self,
        *paths: str,
        bases: tuple[str, ...] = (),
        counts_macs: bool = False,
        hides: tuple[str, ...] = (),
        **fixed: Any,
    ) -> Callable[[Class], Class]:
        """Declare a layer class under these paths; `hides` are arguments accepted and ignored (`device`, `dtype`)."""

        def declare(declared: Class) -> Class:
            for path in paths:
                parameters = parameters_of(declared.parameters, fixed)  # type: ignore[attr-defined]
                hidden = tuple(name for name in hides if all(name != parameter.name for parameter in parameters))
                self._declare(path, LayerDeclaration(path, declared, bases or (self.module,), fixed, parameters, counts_macs, hidden))
            return declared

        return declare

    def native(self, *paths: str, takes_unknown: bool = False) -> Callable[[Function], Function]:
        """Declare a function that sees the interpreter, under these paths.

        `__getattr__` and `__setattr__` only look at what an instance holds, or put something there: no operation is recorded of them.
        """

        def declare(function: Function) -> Function:
            for path in paths:
                self._declare(path, NativeDeclaration(path, function, takes_unknown))
            return function

        return declare

    def attribute(self, *paths: str) -> Callable[[Function], Function]:
        """Declare attributes that are computed: the function is called as `function(door, owner)` when one is read."""

        def declare(function: Function) -> Function:
            for path in paths:
                self._declare(path, NativeDeclaration(path, function, takes_unknown=True, is_attribute=True))
            return function

        return declare

    def cls(self, path: str, *bases: str) -> None:
        """Declare a class whose methods are the natives and operations under `path.`.

        Two of them are hooks: `__created__` takes a class that the program made below this one and gives the class that it shall be;
        `__calls__` is called in place of every method that the program defines in a class below, with the instance, the method and
        its arguments, and in place of whatever a call of an instance runs: for frameworks that wrap the methods of modules, or
        have nothing of their own between a module and its `__call__`.
        """
        self._declare(path, ClassDeclaration(path, bases))

    def family(self, path: str, *members: str) -> None:
        """Let layers inherit from the class under `path` where they would from the base class of all modules."""
        self.families.update(dict.fromkeys(members, path))

    def constant(self, path: str, value: Value) -> None:
        self._declare(path, Constant(value))

    def alias(self, path: str, *others: str) -> None:
        """Let other paths mean what `path` means."""
        for other in others:
            self._declare(other, Alias(path))

    def transparent(self, *paths: str) -> None:
        """Declare decorators, context managers and wrappers that change nothing that matters here."""
        for path in paths:
            self._declare(path, Transparent(path))

    def python(self, package: str, file: str, prefix: str, *names: str) -> None:
        """Declare names that are defined as ordinary Python in `file` of `package`, which the interpreter evaluates."""
        for name in names:
            self._declare(f"{prefix}.{name}" if prefix else name, PythonSource(package, file, name))

    def message(self, pattern: str) -> Callable[[Callable[[re.Match[str]], Meaning]], Callable[[re.Match[str]], Meaning]]:
        """Declare what an error means whose text, with single spaces, has the pattern in it."""

        def declare(function: Callable[[re.Match[str]], Meaning]) -> Callable[[re.Match[str]], Meaning]:
            self.messages.append((re.compile(pattern), function))
            return function

        return declare

    def path_of(self, module: str) -> str:
        """The path in the table that a module's dotted name, below one of the roots, stands for."""
        root, _, rest = module.partition(".")
        return self.canonical(f"{self.branches.get(root, '')}.{rest}".strip("."))

    def canonical(self, path: str) -> str:
        """A path as the table has it, where the tree of names that it is in stands elsewhere."""
        for prefix, target in self.moved.items():
            if path == prefix or path.startswith(f"{prefix}."):
                return self.canonical(f"{target}{path[len(prefix) :]}".lstrip("."))
        return path

    def find(self, path: str) -> Definition | None:
        """What a path means, through aliases and re-exporting paths; None where the plugin does not know it."""
        self.load()
        path = self.canonical(path)
        definition = self.table.get(path)
        if definition is None:
            for prefix, target in self.reexports.items():
                if path.startswith(prefix):
                    name = path[len(prefix) :].rpartition(".")[2]
                    definition = self.table.get(f"{target}.{name}" if target else name)
                    if definition is not None:
                        break
        return self.find(definition.path) if isinstance(definition, Alias) else definition

    def is_namespace(self, path: str) -> bool:
        """Whether something is declared below a path."""
        self.load()
        return path in self.members or any(prefix.startswith(f"{path}.") for prefix in (*self.members, *self.reexports))
