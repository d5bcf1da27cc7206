"""The pipeline, on one screen: paths and settings in, diagnostics and models out."""

from __future__ import annotations

import gc
import pathlib
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cnnlint.diagnostics import Diagnostic
from cnnlint.discovery import FoundFile
from cnnlint.errors import CnnlintError
from cnnlint.graph import Budget, FileAnalysis, Model, Place, UnknownPart
from cnnlint.interpreter import Analyser, Target
from cnnlint.plugin import FailureRule, Finding, Registry, Rule
from cnnlint.plugin.reporter import CheckReport, PassedOver, SummaryError, SummaryReport, SummaryRow
from cnnlint.selection import rule_named
from cnnlint.settings import ModelSettings
from cnnlint.source import NotAnalysed, SourceText, StatedInput, on_large_stack, read_source
from cnnlint.source.ir import Span
from cnnlint.targets import parse_target

NON_INTEGER_OUTPUT = "non-integer-output"


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of `check` or `summary` goes by, settings and options merged.

    `models` says what is known of a file's models, by the file's resolved path, then by expression or name ("": all of the file).
    """

    registry: Registry
    rules: tuple[type[Rule], ...]
    search_path: tuple[pathlib.Path, ...]
    train: bool = False
    max_file_size: int = 5_000_000
    models: Mapping[pathlib.Path, Mapping[str, ModelSettings]] = field(default_factory=dict)
    settings_name: str = ""

    def analyser(self) -> Analyser:
        return Analyser(self.registry, self.search_path, train=self.train, max_file_size=self.max_file_size)


@dataclass(frozen=True, slots=True)
class _FileOutcome:
    analysis: FileAnalysis | None = None
    source: SourceText | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    fault: str = ""
    skipped: str = ""


def check(files: Sequence[FoundFile], run: Run, watch: Callable[[str], None] = lambda path: None) -> tuple[CheckReport, tuple[str, ...]]:
    """Lints the files; also says of each fault of ours, which cost a file its result, where it is. `watch` is told of each file before."""
    return on_large_stack(lambda: _check(files, run, watch))


def collect_rarely() -> None:
    """Let garbage be looked for only now and then: what an analysis makes mostly lives to its end."""
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    gc.enable()


def _check(files: Sequence[FoundFile], run: Run, watch: Callable[[str], None]) -> tuple[CheckReport, tuple[str, ...]]:
    collect_rarely()
    analyser = run.analyser()
    outcomes = []
    for file in files:
        watch(file.display)
        outcomes.append(_outcome(file, run, analyser))
    diagnostics = _each_once(diagnostic for outcome in outcomes for diagnostic in outcome.diagnostics)
    analyses = [outcome.analysis for outcome in outcomes if outcome.analysis]
    reported = {diagnostic.place.path for diagnostic in diagnostics}
    sources = {outcome.source.path: outcome.source.text for outcome in outcomes if outcome.source and outcome.source.path in reported}
    models = tuple(model for analysis in analyses for model in analysis.models)
    skipped = tuple(outcome.skipped for outcome in outcomes if outcome.skipped)
    report = CheckReport(diagnostics, models, len(files), _passed_over(analyses, models, skipped, run), sources, rules=run.rules)
    return report, tuple(outcome.fault for outcome in outcomes if outcome.fault)


def _outcome(file: FoundFile, run: Run, analyser: Analyser) -> _FileOutcome:
    """What becomes of one file; the only place where a fault of ours is caught."""
    source: SourceText | None = None
    try:
        source = read_source(file.path, file.display, run.max_file_size)
        if not file.is_named and not _names_a_framework(source.text, run.registry.roots):
            return _FileOutcome(
                skipped=file.display
            )  # holds no model; parsing every file of a folder would cost more than all the models do
        known = run.models.get(file.path.resolve(), {})
        inputs = {name: said.inputs for name, said in known.items() if said.inputs}
        analysis = _with_budgets(analyser.check_file(source, file.path, inputs), known, run.settings_name)
        return _FileOutcome(analysis, source, tuple(_diagnostics(analysis, run.rules)))
    except NotAnalysed as error:
        return _FileOutcome(None, source, tuple(_not_analysed(error, run.rules)))
    except OSError as error:
        reason = f"the file can't be read: {error.strerror or type(error).__name__}"
        return _FileOutcome(diagnostics=tuple(_not_analysed(NotAnalysed(file.display, 1, 0, reason), run.rules)))
    except Exception as error:  # noqa: BLE001  # a fault of ours: the other files are still linted, and the exit is 3
        return _FileOutcome(fault=f"{file.display}: {_fault(error)}")


def summarise(texts: Sequence[str], inputs: tuple[StatedInput, ...], run: Run) -> tuple[SummaryReport, tuple[str, ...]]:
    """Summarises the targets; also says of each fault of ours where it is."""
    return on_large_stack(lambda: _summarise(texts, inputs, run))


def _summarise(texts: Sequence[str], inputs: tuple[StatedInput, ...], run: Run) -> tuple[SummaryReport, tuple[str, ...]]:
    collect_rarely()
    analyser = run.analyser()
    rows: list[SummaryRow] = []
    faults: list[str] = []
    for text in texts:
        try:
            target = parse_target(text)
            models = analyser.summarise(target, inputs or _configured_inputs(target, run))
            rows += [_row(target, model, run.registry.rules) for model in models] or [_failed(text, "no model found")]
        except NotAnalysed as error:
            code = rule_named(run.registry.rules, error.kind).code
            rows.append(SummaryRow(text, None, SummaryError(error.path, error.line, code, error.reason)))
        except CnnlintError as error:
            rows.append(_failed(text, str(error)))
        except Exception as error:  # noqa: BLE001  # as in `_outcome`
            faults.append(f"{text}: {_fault(error)}")
            rows.append(_failed(text, _fault(error)))
    return SummaryReport(tuple(rows)), tuple(faults)


def _names_a_framework(text: str, roots: Sequence[str]) -> bool:
    return bool(roots) and re.search(rf"\b(?:{'|'.join(map(re.escape, roots))})\b", text) is not None


def _diagnostics(analysis: FileAnalysis, rules: Iterable[type[Rule]]) -> Iterator[Diagnostic]:
    for rule in rules:
        for finding in rule().findings(analysis):
            yield _diagnostic(rule, finding)


def _diagnostic(rule: type[Rule], finding: Finding) -> Diagnostic:
    severity = finding.severity or rule.severity
    return Diagnostic(finding.place, rule.code, rule.name, severity, finding.message, finding.help, finding.notes, finding.fix)


def _not_analysed(error: NotAnalysed, rules: Iterable[type[Rule]]) -> Iterator[Diagnostic]:
    for rule in rules:
        if rule.name == error.kind:
            place = Place(error.path, Span(error.line, error.column, error.line, error.column))
            yield _diagnostic(rule, Finding(place, error.reason))


def _each_once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """A rule's first diagnostic at each place, in source order within a file; files stay in order."""
    first: dict[tuple[str, Place], Diagnostic] = {}
    for diagnostic in diagnostics:
        first.setdefault((diagnostic.code, diagnostic.place), diagnostic)
    order = {path: number for number, path in enumerate(dict.fromkeys(diagnostic.place.path for diagnostic in first.values()))}
    return tuple(sorted(first.values(), key=lambda diagnostic: (order[diagnostic.place.path], diagnostic.sort_key())))


