"""The analysis of files and targets: the one door through which the engine uses the interpreter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cnnlint.edits import placed
from cnnlint.errors import CnnlintError, closest
from cnnlint.graph import FileAnalysis, Model, Occurrence, UnknownPart, WindowCall, with_places
from cnnlint.interpreter import expressions, importing, loops, statements
from cnnlint.interpreter.assuming import stated_shapes
from cnnlint.interpreter.biases import judge_biases
from cnnlint.interpreter.builtins import Builtins
from cnnlint.interpreter.candidates import Candidate
from cnnlint.interpreter.door import InterpreterDoor
from cnnlint.interpreter.entries import FileEntry, evaluate_target, parsed_expression
from cnnlint.interpreter.explanations import Asked, Explained, explained
from cnnlint.interpreter.history import History, Step
from cnnlint.interpreter.hot_loops import HotLoops
from cnnlint.interpreter.imports import Importer
from cnnlint.interpreter.known import NO_DEFAULTS, InputDefaults, KnownModel, known_inputs, names_of
from cnnlint.interpreter.machine import NOWHERE, Machine
from cnnlint.interpreter.models import first_names, framework_of
from cnnlint.interpreter.recorder import Recorder
from cnnlint.interpreter.refitting import Proposal, proposals
from cnnlint.interpreter.stating import Statements
from cnnlint.interpreter.writing import settled
from cnnlint.paths import display_path
from cnnlint.plugin import Registry
from cnnlint.source import IrCache, NotAnalysed, SourceText, StatedInput, decode, decode_file, ir, read_source
from cnnlint.values import MISSING, Instance, ModuleValue, Unknown

TABLES = (expressions, importing, loops, statements)
"""The modules that fill the tables of `dispatch`."""


NOTEBOOK_NAMES = ("get_ipython", "display", "In", "Out", "_", "__", "___", "_i", "_ii", "_iii", "_ih", "_oh", "_dh")
"""What IPython defines beside Python's own names."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a command is about: a file or a dotted module, and perhaps an expression in its scope. `text` is as it was given."""

    text: str
    file: Path | None
    module: str | None
    expression: str | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A model, and the windows of the run that it shows."""

    model: Model
    windows: tuple[WindowCall, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A model, and changes of the source that may let it run where it fails."""

    model: Model
    proposals: tuple[Proposal, ...]


class BuildingFails(Exception):
    """The expression of a target can't be evaluated: `occurrence` is the failure, with an empty path where it lies in the expression."""

    def __init__(self, text: str, occurrence: Occurrence) -> None:
        super().__init__(text)
        self.occurrence = occurrence


