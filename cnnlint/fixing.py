"""Fixes applied in rounds: those that don't overlap together, each round analysed again before the next one builds on it."""

from __future__ import annotations

import os
import pathlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from cnnlint.analysing import FileOutcome, Run
from cnnlint.diagnostics import Diagnostic, Edit, Fix
from cnnlint.discovery import FoundFile
from cnnlint.edits import edited
from cnnlint.engine import Known, Outcome, combined
from cnnlint.graph import Place
from cnnlint.importers import importing
from cnnlint.jobs import outcomes_of
from cnnlint.source.ir import Span

MOST_ANALYSES = 60
"""How often the files of one run are analysed again at most; a round that has to be taken back is tried in halves."""

Key: TypeAlias = tuple[str, str, str]
_line_number = re.compile(r":\d+\b")


@dataclass(frozen=True, slots=True)
class Fixed:
    """What came of it: the last outcome, what the changed files hold, by printed path, and what was mended.

    `before` is the outcome without any fix; `refused` are the diagnostics whose fix did harm.
    """

    before: Outcome
    outcome: Outcome
    changed: Mapping[str, bytes]
    mended: tuple[Diagnostic, ...]
    refused: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Round:
    """The files as they are now, and what was found out about each."""

    files: tuple[FoundFile, ...]
    outcomes: list[FileOutcome]
    outcome: Outcome


def fixed(
    files: Sequence[FoundFile],
    run: Run,
    known: Known,
    fixable: Collection[str],
    *,
    unsafe: bool = False,
    watch: Callable[[str], None] = lambda path: None,
) -> Fixed:
    """Applies the safe fixes, or all, to what the files hold; nothing is written. `fixable` are the printed paths that may change.

    A fix stays if its diagnostic is gone, no model fails that ran before, nothing is wrong with what it wrote, and, unless it mended
    an error, behind which more may come to light, nothing else is found. Ends after `MOST_ANALYSES`.
    """
    outcomes = outcomes_of(files, run, watch)
    now = _Round(tuple(files), outcomes, combined(files, outcomes, run, known))
    before = now.outcome
    mended: list[Diagnostic] = []
    refused: dict[Key, Diagnostic] = {}
    size = len(before.report.diagnostics)
    for _ in range(MOST_ANALYSES):
        wanted = [each for each in now.outcome.report.diagnostics if _is_wanted(each, fixable, unsafe) and _key(each) not in refused]
        chosen = _apart(wanted)[: max(1, size)]
        if not chosen:
            break
        then = _analysed(now, chosen, run, known)
        if then is not None and _is_better(now.outcome, then.outcome, chosen):
            mended += chosen
            now, size = then, size * 2
        elif len(chosen) == 1:
            refused[_key(chosen[0])] = chosen[0]
        else:
            size = len(chosen) // 2
    changed = {file.display: file.data for file, first in zip(now.files, files, strict=True) if file is not first and file.data is not None}
    return Fixed(before, now.outcome, changed, tuple(mended), tuple(refused.values()))


def _is_wanted(diagnostic: Diagnostic, fixable: Collection[str], unsafe: bool) -> bool:
    fix = diagnostic.fix
    return fix is not None and (fix.safe or unsafe) and all(edit.place.path in fixable for edit in fix.edits)


