"""What would let a model take an input: each change is made in memory and analysed again; only what is proven to run is a choice."""

from __future__ import annotations

import difflib
import math
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cnnlint.analysing import Run, collect_rarely, fault_of
from cnnlint.diagnostics import Edit, Fix
from cnnlint.discovery import FoundFile, text_of
from cnnlint.edits import edited, placed
from cnnlint.engine import error_of, known_of, measured_rows
from cnnlint.errors import CnnlintError
from cnnlint.failures import ReshapeCount
from cnnlint.graph import Model, Occurrence, Written, WrittenValue
from cnnlint.interpreter import BuildingFails, Proposal, Proposed, Target
from cnnlint.plugin import FailureRule, Rule
from cnnlint.plugin.fit_report import ChangedLines, FitChoice, FitReport, ModelFit
from cnnlint.plugin.mending import resized
from cnnlint.plugin.reporter import SummaryRow
from cnnlint.source import NotAnalysed, StatedInput, on_large_stack
from cnnlint.targets import parse_target

MOST_CHANGES = 8
"""So many changes are made at most for one choice."""
MOST_ANALYSES = 80
"""So often a model is analysed at most."""
MOST_PADDED = 3
"""So many layers are named whose padding alone would do."""
BATCHES = (2, 1)
"""What a batch is that nobody states: nothing may run only because there is a single example, and with 1 all counts are an example's."""


@dataclass(slots=True)
class _Search:
    """The search for what lets model `number` of a target take the inputs."""

    target: Target
    inputs: tuple[StatedInput, ...]
    run: Run
    number: int
    tried: int = 0
    left_out: int = 0
    files: dict[str, FoundFile] = field(default_factory=dict)


def fit(texts: Sequence[str], inputs: tuple[StatedInput, ...], wanted: str, run: Run) -> tuple[FitReport, tuple[str, ...]]:
    """What would let the models of the targets take the inputs; also says of each fault of ours where it is."""
    faults: list[str] = []
    models = on_large_stack(lambda: [found for text in texts for found in _fits(text, inputs, run, faults)])
    return FitReport(wanted, tuple(models)), tuple(faults)


def _fits(text: str, inputs: tuple[StatedInput, ...], run: Run, faults: list[str]) -> Iterator[ModelFit]:
    collect_rarely()
    analyser = run.analyser()
    rows = [row for row, _ in measured_rows(analyser, text, inputs, run, faults)]
    analyser.save()
    for number, row in enumerate(rows):
        if row.model is None:
            yield ModelFit(row.target, None, row.error, is_proven=False)
            continue
        try:
            yield _fit(_Search(parse_target(text), inputs, run, number), row, row.model)
        except Exception as error:  # noqa: BLE001  # as in `outcome_of`
            faults.append(f"{text}: {fault_of(error)}")


def _fit(search: _Search, row: SummaryRow, model: Model) -> ModelFit:
    """A model with its choices; `row` is what a summary has of it."""
    first = _analysed(search, {}, with_sizes=True)
    if first is None:
        return ModelFit(row.target, model, row.error, is_proven=False)
    if first.model.input_sizes is not None and first.model.input_sizes.is_complete:
        model = replace(model, input_sizes=first.model.input_sizes)
    if first.model.error is None:
        return ModelFit(row.target, model, row.error, is_proven=_is_proven(first.model))
    choices: dict[tuple[ChangedLines, ...], FitChoice] = {}
    padded: set[str] = set()
    done: set[str] = set()
    for start in _proposals(first, search.run.registry.rules):
        if start.message in done or (start.kind == "padding" and start.subject in padded):  # a smaller change, or another way, does
            continue
        if search.tried >= MOST_ANALYSES or (start.kind == "padding" and len(padded) == MOST_PADDED):
            search.left_out += 1
            continue
        choice = _choice(search, start)
        if choice is not None:
            choices.setdefault(choice.lines, choice)
            done.add(start.message)
            padded.update([start.subject] if start.kind == "padding" else ())
    error = row.error or error_of(first.model.error, search.run.registry.rules)
    return ModelFit(row.target, model, error, True, tuple(choices.values()), search.left_out)


def _choice(search: _Search, start: Proposal) -> FitChoice | None:
    """What begins with a change, and goes on with others of its kind as long as something else fails; None if that leads nowhere."""
    files: dict[str, FoundFile] = {}
    messages: list[str] = []
    change: Proposal | None = start
    while change is not None and len(messages) < MOST_CHANGES:
        files = _with_edits(search, files, change.edits)
        messages.append(change.message)
        then = _analysed(search, files)
        if then is None:
            return None
        if then.model.error is None:
            return FitChoice(tuple(messages), tuple(_changed_lines(search, files)), then.model) if _is_proven(then.model) else None
        change = next((each for each in _proposals(then, search.run.registry.rules) if _goes_on(start, each)), None)
    return None