class Analyser:
    """Analyses files with one set of plugins and one search path; imported modules are read once for all files.

    A folder that is itself a package is no place where imports start. `displays` are the printed paths of files that are known to
    belong to the project, by their resolved paths, and `texts` what some of them hold instead of what lies on the disk; `cache` is
    the folder where parsed sources are kept; `with_sizes` asks for the input sizes that each model takes, `with_samples` for trying
    some where not all conditions are known; `input_defaults` complete what is stated of inputs.
    """

    def __init__(
        self,
        registry: Registry,
        search_path: Sequence[Path],
        *,
        train: bool = False,
        max_file_size: int = 5_000_000,
        with_sizes: bool = False,
        with_samples: bool = False,
        displays: Mapping[Path, str] | None = None,
        texts: Mapping[Path, bytes] | None = None,
        cache: Path | None = None,
        input_defaults: InputDefaults = NO_DEFAULTS,
    ) -> None:
        self.train = train
        self.with_sizes = with_sizes
        self.with_samples = with_samples
        self.max_file_size = max_file_size
        self.texts = texts or {}
        folders = tuple(folder for folder in search_path if not (folder / "__init__.py").is_file())
        self.folders = folders
        machine = Machine(registry, folders)
        machine.cache = IrCache(cache)
        machine.input_defaults = input_defaults
        machine.hot_loops = HotLoops()
        machine.importer = Importer(machine, displays, texts)
        machine.project_files.update(machine.importer.displays.values())
        machine.recorder = Recorder(machine)
        machine.builtins = Builtins(machine)
        machine.door = InterpreterDoor(machine)
        machine.naming = lambda model: first_names(framework_of(machine, model), model)  # type: ignore[arg-type]
        machine.own_name = lambda module: framework_of(machine, module).convention.own_name(module)  # type: ignore[union-attr]
        self.machine = machine

    def check_file(self, source: SourceText, path: Path | None, known: Sequence[KnownModel] = ()) -> FileAnalysis:
        """All that is found out about one file.

        Raises NotAnalysed where the file is not Python.
        """
        entry = self.open(source, path)
        try:
            entry.run_body()
            models = entry.models(known)
            return self.analysis(entry, models)
        finally:
            self.close()

    def analysis(self, entry: FileEntry, models: Sequence[Model]) -> FileAnalysis:
        recorder = self.machine.recorder
        judge_biases(recorder)
        occurrences = (*settled(recorder), *recorder.oddities.values())
        for occurrence in (*occurrences, *(model.error for model in models)):
            if occurrence is not None:
                occurrence.failure.forget()
        return FileAnalysis(
            entry.source.path,
            tuple(models),
            occurrences,
            tuple(recorder.windows.values()),
            tuple(self.given_up(entry)),
            self.machine.statements.malformed,
            tuple(entry.unbuilt),
        )

    def given_up(self, entry: FileEntry) -> Iterator[UnknownPart]:
        """Where the analysis of this file met a limit of its own, each place once."""
        seen = set()
        for cause in (*entry.unknown, *self.machine.recorder.refusals):
            if cause.place is not None and cause.place.path == entry.source.path and cause.place not in seen:
                seen.add(cause.place)
                yield UnknownPart(cause.place, cause.reason)

    def save(self) -> None:
        """Keep what was parsed for the next run."""
        self.machine.cache.save()

    def source_of(self, path: str) -> SourceText | None:
        """The text of a project's module that was read because a file imports it, by its printed path."""
        for module in self.machine.importer.files.values():
            if module.path == path and path in self.machine.project_files and isinstance(module.source, SourceText):
                return module.source
        return None

    def summarise(self, target: Target, inputs: Sequence[StatedInput], known: Sequence[KnownModel] = ()) -> tuple[Model, ...]:
        """The models of a target, called with `inputs`, or else as it is known of them.

        Raises CnnlintError where the target is not found or is no model, BuildingFails where it can't be built, NotAnalysed where a
        file is not Python.
        """
        return tuple(each.model for each in self.measured(target, inputs, known))

    def measured(self, target: Target, inputs: Sequence[StatedInput], known: Sequence[KnownModel] = ()) -> tuple[Measured, ...]:
        """The models of a target as `summarise` gives them, each with its windows; raises as that does."""
        entry = self.opened(target)
        source = entry.source
        try:
            if target.file is not None:
                entry.run_body()
            models = self.models_of(entry, target, inputs, known)
            windows = tuple(windows_of(entry, model) for model in models)
            if source.cells:
                models, windows = with_places((models, windows), lambda place: placed(place, {source.path: source}))
            return tuple(map(Measured, models, windows))
        except BuildingFails as error:
            raise BuildingFails(target.text, with_places(error.occurrence, lambda place: placed(place, {source.path: source}))) from None
        finally:
            self.close()

    def proposed(self, target: Target, inputs: Sequence[StatedInput], known: Sequence[KnownModel] = ()) -> tuple[Proposed, ...]:
        """The models of a target as `summarise` gives them, each with what may mend it if it fails; raises as that does."""
        recorder = self.machine.recorder
        recorder.history = History(self.machine)
        try:
            entry = self.opened(target)
            if target.file is not None:
                entry.run_body()
            models = self.models_of(entry, target, inputs, known)
            return tuple(Proposed(model, tuple(self.proposals(entry, model, recorder.history.steps))) for model in models)
        finally:
            recorder.history = None
            self.close()

    def proposals(self, entry: FileEntry, model: Model, steps: Sequence[Step]) -> Iterator[Proposal]:
        """What may mend the failure of a model's run."""
        shown = next((each for each in entry.shown if each.model is model), None)
        framework = framework_of(self.machine, shown.instance) if shown is not None else None
        if shown is not None and shown.run is not None and framework is not None and model.error is not None:
            yield from proposals(self.machine, framework, [step for step in steps if step.run is shown.run])

    def opened(self, target: Target) -> FileEntry:
        """Parse what a target names, and prepare for its evaluation."""
        if target.file is not None:
            data = self.texts.get(target.file.resolve())
            display = display_path(target.file)
            if data is not None:
                return self.open(decode_file(data, target.file, display, self.max_file_size), target.file)
            return self.open(read_source(target.file, display, self.max_file_size), target.file)
        return self.open_module(target.module or "", target.expression)

    def models_of(self, entry: FileEntry, target: Target, inputs: Sequence[StatedInput], known: Sequence[KnownModel]) -> tuple[Model, ...]:
        """The models of a file, or that of a target's expression."""
        if target.expression is None:
            return tuple(entry.models([KnownModel("", inputs=tuple(inputs))] if inputs else known))
        return (self.model_of(entry, target, inputs, known),)

    def explain(self, target: Target, asked: Asked, inputs: Sequence[StatedInput], known: Sequence[KnownModel] = ()) -> Explained:
        """What is asked for of a target's models: what steps of theirs get and give, and where the sizes come from.

        Raises as `summarise` does.
        """
        recorder = self.machine.recorder
        recorder.history = History(self.machine)
        try:
            entry = self.opened(target)
            if target.file is not None:
                entry.run_body()
            self.models_of(entry, target, inputs, known)
            return explained(self.machine, entry.source.path, entry.shown, asked, recorder.history, tuple(settled(recorder)))
        finally:
            recorder.history = None
            self.close()

    def model_of(self, entry: FileEntry, target: Target, inputs: Sequence[StatedInput], known: Sequence[KnownModel]) -> Model:
        """The model that a target's expression gives, with the arguments and inputs that are known of it."""
        name = target.expression or ""
        built = next((each.building for each in known if each.expression == name and each.building is not None), None)
        cache = self.machine.cache
        expression = parsed(cache, target) if built is None else parsed_expression(cache, built)
        machine = self.machine
        found: list[object] = []
        entry.within_budget(lambda: found.append(evaluate_target(entry, expression)))
        machine.is_speculative = False
        value = found[0] if found else None
        failure = None if found else entry.failure_of(expression)
        if failure is not None:
            expect_reported(entry, target, failure)
            raise BuildingFails(target.text, failure)
        if not found:
            raise CnnlintError(entry.why_it_ended())
        if isinstance(value, Unknown):
            place = f" ({value.place.path}:{value.place.span.line})" if value.place is not None else ""
            raise CnnlintError(f"not understood: {value.reason}{place}")
        if not isinstance(value, Instance) or framework_of(machine, value) is None:
            raise CnnlintError("this is no model; give a class, a function or an expression that makes one")
        stated = inputs or known_inputs(known, names_of(name)) or machine.statements.inputs(expression, value.cls)
        run = None if stated else next((run for run in machine.recorder.runs if run.instance is value), None)
        if run is None:
            run = entry.called(value, stated, speculative=not stated or bool(entry.supplied))
        name = expression_name(target, value)
        return entry.model(Candidate(value, name, value.cls.definition or expression, run), target.text)

    def open(self, source: SourceText, path: Path | None) -> FileEntry:
        """Parse a file and prepare for its evaluation."""
        tree = self.machine.cache.lower(source)
        package, folders = packaging(path)
        self.machine.importer.look_from(folders)
        module = ModuleValue("__main__", source.path, package)
        self.machine.importer.introduce(module, "__main__")
        if source.cells:
            for name in NOTEBOOK_NAMES:
                module.contents[name] = self.machine.unknown(f"what `{name}` gives in a notebook", is_harmless=True)
        return self.entry(source, module, tree)

    def open_module(self, name: str, expression: str | None) -> FileEntry:
        """Prepare a dotted module of the search path, of which only what is needed will be evaluated."""
        self.machine.importer.look_from(())
        module = self.machine.importer.find(name)
        if module is MISSING or not isinstance(module, ModuleValue):
            close = nearest_module(name, self.folders)
            raise CnnlintError(f"module `{name}` is not found on the search path{close or '; add its folder with --src'}")
        self.machine.importer.start(module)
        source = module.source if isinstance(module.source, SourceText) else decode(b"", module.path)
        if expression is None:
            for binding in list(module.pending.lazy):
                self.machine.importer.own_name(module, binding)
        return self.entry(source, module, ir.Module(NOWHERE, (), None))

    def entry(self, source: SourceText, module: ModuleValue, tree: ir.Module) -> FileEntry:
        machine = self.machine
        machine.recorder.clear()
        machine.called_back.clear()
        machine.derivations.clear()
        machine.parts.clear()
        machine.statements = Statements(source)
        machine.project_files.add(source.path)
        machine.stated_shapes[module] = stated_shapes(source)
        machine.importer.main = module
        machine.store.open_first()
        return FileEntry(machine, source, module, tree, train=self.train, with_sizes=self.with_sizes, with_samples=self.with_samples)

    def close(self) -> None:
        self.machine.store.unwind(0)
        self.machine.reset_paths()


