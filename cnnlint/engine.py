"""The pipeline, on one screen: paths and settings in, diagnostics and models out."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cnnlint.analysing import FileOutcome, Run, collect_rarely, diagnostic_of, fault_of, model_names, words_of
from cnnlint.baseline import KnownFinding, split_by
from cnnlint.diagnostics import Diagnostic
from cnnlint.discovery import FoundFile
from cnnlint.edits import placed
from cnnlint.errors import CnnlintError
from cnnlint.graph import Model, Occurrence, Place, UnknownPart, WindowCall, with_places
from cnnlint.interpreter import Analyser, BuildingFails, KnownModel, Target
from cnnlint.jobs import outcomes_of
from cnnlint.plugin import Rule
from cnnlint.plugin.reporter import CheckReport, PassedOver, SummaryError, SummaryReport, SummaryRow
from cnnlint.selection import rule_named
from cnnlint.source import NotAnalysed, SourceText, StatedInput, on_large_stack
from cnnlint.suppressions import applied
from cnnlint.targets import parse_target

__all__ = ["Known", "Outcome", "Run", "check", "check_outcome", "combined", "is_unclear", "summarise", "unmatched_models"]


@dataclass(frozen=True, slots=True)
class Known:
    """What isn't to be reported: `findings` of a baseline in `folder`, each so often, and nothing by comments if not `by_comments`."""

    findings: dict[KnownFinding, int] = field(default_factory=dict)
    folder: pathlib.Path = pathlib.Path()
    by_comments: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that came of a check: the report, the texts by path, the checked files, the patterns of models that fit none, the faults.

    `in_text` are the report's diagnostics with places in the texts, where a notebook's cells are one.
    """

    report: CheckReport
    in_text: tuple[Diagnostic, ...]
    sources: dict[str, SourceText]
    checked: tuple[str, ...]
    unmatched: tuple[str, ...]
    faults: tuple[str, ...]


def check(files: Sequence[FoundFile], run: Run, watch: Callable[[str], None] = lambda path: None) -> tuple[CheckReport, tuple[str, ...]]:
    """Lints the files; also says of each fault of ours, which cost a file its result, where it is. `watch` is told of each file."""
    outcome = check_outcome(files, run, watch=watch)
    return outcome.report, outcome.faults


def check_outcome(
    files: Sequence[FoundFile], run: Run, known: Known = Known(), watch: Callable[[str], None] = lambda path: None
) -> Outcome:
    """Lints the files, and leaves out what comments and the baseline silence. `watch` is told of each file."""
    return combined(files, outcomes_of(files, run, watch), run, known)


def combined(files: Sequence[FoundFile], outcomes: Sequence[FileOutcome], run: Run, known: Known) -> Outcome:
    """What came of all the files together, without what comments and the baseline silence."""
    sources = {path: source for outcome in reversed(outcomes) for path, source in outcome.sources.items()}
    found = _each_once(diagnostic for outcome in outcomes for diagnostic in outcome.diagnostics)
    wanted = [diagnostic for diagnostic in found if diagnostic.name not in run.ignored(diagnostic.place.path)]
    kept, silenced = _without_suppressed(wanted, sources, outcomes, run) if known.by_comments else (tuple(wanted), ())
    new, old = split_by(known.findings, known.folder, kept, sources) if known.findings else (list(kept), [])
    models = tuple(model for outcome in outcomes for model in outcome.models)
    found_in_text = (tuple(new), (*silenced, *old), models)
    has_cells = any(source.cells for source in sources.values())
    shown, unshown, models = with_places(found_in_text, lambda place: placed(place, sources)) if has_cells else found_in_text
    texts = {place: text for place, text in _texts(sources) if any(each.place.shown == place for each in shown)}
    report = CheckReport(shown, models, len(files), _passed_over(outcomes, models), texts, unshown, run.rules)
    checked = tuple(outcome.path for outcome in outcomes if not outcome.fault)
    return Outcome(
        report, tuple(new), sources, checked, unmatched_models(files, outcomes, run), tuple(each.fault for each in outcomes if each.fault)
    )


def _texts(sources: dict[str, SourceText]) -> Iterator[tuple[str, str]]:
    """The text of each file, or of each of its cells, by the path that is printed."""
    for path, source in sources.items():
        yield from ((f"{path}:cell {cell.number}", cell.text) for cell in source.cells)
        if not source.cells:
            yield path, source.text


def _without_suppressed(
    diagnostics: Sequence[Diagnostic], sources: dict[str, SourceText], outcomes: Sequence[FileOutcome], run: Run
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """The diagnostics that remain, with what is wrong with the comments themselves, and those that comments silence."""
    whole = {outcome.path for outcome in outcomes if outcome.is_whole}
    ran = {rule.name for rule in run.rules}

    def is_judged(path: str, rule: str) -> bool:
        return path in whole and rule in ran and rule not in run.ignored(path)

    first = applied(diagnostics, sources, run.registry.rules, is_judged)
    rules = {rule.name: rule for rule in run.rules}
    about = [
        diagnostic_of(rules[name], finding)
        for name, finding in first.about_comments
        if name in rules and is_judged(finding.place.path, name)
    ]
    again = applied(about, sources, (), lambda path, rule: False)
    return _each_once((*first.kept, *again.kept)), (*first.suppressed, *again.suppressed)


def _each_once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """A rule's first diagnostic at each place, in source order within a file; files stay in order."""
    first: dict[tuple[str, Place], Diagnostic] = {}
    for diagnostic in diagnostics:
        first.setdefault((diagnostic.code, diagnostic.place), diagnostic)
    order = {path: number for number, path in enumerate(dict.fromkeys(diagnostic.place.path for diagnostic in first.values()))}
    return tuple(sorted(first.values(), key=lambda diagnostic: (order[diagnostic.place.path], diagnostic.sort_key())))