def _with_budgets(analysis: FileAnalysis, known: Mapping[str, ModelSettings], source: str) -> FileAnalysis:
    """The analysis with the configured budgets, which outrank those of directives."""
    return replace(analysis, models=tuple(_with_budget(model, known, source) for model in analysis.models))


def _with_budget(model: Model, known: Mapping[str, ModelSettings], source: str) -> Model:
    said = known.get(model.target.partition("::")[2]) or known.get(model.name) or known.get("")
    if said is None or (said.params is None and said.macs is None):
        return model
    return replace(model, budget=Budget(said.params, said.macs, source))


def _passed_over(analyses: Sequence[FileAnalysis], models: Sequence[Model], skipped: tuple[str, ...], run: Run) -> PassedOver:
    silent = [rule for rule in run.registry.rules if rule.name == NON_INTEGER_OUTPUT and rule not in run.rules]
    sizes = len({finding.place for rule in silent for analysis in analyses for finding in rule().findings(analysis)})
    unclear = [model for model in models if is_unclear(model)]
    causes = [part for model in unclear for part in model.unknown[:1]]
    return PassedOver(sizes, len(unclear), _cause(causes[0]) if causes else "", skipped)


def is_unclear(model: Model) -> bool:
    """Whether something of the model wasn't understood; one that fails was."""
    return bool(model.unknown) or not (model.exact or model.error is not None)


def _cause(part: UnknownPart) -> str:
    return f"{part.place.path}:{part.place.span.line}: {part.reason}"


def _row(target: Target, model: Model, rules: Sequence[type[Rule]]) -> SummaryRow:
    name = target.text if target.expression is not None else model.target
    if model.error is None:
        return SummaryRow(name, model, None)
    place = model.error.place
    for rule in rules:
        if issubclass(rule, FailureRule) and (finding := rule().finding(model.error)):
            return SummaryRow(name, model, SummaryError(place.path, place.span.line, rule.code, finding.message))
    return SummaryRow(name, model, SummaryError(place.path, place.span.line, "", str(model.error.failure)))


def _failed(text: str, reason: str) -> SummaryRow:
    return SummaryRow(text, None, SummaryError("", 0, "", reason))


def _configured_inputs(target: Target, run: Run) -> tuple[StatedInput, ...]:
    if target.file is None:
        return ()
    said = run.models.get(target.file.resolve(), {}).get(target.expression or "")
    return said.inputs if said else ()


def _fault(error: Exception) -> str:
    """A fault of ours in one line, with the place in our own source."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{pathlib.Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown place"
    text = (str(error).splitlines() or [""])[0]
    return f"a fault of cnnlint, please report it: {type(error).__name__} at {place}: {text}"