def packaging(path: Path | None) -> tuple[str, tuple[Path, ...]]:
    """The dotted package that a file belongs to, and where its own imports start: above that package, at last beside the file."""
    if path is None:
        return "", ()
    own = path.resolve().parent
    parts: list[str] = []
    folder = own
    while (folder / "__init__.py").is_file() and folder.parent != folder:
        parts.insert(0, folder.name)
        folder = folder.parent
    return ".".join(parts), tuple(dict.fromkeys((folder, own)))


def nearest_module(name: str, folders: Sequence[Path]) -> str:
    """`; did you mean X?` with the module of the same package whose name is most like the last part of a dotted name; or nothing."""
    *package, last = name.split(".")
    known: dict[str, None] = {}
    for folder in folders:
        place = folder.joinpath(*package)
        if place.is_dir():
            files = (entry for entry in sorted(place.iterdir()) if entry.suffix == ".py" or (entry / "__init__.py").is_file())
            known.update(dict.fromkeys(file.stem for file in files))
    close = closest(last, known)
    return f"; did you mean `{'.'.join([*package, close])}`?" if close else ""


def parsed(cache: IrCache, target: Target) -> ir.Expression:
    """A target's expression.

    Raises CnnlintError where it is not one.
    """
    text = target.expression or ""
    name, mark, ordinal = text.partition("#")
    if mark and ordinal.isdigit() and name.isidentifier():
        return ir.Name(NOWHERE, text)
    try:
        return parsed_expression(cache, text)
    except NotAnalysed as error:
        raise CnnlintError(f"`{text}` is not an expression: {error.reason}") from None


def windows_of(entry: FileEntry, model: Model) -> tuple[WindowCall, ...]:
    """The windows of the run that a model shows, each once."""
    run = next((each.run for each in entry.shown if each.model is model), None)
    return () if run is None else tuple(dict.fromkeys(run.placed))


def expect_reported(entry: FileEntry, target: Target, failure: Occurrence) -> None:
    """Refuse a model that can't be built with the symbols that stand for its arguments, unless it can't be built at all.

    Raises CnnlintError.
    """
    if entry.supplied and entry.raised is not None and not entry.raised.is_reported:
        names = entry.supplied.names
        place = f"{failure.place.shown}:{failure.place.span.line}: " if failure.place.path else ""
        reason = getattr(failure.failure, "reason", str(failure.failure))
        way_out = f"{target.text}({', '.join(f'{name}=...' for name in names)})"
        raise CnnlintError(f"{place}it can't be built without {', '.join(f'`{name}`' for name in names)}: {reason}; give them: '{way_out}'")


def expression_name(target: Target, value: Instance) -> str:
    text = target.expression or ""
    return text if text.isidentifier() else value.cls.name