def unmatched_models(files: Sequence[FoundFile], outcomes: Sequence[FileOutcome], run: Run) -> tuple[str, ...]:
    """Says of each model of the configuration that isn't there why: its file was checked and holds none, or doesn't exist."""
    found = []
    for each in run.models:
        about = [outcome for file, outcome in zip(files, outcomes, strict=True) if each.is_about_file(file.path.resolve())]
        if each.file.is_exact and not each.file.path.is_file():
            found.append(f"{each.source}: there is no file {each.file.text}")
        elif about and all(outcome.is_whole for outcome in about):
            models = [model for outcome in about for model in outcome.models]
            reasons = [outcome.unbuilt[each.known.expression] for outcome in about if each.known.expression in outcome.unbuilt]
            if reasons:
                found.append(f"{each.source}: `{each.known.expression}` can't be built: {reasons[0]}")
            elif not any(each.known.nearness(model_names(model)) for model in models):
                names = ", ".join(f"`{name}`" for name in dict.fromkeys(model.name for model in models))
                found.append(f"{each.source}: no such model; {about[0].path} has {names or 'none'}")
    return tuple(found)


def _passed_over(outcomes: Sequence[FileOutcome], models: Sequence[Model]) -> PassedOver:
    sizes = len({place for outcome in outcomes for place in outcome.passed_over})
    unclear = [model for model in models if is_unclear(model)]
    causes = [part for model in unclear for part in model.unknown[:1]]
    skipped = tuple(outcome.path for outcome in outcomes if outcome.is_skipped)
    return PassedOver(sizes, len(unclear), _cause(causes[0]) if causes else "", skipped)


def is_unclear(model: Model) -> bool:
    """Whether something of the model wasn't understood; one that fails was."""
    return bool(model.unknown) or not (model.exact or model.error is not None)


def _cause(part: UnknownPart) -> str:
    return f"{part.place.shown}:{part.place.span.line}: {part.reason}"


def summarise(texts: Sequence[str], inputs: tuple[StatedInput, ...], run: Run) -> tuple[SummaryReport, tuple[str, ...]]:
    """Summarises the targets; also says of each fault of ours where it is."""
    return on_large_stack(lambda: _summarise(texts, inputs, run))


def _summarise(texts: Sequence[str], inputs: tuple[StatedInput, ...], run: Run) -> tuple[SummaryReport, tuple[str, ...]]:
    collect_rarely()
    analyser = run.analyser(with_samples=True)
    rows: list[SummaryRow] = []
    faults: list[str] = []
    for text in texts:
        rows += [row for row, _ in measured_rows(analyser, text, inputs, run, faults)]
    analyser.save()
    return SummaryReport(tuple(rows)), tuple(faults)


def measured_rows(
    analyser: Analyser, text: str, inputs: tuple[StatedInput, ...], run: Run, faults: list[str]
) -> list[tuple[SummaryRow, tuple[WindowCall, ...]]]:
    """The models of a target, or what kept them from being found, each with its windows; a fault of ours is added to `faults`."""
    try:
        target = parse_target(text)
        found = analyser.measured(target, inputs, known_of(target, run))
        if found:
            return [(_row(target, each.model, run.registry.rules), each.windows) for each in found]
        row = _failed(text, "no model found")
    except NotAnalysed as error:
        code = rule_named(run.registry.rules, error.kind).code
        row = SummaryRow(text, None, SummaryError(error.path, error.line, code, error.reason))
    except BuildingFails as error:
        row = SummaryRow(text, None, error_of(error.occurrence, run.registry.rules, "building it fails: "))
    except CnnlintError as error:
        row = _failed(text, str(error))
    except Exception as error:  # noqa: BLE001  # as in `outcome_of`
        faults.append(f"{text}: {fault_of(error)}")
        row = _failed(text, fault_of(error))
    return [(row, ())]


def known_of(target: Target, run: Run) -> tuple[KnownModel, ...]:
    return () if target.file is None else tuple(each.known for each in run.about(target.file))


def _row(target: Target, model: Model, rules: Sequence[type[Rule]]) -> SummaryRow:
    name = target.text if target.expression is not None else model.target
    if model.input_sizes is not None:
        model = model.at(model.input_sizes.assumed)
    return SummaryRow(name, model, None if model.error is None else error_of(model.error, rules))


def error_of(occurrence: Occurrence, rules: Sequence[type[Rule]], before: str = "") -> SummaryError:
    """A failure in the words of the rule that it belongs to."""
    place = occurrence.place
    code, message = words_of(occurrence, rules)
    return SummaryError(place.shown, place.span.line, code, f"{before}{message}")


def _failed(text: str, reason: str) -> SummaryRow:
    return SummaryRow(text, None, SummaryError("", 0, "", reason))