def _goes_on(start: Proposal, change: Proposal) -> bool:
    """Whether a change may follow on another one: the same is done at other places; a padding or a pool must do it alone."""
    return change.kind == start.kind and (change.kind == "size" or (change.kind == "matching" and change.subject == start.subject))


def _is_proven(model: Model) -> bool:
    """Whether a model without a failure was followed to its end, with nothing left open."""
    return model.exact and bool(model.outputs) and all(shape is not None and not shape.leading for shape in model.outputs)


# Analysing


def _analysed(search: _Search, files: Mapping[str, FoundFile], *, with_sizes: bool = False) -> Proposed | None:
    """The model with some files holding something else, where it fails, or else with a batch of 1; None if it can't be built any more."""
    run, defaults = search.run, search.run.input_defaults
    is_open = defaults.batch is None and all(each.size is not None for each in search.inputs)
    found = None
    for batch in BATCHES if is_open else (defaults.batch,):
        search.tried += 1
        analyser = replace(run, input_defaults=replace(defaults, batch=batch)).analyser(list(files.values()))
        analyser.with_sizes = with_sizes or batch in (1, defaults.batch)
        known = known_of(search.target, run)
        try:
            models = analyser.proposed(search.target, search.inputs, known)
        except (NotAnalysed, BuildingFails, CnnlintError):
            return None
        if search.number >= len(models):
            return None
        found = models[search.number]
        if found.model.error is not None:
            return found
    return found


def _with_edits(search: _Search, files: Mapping[str, FoundFile], edits: Sequence[Edit]) -> dict[str, FoundFile]:
    """The changed files after further edits of what they hold."""
    changed = dict(files)
    for path in dict.fromkeys(edit.place.path for edit in edits):
        file = changed.get(path) or _file(search, path)
        source = text_of(file, search.run.max_file_size)
        data = file.path.read_bytes() if file.data is None else file.data
        own = [Edit(placed(edit.place, {path: source}), edit.text) for edit in edits if edit.place.path == path]
        changed[path] = FoundFile(file.path, path, file.is_named, edited(data, source, own))
    return changed


def _file(search: _Search, path: str) -> FoundFile:
    """A file by its printed path: relative to the working directory, or to a folder of the search path."""
    if path not in search.files:
        places = [pathlib.Path(path), *(folder / path for folder in search.run.search_path)]
        search.files[path] = FoundFile(next((place for place in places if place.is_file()), places[0]), path, is_named=True)
    return search.files[path]


def _changed_lines(search: _Search, files: Mapping[str, FoundFile]) -> Iterator[ChangedLines]:
    limit = search.run.max_file_size
    for path, file in files.items():
        before, after = (text_of(each, limit).text.splitlines() for each in (_file(search, path), file))
        for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind != "equal":
                yield ChangedLines(path, start + 1, tuple(before[start:end]), tuple(after[new_start:new_end]))


# Changes


def _proposals(found: Proposed, rules: Sequence[type[Rule]]) -> Iterator[Proposal]:
    """What may mend a model's failure: the size that is written, first, then what else may."""
    occurrence = found.model.error
    fix = None if occurrence is None else _size_fix(occurrence, rules)
    if occurrence is not None and fix is not None:
        yield Proposal("size", occurrence.subject, f"{fix.message} in `{occurrence.subject}`", fix.edits)
    yield from found.proposals


def _size_fix(occurrence: Occurrence, rules: Sequence[type[Rule]]) -> Fix | None:
    """The edit of a size that a rule would make, also where others take their value from the same place: whether they may is proven."""
    written = occurrence.written
    if written is None:
        return None
    if written.value is not None:
        value = written.value
        own = WrittenValue(value.place, value.text, True, value.factors, value.is_literal, value.divisions, value.is_quotient)
        written = Written(own, written.call, written.constructor)
    failure = occurrence.failure
    if isinstance(failure, ReshapeCount):
        sizes = failure.shape.dims[1:]
        numbers = [size for size in sizes if isinstance(size, int)]
        fix = resized(written, "size", failure.target[-1], math.prod(numbers), sizes) if len(numbers) == len(sizes) else None
        return None if fix is None else Fix(fix.message.replace("set `size` to", "write"), fix.safe, fix.edits)
    own_occurrence = Occurrence(failure, occurrence.subject, occurrence.place, occurrence.notes, written)
    findings = (rule().finding(own_occurrence) for rule in rules if issubclass(rule, FailureRule))
    return next((finding.fix for finding in findings if finding is not None and finding.fix is not None), None)
