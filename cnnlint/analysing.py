"""What becomes of one file: its models and diagnostics, and their texts. A fault of our own costs a file its result, not the run."""

from __future__ import annotations

import atexit
import gc
import pathlib
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cnnlint.budgeting import Budgeting, with_budget
from cnnlint.diagnostics import Diagnostic
from cnnlint.discovery import FoundFile, text_of
from cnnlint.graph import Declared, FileAnalysis, Model, Occurrence, Place
from cnnlint.interpreter import Analyser, InputDefaults, names_of
from cnnlint.paths import FilePattern
from cnnlint.plugin import FailureRule, Finding, Registry, Rule
from cnnlint.settings import ModelSettings
from cnnlint.source import NotAnalysed, SourceText
from cnnlint.source.ir import Span

NON_INTEGER_OUTPUT = "non-integer-output"
NOT_ANALYSED = "not-analysed"
OUTPUT_LOSES_INPUT = "output-loses-input"


def silent(message: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of `check` or `summary` goes by, settings and options merged.

    `options` are those of rules, by name; `per_file` are the names of rules that are not reported in the files of a pattern.
    `complain` is told in a line of a plugin that other processes find to be broken. For one that `is_strict` it is a warning that
    something was not analysed.
    """

    registry: Registry
    rules: tuple[type[Rule], ...]
    search_path: tuple[pathlib.Path, ...]
    train: bool = False
    max_file_size: int = 5_000_000
    models: tuple[ModelSettings, ...] = ()
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    per_file: tuple[tuple[FilePattern, frozenset[str]], ...] = ()
    plugins: tuple[str, ...] = ()
    cache: pathlib.Path | None = None
    jobs: int = 1
    complain: Callable[[str], None] = silent
    budgeting: Budgeting = field(default_factory=Budgeting)
    input_defaults: InputDefaults = field(default_factory=InputDefaults)
    is_strict: bool = False

    def analyser(self, files: Sequence[FoundFile] = (), *, with_samples: bool = False) -> Analyser:
        """An analyser that prints the paths of these files as displayed, and reads what they are said to hold; as `Analyser` says."""
        displays = {file.path.resolve(): file.display for file in files}
        texts = {file.path.resolve(): file.data for file in files if file.data is not None}
        return Analyser(
            self.registry,
            self.search_path,
            train=self.train,
            max_file_size=self.max_file_size,
            with_sizes=True,
            with_samples=with_samples,
            displays=displays,
            texts=texts,
            cache=self.cache,
            input_defaults=self.input_defaults,
        )

    def rule(self, rule: type[Rule]) -> Rule:
        """The rule with its options."""
        return rule(**self.options.get(rule.name, {}))

    def ignored(self, file: str) -> frozenset[str]:
        """The names of the rules that are not reported in a file, by its printed path."""
        if not self.per_file:
            return frozenset()
        path = pathlib.Path(file).resolve()
        return frozenset(name for pattern, names in self.per_file if pattern.matches(path) for name in names)

    def about(self, file: pathlib.Path) -> tuple[ModelSettings, ...]:
        """What is known of the models of a file."""
        path = file.resolve()
        return tuple(each for each in self.models if each.is_about_file(path))


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What was found out about a file. `sources` has its text, and that of others in which a diagnostic stands, by printed path.

    `is_whole`: all of it was analysed; `is_skipped`: nothing was, as it names no framework. `passed_over` are the sizes that are
    rounded down, if that isn't reported. `unbuilt` says of models that the configuration builds why that fails, by their names there.
    """

    path: str
    models: tuple[Model, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, SourceText] = field(default_factory=dict)
    passed_over: frozenset[Place] = frozenset()
    is_whole: bool = False
    is_skipped: bool = False
    fault: str = ""
    unbuilt: Mapping[str, str] = field(default_factory=dict)


def collect_rarely() -> None:
    """Let garbage be looked for only now and then: what an analysis makes mostly lives to its end.

    When the process ends it isn't looked for at all, since the system takes all memory back at once.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    gc.enable()
    atexit.unregister(gc.freeze)  # of an earlier analysis
    atexit.register(gc.freeze)


def outcome_of(file: FoundFile, run: Run, analyser: Analyser) -> FileOutcome:
    """Analyse a file and apply the rules to it."""
    sources: dict[str, SourceText] = {}
    try:
        source = text_of(file, run.max_file_size)
        sources[file.display] = source
        about = run.about(file.path)
        if not file.is_named and not about and not _names_a_framework(source.text, run.registry.roots):
            # Holds no model; parsing every file of a folder would cost more than all the models do.
            return FileOutcome(file.display, is_skipped=True)
        analysis = _with_settings(analyser.check_file(source, file.path, [each.known for each in about]), about, run.budgeting)
        broken = [NotAnalysed(file.display, each.line, each.column, each.reason, each.kind) for each in source.problems]
        diagnostics = (*_diagnostics(analysis, run), *(each for error in broken for each in _not_analysed(error, run)))
        for path in dict.fromkeys(diagnostic.place.path for diagnostic in diagnostics):
            text = analyser.source_of(path)
            if text is not None:
                sources.setdefault(path, text)
        unbuilt = {each.name: words_of(each.why, run.registry.rules)[1] for each in analysis.unbuilt}
        is_whole = not (analysis.unknown or broken)
        return FileOutcome(file.display, analysis.models, diagnostics, sources, _rounded(analysis, run), is_whole, unbuilt=unbuilt)
    except NotAnalysed as error:
        return FileOutcome(file.display, (), tuple(_not_analysed(error, run)), sources)
    except OSError as error:
        reason = f"the file can't be read: {error.strerror or type(error).__name__}"
        return FileOutcome(file.display, (), tuple(_not_analysed(NotAnalysed(file.display, 1, 0, reason), run)))
    except Exception as error:  # noqa: BLE001  # a fault of ours: the other files are still linted, and the exit is 3
        return FileOutcome(file.display, fault=f"{file.display}: {fault_of(error)}")


def fault_of(error: Exception) -> str:
    """A fault of ours in one line, with the place in our own source."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{pathlib.Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown place"
    text = (str(error).splitlines() or [""])[0]
    return f"a fault of cnnlint, please report it: {type(error).__name__} at {place}: {text}"


def diagnostic_of(rule: type[Rule], finding: Finding, *, is_strict: bool = False) -> Diagnostic:
    """A rule's finding with what is known of the rule."""
    severity = "warning" if is_strict and rule.name == NOT_ANALYSED else finding.severity or rule.severity
    return Diagnostic(finding.place, rule.code, rule.name, severity, finding.message, finding.help, finding.notes, finding.fix)


def words_of(occurrence: Occurrence, rules: Iterable[type[Rule]]) -> tuple[str, str]:
    """The code of the rule that a failure belongs to, "" if there is none, and what it says."""
    for rule in rules:
        if issubclass(rule, FailureRule) and (finding := rule().finding(occurrence)):
            return rule.code, finding.message
    return "", str(occurrence.failure)


def _names_a_framework(text: str, roots: Sequence[str]) -> bool:
    return bool(roots) and re.search(rf"\b(?:{'|'.join(map(re.escape, roots))})\b", text) is not None


def _diagnostics(analysis: FileAnalysis, run: Run) -> Iterator[Diagnostic]:
    for rule in run.rules:
        for finding in run.rule(rule).findings(analysis):
            yield diagnostic_of(rule, finding, is_strict=run.is_strict)


def _not_analysed(error: NotAnalysed, run: Run) -> Iterator[Diagnostic]:
    for rule in run.rules:
        if rule.name == error.kind:
            place = Place(error.path, Span(error.line, error.column, error.line, error.column))
            yield diagnostic_of(rule, Finding(place, error.reason), is_strict=run.is_strict)


def _rounded(analysis: FileAnalysis, run: Run) -> frozenset[Place]:
    silent = [rule for rule in run.registry.rules if rule.name == NON_INTEGER_OUTPUT and rule not in run.rules]
    return frozenset(finding.place for rule in silent for finding in run.rule(rule).findings(analysis))


def _with_settings(analysis: FileAnalysis, about: Sequence[ModelSettings], budgeting: Budgeting) -> FileAnalysis:
    return replace(analysis, models=tuple(_with_setting(model, about, budgeting) for model in analysis.models))


def _with_setting(model: Model, about: Sequence[ModelSettings], budgeting: Budgeting) -> Model:
    """The model with its budget and the declared output."""
    near = nearest_last(model, about) if about else []
    model = with_budget(model, near, budgeting)
    outputs = [each for each in near if each.output]
    return replace(model, declared=Declared(outputs[-1].output, outputs[-1].source)) if outputs else model


def nearest_last(model: Model, about: Iterable[ModelSettings]) -> list[ModelSettings]:
    """What is said about a model, that which names it most exactly at the end."""
    names = model_names(model)
    return sorted((each for each in about if each.known.nearness(names)), key=lambda each: each.known.nearness(names))


def model_names(model: Model) -> tuple[str, ...]:
    """What a model goes by in the configuration."""
    class_name = model.layers[0].type.rpartition(".")[2] if model.layers else ""
    return tuple(dict.fromkeys((model.target.partition("::")[2], *names_of(model.name, class_name))))
