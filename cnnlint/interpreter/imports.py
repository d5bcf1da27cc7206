"""Imports: followed as source, lazily. A module is cut at statement borders; what a name needs is evaluated when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cnnlint.interpreter import attributes
from cnnlint.interpreter.dispatch import execute
from cnnlint.interpreter.frameworks import framework_value, tensor_class
from cnnlint.interpreter.machine import STATEMENT_STEPS, Frame, Machine, OutOfBudget, Promise, Raised
from cnnlint.interpreter.registries import Registries
from cnnlint.interpreter.special import InstanceDictionary
from cnnlint.interpreter.stdlib import standard_module
from cnnlint.paths import display_path
from cnnlint.plugin.framework import Framework, PythonSource
from cnnlint.source import NotAnalysed, SourceText, TopStatement, decode, read_source
from cnnlint.values import (
    MISSING,
    ClassValue,
    FrameworkNamespace,
    FrameworkNumber,
    FrameworkTuple,
    Instance,
    ListValue,
    ModuleValue,
    Tensor,
    Value,
)

HARMLESS = frozenset(
    [
        "absl",
        "clearml",
        "comet_ml",
        "hydra",
        "imageio",
        "logging",
        "loguru",
        "matplotlib",
        "mlflow",
        "neptune",
        "prettytable",
        "seaborn",
        "termcolor",
        "tqdm",
        "visdom",
        "wandb",
    ]
)
"""Packages that print, log or draw: passing a model or a list to them leaves it as it is. Plugins name those of their framework."""


class Pending:
    """What of a followed module has not been evaluated: lazy statements by the names they bind, the rest in order."""

    __slots__ = ("has_started", "lazy", "ordered", "stars")

    def __init__(self, statements: list[TopStatement]) -> None:
        self.ordered = [statement for statement in statements if not statement.lazy]
        self.lazy: dict[str, TopStatement] = {}
        for statement in statements:
            if statement.lazy:
                self.lazy.update(dict.fromkeys(statement.binds, statement))
        self.stars: list[Value] = []
        self.has_started = False


class Importer:
    """The modules of one analysis, and how names get from one to another."""

    def __init__(self, machine: Machine, displays: Mapping[Path, str] | None = None, texts: Mapping[Path, bytes] | None = None) -> None:
        self.machine = machine
        self.displays = displays or {}
        self.texts = texts or {}
        self.found: dict[tuple[Path, ...], dict[str, ModuleValue | None]] = {}
        self.local: tuple[Path, ...] = ()
        self.roots = {root: framework for framework in machine.registry.frameworks for root in framework.roots}
        self.files: dict[Path, ModuleValue] = {}
        self.evaluating = 0
        self.fulfilling: set[Promise] = set()
        self.main: ModuleValue | None = None
        self.resolving: set[tuple[ModuleValue, str]] = set()
        self.below: dict[tuple[Framework, str, str], Value] = {}
        self.registries = Registries(self)

    # Finding

    def look_from(self, folders: tuple[Path, ...]) -> None:
        """Let imports start at these folders of a file first."""
        self.local = folders
        self.below.clear()

    def find(self, name: str) -> Value:
        """The module under a dotted name: a framework's namespace, a modelled one, a source file's; MISSING if there is none."""
        framework = self.roots.get(name.partition(".")[0])
        if framework is not None:
            path = framework.path_of(name)
            is_followed = any(name == prefix or name.startswith(f"{prefix}.") for prefix in framework.followed)
            followed = self.source(name) if is_followed else MISSING
            if followed is MISSING:
                followed = self.followed_module(framework, path)
            return self.namespace(framework, path) if followed is MISSING else followed
        return self.source(name)

    def source(self, name: str) -> Value:
        """The module under a dotted name, modelled or of a source file, whoever claims its root; MISSING if there is none."""
        known = self.found.setdefault(self.local, {})
        if name not in known:
            known[name] = self.located(name)
        module = known[name]
        return MISSING if module is None else module

    def loaded(self) -> dict[str, ModuleValue]:
        """The modules that were found, by dotted name."""
        known = {name: module for name, module in self.found.get(self.local, {}).items() if module is not None}
        return known if self.main is None else {**known, "__main__": self.main}

    def followed_module(self, framework: Framework, path: str) -> Value:
        """The source of what a path of a framework's table stands for, where the plugin has it followed; MISSING if there is none."""
        for prefix in framework.followed:
            below = framework.path_of(prefix)
            if path == below or path.startswith(f"{below}."):
                found = self.source(f"{prefix}{path[len(below) :]}")
                if found is not MISSING:
                    return found
        return MISSING

    def is_harmless(self, name: str) -> bool:
        root = name.partition(".")[0]
        return root in HARMLESS or any(root in framework.harmless for framework in self.machine.registry.frameworks)

    def namespace(self, framework: Framework, path: str) -> Value:
        if not path:
            return FrameworkNamespace(framework, "")
        found = framework_value(self.machine, framework, path)
        return FrameworkNamespace(framework, path) if found is MISSING else found

    def located(self, name: str) -> ModuleValue | None:
        standard = standard_module(self.machine, name)
        if standard is not None:
            return standard
        relative = Path(*name.split("."))
        for folder in (*self.local[:1], *self.machine.search_path, *self.local[1:]):
            base = folder / relative
            for file, package in ((base / "__init__.py", name), (base.with_name(base.name + ".py"), name.rpartition(".")[0])):
                if file.is_file():
                    return self.source_module(name, file, package, self.shown(file, folder))
            if base.is_dir():
                module = ModuleValue(name, str(relative), name)
                module.pending = Pending([])
                module.pending.has_started = True
                return module
        return None

    def shown(self, file: Path, folder: Path) -> str:
        """A followed file's path as it is printed; one that is not installed belongs to the project."""
        if {"site-packages", "dist-packages"} & set(folder.parts) and file.resolve() not in self.displays:
            return file.relative_to(folder).as_posix()
        path = self.displays.get(file.resolve())
        if path is None:
            is_near = folder in self.local or file.resolve().is_relative_to(Path.cwd())
            path = display_path(file) if is_near else file.relative_to(folder).as_posix()
        self.machine.project_files.add(path)
        return path

    def source_module(self, name: str, file: Path, package: str, shown: str) -> ModuleValue:
        """A module whose statements wait in its file."""
        if file in self.files:
            return self.files[file]
        module = ModuleValue(name, shown, package)
        module.born = 0
        module.source = file
        self.files[file] = module
        return module

    # Looking names up

    def global_name(self, module: ModuleValue, name: str) -> Value:
        """A name of a module's globals, or a built-in one; MISSING if there is none."""
        found = self.own_name(module, name)
        if found is MISSING:
            found = self.machine.builtins.names.get(name, MISSING)
        if found is MISSING and self.may_have_more(module, set()):
            return self.machine.unknown(f"`{name}`, which may come of an `import *`")
        return found

    def may_have_more(self, module: ModuleValue, seen: set[ModuleValue]) -> bool:
        """Whether names of a module come of an `import *` from something of which not all names are known."""
        if module in seen or module.pending is None:
            return False
        seen.add(module)
        return any(
            not isinstance(source, ModuleValue) or source.source is None or self.may_have_more(source, seen)
            for source in module.pending.stars
        )

    def own_name(self, module: ModuleValue, name: str) -> Value:
        found = module.contents.get(name, MISSING)
        if found is MISSING and (module.pending is not None or module.source is not None):
            if module.pending is None or not module.pending.has_started:
                self.start(module)
                found = module.contents.get(name, MISSING)
            if found is MISSING and (name in module.pending.lazy or module.pending.stars):
                found = self.wake(module, name)
        return self.fulfil(found) if isinstance(found, Promise) else found

    def wake(self, module: ModuleValue, name: str) -> Value:
        """Evaluate the lazy statement that binds a name, or look it up where `from x import *` says."""
        statement = module.pending.lazy.get(name)
        if statement is not None:
            self.evaluate(module, statement)
            return module.contents.get(name, MISSING)
        for source in reversed(module.pending.stars):
            if not isinstance(source, (FrameworkNamespace, ModuleValue)):
                continue
            if isinstance(source, FrameworkNamespace):
                found = framework_value(self.machine, source.framework, f"{source.path}.{name}".lstrip("."))
            else:
                found = self.exported(source, name)
            if found is not MISSING:
                return found
        return MISSING

    def exported(self, module: ModuleValue, name: str) -> Value:
        """A name as `from module import *` gives it: one that `__all__` lists, or a public one where there is no such list."""
        if name.startswith("_") or (module, name) in self.resolving:
            return MISSING
        self.resolving.add((module, name))
        try:
            listed = self.own_name(module, "__all__")
            found = self.own_name(module, name)  # first, as a decorator may enter it in the list
            if isinstance(listed, ListValue) and isinstance(listed.contents, list) and name not in listed.contents:
                return MISSING
            return found
        finally:
            self.resolving.discard((module, name))

    def module_attribute(self, module: ModuleValue, name: str) -> Value:
        """`module.name`: a global, a submodule, or by a module's own `__getattr__`."""
        found = self.own_name(module, name)
        if found is not MISSING:
            return found
        if name == "__name__":
            return module.name
        if name == "__dict__":
            return InstanceDictionary(module)
        if name == "__file__":
            return self.machine.unknown("the file name of a module")
        if name in ("__doc__", "__spec__", "__loader__"):
            return None
        if name == "__package__":
            return module.package
        fallback = module.contents.get("__getattr__", MISSING)
        if fallback is not MISSING and module.source is None:
            return self.machine.door.call(fallback, name)
        below = self.submodule(module, name)
        if below is MISSING and fallback is not MISSING:
            return self.machine.door.call(fallback, name)
        return below

    def submodule(self, module: Value, name: str) -> Value:
        """A module inside a package."""
        is_package = isinstance(module, ModuleValue) and module.package == module.name
        return self.find(f"{module.name}.{name}") if is_package else MISSING

    def framework_attribute(self, namespace: FrameworkNamespace, name: str) -> Value:
        """`torch.nn`, `torch.nn.Conv2d`: what the plugin says, else a deeper namespace; Unknown where it knows neither."""
        framework = namespace.framework
        patched = self.machine.patched.contents
        if patched and (own := (framework.name, framework.canonical(f"{namespace.path}.{name}".lstrip(".")))) in patched:
            return patched[own]
        key = (framework, namespace.path, name)
        found = self.below.get(key, MISSING)
        if found is not MISSING:
            return found
        path = framework.canonical(f"{namespace.path}.{name}" if namespace.path else name)
        found = self.followed_module(framework, path)
        if found is MISSING:
            found = framework_value(self.machine, framework, path)
        if found is MISSING and (not path or framework.is_namespace(path)):
            found = FrameworkNamespace(framework, path)
        if found is not MISSING:
            self.below[key] = found
            return found
        if name == "__version__":
            return self.machine.unknown("the version of a framework", is_free=True)
        return self.machine.unknown(f"`{framework.name}.{path}` is not known", is_harmless=framework.name in framework.harmless)

    def patch(self, namespace: FrameworkNamespace, name: str, value: Value) -> None:
        """The program puts something of its own in the place of a framework's."""
        machine, framework = self.machine, namespace.framework
        machine.store.touch(machine.patched)
        machine.patched.contents[framework.name, framework.canonical(f"{namespace.path}.{name}".lstrip("."))] = value

    def tensor_class(self, value: Value) -> ClassValue | None:
        return tensor_class(self.machine, value) if isinstance(value, (Tensor, FrameworkNumber, FrameworkTuple)) else None

    def fulfil(self, promise: Promise) -> Value:
        """What an import bound a name to."""
        if promise.name is None:
            return promise.module
        if promise in self.fulfilling:
            found = self.submodule(promise.module, promise.name)
        else:
            self.fulfilling.add(promise)
            try:
                found = attributes.find_attribute(self.machine, promise.module, promise.name)
            finally:
                self.fulfilling.discard(promise)
        if found is MISSING:
            return self.machine.unknown(f"`{promise.name}` is not found in module `{getattr(promise.module, 'name', '?')}`")
        return found

    # Evaluating

    def introduce(self, module: ModuleValue, name: str) -> None:
        """The names that every module has before its first statement."""
        module.contents.update(__name__=name, __package__=module.package, __doc__=None, __spec__=None)
        module.contents["__file__"] = self.machine.unknown("the file name of a module", is_free=True)
        module.contents["__path__"] = self.machine.unknown("the search path of a package", is_free=True)

    def text_of(self, module: ModuleValue) -> SourceText | None:
        """The source of a followed module, read once; None where it is not text."""
        if isinstance(module.source, Path):
            try:
                data = self.texts.get(module.source.resolve()) if self.texts else None
                module.source = read_source(module.source, module.path) if data is None else decode(data, module.path)
            except (NotAnalysed, OSError):
                return None
        return module.source if isinstance(module.source, SourceText) else None

    def mentions(self, module: ModuleValue, name: str) -> bool:
        """Whether a name stands anywhere in a module's text: much cheaper to ask than to parse it."""
        source = self.text_of(module)
        return source is not None and name in source.text

    def start(self, module: ModuleValue) -> None:
        """Read a module's file, if that was not done, and run what of its top level does not wait for a name."""
        if module.pending is None:
            self.introduce(module, module.name)
            source = self.text_of(module)
            try:
                module.pending = Pending([] if source is None else self.machine.cache.cut(source))
            except NotAnalysed:
                module.pending = Pending([])
        pending: Pending = module.pending
        if pending.has_started:
            return
        pending.has_started = True
        for statement in pending.ordered:
            self.evaluate(module, statement)

    def evaluate(self, module: ModuleValue, statement: TopStatement) -> None:
        """Run one top-level statement of a followed module, outside every path of the analysis.

        Its steps are its own, since whichever file is analysed first would pay for all others.
        """
        machine = self.machine
        pending: Pending = module.pending
        for name in statement.binds:
            if pending.lazy.get(name) is statement:
                del pending.lazy[name]
        before = (machine.at, machine.assumed, machine.catching, machine.is_speculative, machine.muted, machine.steps)
        machine.at, machine.assumed, machine.catching, machine.is_speculative = None, {}, [], False
        machine.steps = STATEMENT_STEPS
        machine.muted += 1
        self.evaluating += 1
        frame = Frame(machine, module, module)
        with machine.store.outside():
            try:
                for node in machine.cache.lower_part(module.source, statement.first_line, statement.last_line).body:
                    execute(frame, node)
                self.registries.settle(module, statement.binds)
            except (Raised, NotAnalysed, OutOfBudget) as stopped:
                place = None if isinstance(stopped, NotAnalysed) else stopped.site
                for name in statement.binds:
                    module.contents.setdefault(name, machine.unknown(f"`{name}` of module `{module.name}` {why_not(stopped)}", place))
            finally:
                self.evaluating -= 1
                machine.at, machine.assumed, machine.catching, machine.is_speculative, machine.muted, machine.steps = before
                if frame.splits:
                    frame.splits.clear()

    def plugin_source(self, framework: Framework, definition: PythonSource) -> Value:
        """A name that a plugin defines in ordinary Python."""
        import importlib.resources

        file = Path(str(importlib.resources.files(definition.package).joinpath(definition.file)))
        module = self.source_module(f"{framework.name}.{file.stem}", file, "", f"<{framework.name}>/{definition.file}")
        found = self.own_name(module, definition.name)
        if isinstance(found, ClassValue):
            found.module, _, found.name = f"{framework.name}.{self.public_path(framework, definition)}".rpartition(".")
            found.qualified = f"{found.module}.{found.name}"
        return found

    def public_path(self, framework: Framework, definition: PythonSource) -> str:
        return next(path for path, declared in framework.table.items() if declared is definition)


def why_not(stopped: Raised | NotAnalysed | OutOfBudget) -> str:
    """Why a statement defines nothing."""
    match stopped:
        case Raised():
            return f"is not defined: {described_exception(stopped.exception)}"
        case NotAnalysed():
            return stopped.reason
    return f"is not known: {stopped}"


def described_exception(exception: Instance) -> str:
    """An exception as Python prints it."""
    arguments = exception.contents.get("args", ())
    text = next((argument for argument in arguments if isinstance(argument, str)), "") if isinstance(arguments, tuple) else ""
    return f"{exception.cls.name}: {text}" if text else exception.cls.name