def _apart(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics whose fixes don't touch one another, the first of those that do; the same fix twice is one."""
    taken: list[Edit] = []
    fixes: list[Fix] = []
    found = []
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        assert fix is not None
        known = any(fix.edits == other.edits for other in fixes)
        if known or not any(_touch(edit.place, other.place) for edit in fix.edits for other in taken):
            found.append(diagnostic)
            fixes.append(fix)
            taken += [] if known else fix.edits
    return found


def _touch(one: Place, other: Place) -> bool:
    a, b = one.span, other.span
    if (one.path, one.cell) != (other.path, other.cell):
        return False
    return (a.line, a.column) <= (b.end_line, b.end_column) and (b.line, b.column) <= (a.end_line, a.end_column)


def _analysed(now: _Round, chosen: Sequence[Diagnostic], run: Run, known: Known) -> _Round | None:
    """The files with the fixes, and what is found in them and in those that import them; None if one can't be read."""
    edits = {edit for each in chosen if each.fix is not None for edit in each.fix.edits}
    files = list(now.files)
    changed = []
    for number, file in enumerate(files):
        own = [edit for edit in edits if edit.place.path == file.display]
        if own:
            try:
                data = file.path.read_bytes() if file.data is None else file.data
            except OSError:
                return None
            files[number] = replace_data(file, edited(data, now.outcome.sources[file.display], own))
            changed.append(file.path)
    reached = {path.resolve() for path in (*changed, *importing(changed, [file.path for file in files], run.search_path))}
    again = [number for number, file in enumerate(files) if file.path.resolve() in reached]
    outcomes = list(now.outcomes)
    new = outcomes_of([files[number] for number in again], replace(run, jobs=1), among=files)
    for number, outcome in zip(again, new, strict=True):
        outcomes[number] = outcome
    return _Round(tuple(files), outcomes, combined(files, outcomes, run, known))


def replace_data(file: FoundFile, data: bytes) -> FoundFile:
    """The file holding something else."""
    return FoundFile(file.path, file.display, file.is_named, data)


def _is_better(before: Outcome, after: Outcome, chosen: Sequence[Diagnostic]) -> bool:
    """Whether fixes did what they should and no harm."""
    old, new = _counted(before), _counted(after)
    if after.faults != before.faults or any(new[_key(each)] >= old[_key(each)] for each in chosen):
        return False
    added = new - old
    if added and not all(each.severity == "error" for each in chosen):
        return False
    if any(_key(each) in added and _is_about(each, chosen) for each in after.report.diagnostics):
        return False
    return not (set(_working(before)) & set(_failing(after)))


def _counted(outcome: Outcome) -> Counter[Key]:
    return Counter(_key(each) for each in outcome.report.diagnostics)


def _key(diagnostic: Diagnostic) -> Key:
    """What a diagnostic is known by when lines have moved."""
    return (diagnostic.place.path, diagnostic.code, _line_number.sub(":", diagnostic.message))


def _is_about(diagnostic: Diagnostic, chosen: Sequence[Diagnostic]) -> bool:
    """Whether a new diagnostic stands where a fix wrote something."""
    at = diagnostic.place
    edits = {edit for each in chosen if each.fix is not None for edit in each.fix.edits}
    own = [edit for edit in edits if (edit.place.path, edit.place.cell) == (at.path, at.cell)]
    start, end = (at.span.line, at.span.column), (at.span.end_line, at.span.end_column)
    return any(start < (new.end_line, new.end_column) and (new.line, new.column) < end for new in _written(own))


def _written(edits: Iterable[Edit]) -> Iterator[Span]:
    """Where the text of each edit of a file stands once all are made."""
    lines = columns = last = 0
    for edit in sorted(edits, key=lambda edit: edit.place.span):
        old = edit.place.span
        line, column = old.line + lines, old.column + (columns if old.line == last else 0)
        *above, rest = edit.text.split("\n")
        new = Span(line, column, line + len(above), len(rest) + (0 if above else column))
        yield new
        lines, columns, last = new.end_line - old.end_line, new.end_column - old.end_column, old.end_line


def _working(outcome: Outcome) -> Iterator[tuple[str, str, int]]:
    yield from (name for name, error in _models(outcome) if not error)


def _failing(outcome: Outcome) -> Iterator[tuple[str, str, int]]:
    yield from (name for name, error in _models(outcome) if error)


def _models(outcome: Outcome) -> Iterator[tuple[tuple[str, str, int], bool]]:
    """Each model by its file, its name and which of that name it is, and whether it fails."""
    seen: Counter[tuple[str, str]] = Counter()
    for model in outcome.report.models:
        name = (model.place.path, model.name)
        seen[name] += 1
        yield (*name, seen[name]), model.error is not None


def is_within(path: pathlib.Path, folder: pathlib.Path) -> bool:
    """Whether what a path leads to lies in the tree in which it stands: below `folder`, else beside itself."""
    absolute = pathlib.Path(os.path.normpath(path.absolute()))
    tree = folder if absolute.is_relative_to(folder) else absolute.parent
    return path.resolve().is_relative_to(tree.resolve())
