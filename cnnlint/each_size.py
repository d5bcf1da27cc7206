"""Models at several input sizes, for `--each`: each size is a run of its own, so that all that is said of it is proven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cnnlint.analysing import OUTPUT_LOSES_INPUT, Run, collect_rarely
from cnnlint.diagnostics import Diagnostic
from cnnlint.engine import Outcome, measured_rows
from cnnlint.graph import FileAnalysis, Model, Note, Place, WindowCall
from cnnlint.plugin.reporter import CheckReport, PassedOver
from cnnlint.plugin.sizes_report import Loss, ModelAtSizes, SizeRow, SizesReport
from cnnlint.selection import rule_named
from cnnlint.source import StatedInput, on_large_stack
from cnnlint.suppressions.applying import UNUSED


def at_each_size(texts: Sequence[str], sizes: Sequence[tuple[StatedInput, ...]], run: Run) -> tuple[SizesReport, tuple[str, ...]]:
    """The models of the targets, called with each of some inputs in turn; also says of each fault of ours where it is."""
    faults: list[str] = []
    models = on_large_stack(lambda: [model for text in texts for model in _models(text, sizes, run, faults)])
    return SizesReport(tuple(models)), tuple(dict.fromkeys(faults))


def _models(text: str, sizes: Sequence[tuple[StatedInput, ...]], run: Run, faults: list[str]) -> list[ModelAtSizes]:
    """Each model of a target: they are the same ones, in the same order, whatever they are called with."""
    collect_rarely()
    analyser = run.analyser(with_samples=True)
    found: list[tuple[str, list[SizeRow]]] = []
    for inputs in sizes:
        size = inputs[0].size or 0
        for number, (row, windows) in enumerate(measured_rows(analyser, text, inputs, run, faults)):
            if number == len(found):
                found.append((row.target, []))
            found[number][1].append(SizeRow(size, row.model, row.error, tuple(_losses(windows, run))))
    analyser.save()
    return [ModelAtSizes(target, tuple(rows)) for target, rows in found]


def _losses(windows: tuple[WindowCall, ...], run: Run) -> Iterator[Loss]:
    rule = run.rule(rule_named(run.registry.rules, OUTPUT_LOSES_INPUT))
    for window in windows:
        for finding in rule.findings(FileAnalysis(window.place.path, windows=(window,))):
            yield Loss(window.subject, finding.place, finding.message)


# A check


@dataclass(frozen=True, slots=True)
class AtSize:
    """The outcome of a check with an input size, in words."""

    size: str
    outcome: Outcome


def together(found: Sequence[AtSize]) -> Outcome:
    """The outcomes of checks of the same files as one; what doesn't hold for all sizes says in a note for which it does."""
    outcomes = [each.outcome for each in found]
    reports = [outcome.report for outcome in outcomes]
    report = CheckReport(
        tuple(_diagnostics([(each.size, each.outcome.report.diagnostics) for each in found])),
        tuple(_models_once(model for report in reports for model in report.models)),
        reports[0].files,
        _passed_over([report.passed_over for report in reports]),
        {path: text for report in reversed(reports) for path, text in report.sources.items()},
        tuple(_diagnostics([(each.size, each.outcome.report.suppressed) for each in found])),
        reports[0].rules,
    )
    return Outcome(
        report,
        tuple(_diagnostics([(each.size, each.outcome.in_text) for each in found])),
        {path: source for outcome in reversed(outcomes) for path, source in outcome.sources.items()},
        tuple(path for path in outcomes[0].checked if all(path in outcome.checked for outcome in outcomes)),
        tuple(dict.fromkeys(text for outcome in outcomes for text in outcome.unmatched)),
        tuple(dict.fromkeys(text for outcome in outcomes for text in outcome.faults)),
    )


def _diagnostics(found: Sequence[tuple[str, Sequence[Diagnostic]]]) -> Iterator[Diagnostic]:
    """Each diagnostic once, in the order of the source; a comment is unused only if it is so at all sizes."""
    sizes: dict[tuple[str, Place, str], list[str]] = {}
    first: dict[tuple[str, Place, str], Diagnostic] = {}
    for size, diagnostics in found:
        for each in diagnostics:
            key = (each.code, each.place, each.message)
            sizes.setdefault(key, []).append(size)
            first.setdefault(key, each)
    paths = {path: number for number, path in enumerate(dict.fromkeys(each.place.path for each in first.values()))}
    for key, each in sorted(first.items(), key=lambda item: (paths[item[1].place.path], item[1].sort_key())):
        if len(sizes[key]) == len(found):
            yield each
        elif each.name != UNUSED:
            yield _of_some(each, sizes[key])


def _of_some(each: Diagnostic, sizes: Sequence[str]) -> Diagnostic:
    """A diagnostic that holds for these sizes, and not for others: what would mend it is no fix, as it may break those."""
    *others, last = sizes
    text = f"with input sizes {', '.join(others)} and {last}" if others else f"with input size {last}"
    notes = (*each.notes, Note(each.place, text))
    return Diagnostic(each.place, each.code, each.name, each.severity, each.message, each.help, notes, None, each.suppressed)


def _models_once(models: Iterable[Model]) -> list[Model]:
    """The models in the order of the source, those that are called alike at all sizes once."""
    first: dict[tuple[object, ...], Model] = {}
    for model in models:
        error = None if model.error is None else (model.error.place, str(model.error.failure))
        first.setdefault((model.place, model.name, tuple(map(str, model.inputs)), error), model)
    paths = {path: number for number, path in enumerate(dict.fromkeys(model.place.path for model in first.values()))}
    return sorted(first.values(), key=lambda model: (paths[model.place.path], model.place.span))


def _passed_over(found: Sequence[PassedOver]) -> PassedOver:
    """The most of what was passed over at any size."""
    unknown = next((each.first_unknown for each in found if each.first_unknown), "")
    return PassedOver(max(each.sizes for each in found), max(each.models for each in found), unknown, found[0].files)
