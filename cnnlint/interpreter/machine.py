"""The state of one analysis: the store, the budgets, the places, what was found; and the frames of calls."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from cnnlint.failures import LayerFailure
from cnnlint.graph import Place
from cnnlint.interpreter.known import InputDefaults
from cnnlint.interpreter.store import Delta, Store
from cnnlint.record import record, value
from cnnlint.source import IrCache, SourceText, ir
from cnnlint.values import DictValue, FunctionValue, Instance, ModuleValue, Mutable, Scope, Unknown, Value

if TYPE_CHECKING:
    from cnnlint.interpreter.builtins import Builtins
    from cnnlint.interpreter.door import InterpreterDoor
    from cnnlint.interpreter.hot_loops import HotLoops
    from cnnlint.interpreter.imports import Importer
    from cnnlint.interpreter.recorder import Recorder
    from cnnlint.interpreter.stating import Statements

STEPS = 60_000_000
"""The most that one entry may take: the module body, or the run of a model."""
STATEMENT_STEPS = STEPS // 4
"""The most that one statement of a module body may take, so that what stands below it is looked at too."""
SPECULATIVE_STEPS = 4_000_000
"""The most that all functions which nobody calls, and all classes which nobody builds, may take in one file."""
DEEPEST_CALL = 400
MOST_ELEMENTS = 2_000_000
MOST_DIGITS = 4_000


@record
class Site:
    """A node that is being evaluated, in the body of `function` (None for a module's), which was called from `parent`."""

    node: ir.Node
    path: str
    function: FunctionValue | None
    parent: Site | None

    @property
    def place(self) -> Place:
        return Place(self.path, self.node.span)


class OutOfBudget(Exception):
    """The analysis of this entry took too many steps; the message says so, `site` is where it stood then."""

    def __init__(self, reason: str, site: Site) -> None:
        super().__init__(reason)
        self.site = site


class Raised(Exception):
    """The program raises: unwinds the interpreter to the handler, or to the entry.

    `failure` is set when cnnlint found the fault itself; `exception` is the instance that handlers see.
    `is_uncaught` once it came to the end of an entry, `is_reported` once a finding was made of it.
    """

    def __init__(self, exception: Value, failure: LayerFailure | None = None, site: Site | None = None) -> None:
        super().__init__()
        self.exception = exception
        self.failure = failure
        self.site = site
        self.is_reported = False
        self.is_uncaught = False


@record
class Promise:
    """A name that an import binds, and that is looked up when it is first used: `name` of `module`, or the module itself."""

    module: Value
    name: str | None


@dataclass(slots=True)
class Split:
    """A path that left a block early while the rest of the block went on under the opposite assumption.

    The journal that was open since is the innermost one when the split is the last of its frame.
    """

    path: frozenset[tuple[Hashable, bool]]
    outcome: Outcome
    delta: Delta


@value
class Outcome:
    """How a block ended: `kind` is `normal`, `return`, `raise`, `break` or `continue`."""

    kind: str
    value: Value = None


NORMAL = Outcome("normal")
BREAK = Outcome("break")
CONTINUE = Outcome("continue")


@dataclass(slots=True, eq=False)
class Frame:
    """One activation of a module body, class body or function."""

    machine: Machine
    module: ModuleValue
    scope: Scope | ModuleValue
    function: FunctionValue | None = None
    site: Site | None = None
    is_class_body: bool = False
    outer: Frame | None = None
    locals: frozenset[str] = frozenset()
    global_names: set[str] = field(default_factory=set)
    splits: list[Split] = field(default_factory=list)
    yields: list[Value] | Unknown | None = None
    handled: Raised | None = None
    journals: int = 0

    def here(self, node: ir.Node) -> Site:
        return Site(node, self.module.path, self.function, self.site)


At: TypeAlias = "tuple[Frame, ir.Node] | Site | None"
"""Where the analysis stands; a `Site` is made of it only where somebody asks, since few do."""


def site_at(at: At) -> Site | None:
    return at[0].here(at[1]) if isinstance(at, tuple) else at


class Standing:
    """Lets what is evaluated stand at a node; a generator's context manager takes four times as long."""

    __slots__ = ("at", "before", "machine")

    def __init__(self, machine: Machine, at: At) -> None:
        self.machine = machine
        self.at = at

    def __enter__(self) -> None:
        self.before, self.machine.at = self.machine.at, self.at

    def __exit__(self, *raised: object) -> None:
        self.machine.at = self.before


class Activation(NamedTuple):
    """A call of a function that has not returned: how many conditions were assumed then, and its arguments."""

    assumptions: int
    arguments: tuple[Value, ...]


class Patched(Mutable):
    """What the program assigned to attributes of frameworks' modules, by the framework's name and the path."""

    __slots__ = ()

    contents: dict[tuple[str, str], Value]


NOWHERE = ir.Span(1, 0, 1, 0)


class Machine:
    """What every part of the interpreter shares during one analysis."""

    def __init__(self, registry: Any, search_path: tuple[Path, ...]) -> None:
        self.registry = registry
        self.search_path = search_path
        self.store = Store()
        self.steps = STEPS
        self.depth = 0
        self.derivations: dict[tuple[Unknown, Hashable], Unknown] = {}
        self.parts: dict[Unknown, tuple[Mutable, ...]] = {}
        self.active: dict[int, tuple[Activation, ...]] = {}
        self.at: At = None
        self.assumed: dict[Hashable, bool] = {}
        self.catching: list[tuple[Value, ...]] = []
        self.muted = 0
        self.decorated: set[FunctionValue] = set()
        self.called_back: dict[Instance, dict[str, Unknown]] = {}
        self.is_speculative = False
        self.is_built_by_code = False
        self.framework_values: dict[tuple[str, str], Value] = {}
        self.plans: dict[tuple[Value, ...], Any] = {}
        self.framework_states: dict[str, DictValue] = {framework.name: DictValue() for framework in registry.frameworks}
        self.patched = Patched({})
        self.input_defaults = InputDefaults()
        self.project_files: set[str] = set()
        self.cache = IrCache()
        self.stated_shapes: dict[ModuleValue, Any] = {}
        self.naming: Callable[[Instance], dict[Instance, str]] = lambda model: {}
        self.own_name: Callable[[Instance], str] = lambda module: ""
        self.hot_loops: HotLoops
        self.importer: Importer
        self.recorder: Recorder
        self.builtins: Builtins
        self.statements: Statements
        self.door: InterpreterDoor

    @property
    def site(self) -> Site | None:
        """Where the analysis stands, and from where it got there."""
        return site_at(self.at)

    def unknown(
        self, reason: str, site: Site | None = None, *, is_free: bool = False, is_harmless: bool = False, item: Value = None
    ) -> Unknown:
        """A fresh unknown value whose cause is at `site`, or where the analysis stands now."""
        at = site or self.site
        return Unknown(reason, at.place if at else None, is_free, is_harmless, item=item)

    def derived(self, cause: Unknown, step: Hashable = None) -> Unknown:
        """What comes of something unknown: unknown for the same first cause, but a value of its own.

        The same `step` (an attribute's name, a comparison with a known value) from the same value gives the same value again, so
        that a condition that is asked twice is one condition.
        """
        key = (cause, step)
        if step is not None and key in self.derivations:
            return self.derivations[key]
        made = Unknown(cause.reason, cause.place, cause.is_free, cause.is_harmless)
        if step is not None:
            self.derivations[key] = made
        return made

    def refused(self, reason: str) -> Unknown:
        """A value that the program may well make, but that is too large or too deep to follow: the user is told."""
        cause = self.unknown(reason)
        self.recorder.refusals.append(cause)
        return cause

    def forget_states(self) -> None:
        """Let what comes now find every framework as at the start of a program."""
        for state in self.framework_states.values():
            if state.contents:
                self.store.touch(state)
                state.contents = {}

    def reset_paths(self) -> None:
        """Forget where a path stood when it was broken off."""
        self.at, self.assumed, self.catching, self.depth, self.muted, self.active = None, {}, [], 0, 0, {}

    def is_project_file(self, path: str) -> bool:
        """Whether findings may stand in this file: it is linted, or belongs to the same project."""
        return path in self.project_files

    def source_of(self, path: str) -> SourceText | None:
        """The text of the file that is analysed, or of one that was followed from it, by its printed path."""
        if self.statements.source.path == path:
            return self.statements.source
        module = next((module for module in self.importer.files.values() if module.path == path), None)
        return None if module is None else self.importer.text_of(module)

    def is_shown(self, path: str) -> bool:
        """Whether a path names a file at all, and not Python that a plugin brings along."""
        return not path.startswith("<")

    @contextmanager
    def assuming(self, path: frozenset[tuple[Hashable, bool]]) -> Iterator[None]:
        """Take conditions as given while a path is evaluated."""
        before = self.assumed
        self.assumed = {**before, **dict(path)}
        try:
            yield
        finally:
            self.assumed = before

    def standing(self, frame: Frame, node: ir.Node) -> Standing:
        """Let what is evaluated stand at a node."""
        return Standing(self, (frame, node))

    def standing_at(self, site: Site) -> Standing:
        """Let what is evaluated stand where something else stood."""
        return Standing(self, site)

    def is_under_splits(self, frame: Frame) -> bool:
        """Whether only some way through the frame's body gets here."""
        return bool(frame.splits) or len(self.store.journals) > frame.journals

    @property
    def is_guarded(self) -> bool:
        """Whether this path may be one that no run takes: it stands under a condition that only we do not know."""
        return any(not is_free(condition) for condition in self.assumed)


def is_free(condition: Hashable) -> bool:
    """Whether some run really takes either way, so that a failure on one way is a failure of some run."""
    return isinstance(condition, Unknown) and condition.is_free
