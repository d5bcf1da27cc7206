"""The command `diff`."""

from __future__ import annotations

import argparse
import pathlib
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from cnnlint.checkpoint import checkpoint_shapes
from cnnlint.cli.checking import jobs_of
from cnnlint.cli.commands import complain
from cnnlint.cli.output import destinations, write_all
from cnnlint.cli.progress import Progress
from cnnlint.cli.setup import run_of, settings_of
from cnnlint.comparing import compare_checkpoint, compare_models, growth_beyond
from cnnlint.discovery import FileChoice, FoundFile, found_files
from cnnlint.engine import Known, Run, check_outcome
from cnnlint.environment import installed_folders
from cnnlint.errors import CnnlintError, nearest
from cnnlint.graph import Model, Place
from cnnlint.plugin import DiffReport, DiffReporter, Printing, Registry
from cnnlint.reach import Tree, reached, sources_of
from cnnlint.registry import load_registry
from cnnlint.revisions import Side, opened_side, split_sides
from cnnlint.settings import Settings

# The rules that say which files were not analysed.
_NOT_ANALYSED = ("syntax-error", "not-analysed")


@dataclass(frozen=True, slots=True)
class _Analysed:
    """What was found on one side: its models, the files that could not be read, and faults of ours."""

    models: tuple[Model, ...]
    not_compared: tuple[str, ...]
    faults: tuple[str, ...]


def diff_command(options: argparse.Namespace) -> int:
    """Compares two sides, prints, and returns the exit: 1 where a figure grew too much or the checkpoint doesn't load."""
    here = pathlib.Path.cwd()
    registry = load_registry(complain, plugins=settings_of(options, ["."]).plugins)
    places = destinations(options.output_formats, DiffReporter, "table", registry)
    shapes = None if options.checkpoint is None else checkpoint_shapes(pathlib.Path(options.checkpoint))
    with ExitStack() as stack:
        sides = [stack.enter_context(opened_side(text, here)) for text in split_sides(options.base, options.head, here)]
        files = [_files(side, options) for side in sides]
        untouched = 0
        if not (options.all or options.models or options.checkpoint):
            files, untouched = _reached(sides, files, options, registry.roots)
        for text in options.paths:
            if not any((side.start / text).exists() for side in sides):
                raise CnnlintError(f"diff: --path {text}: neither side has such a file or folder")
        total = sum(map(len, files))
        with Progress(total, sys.stderr, is_wanted=True) as progress:
            before, after = (
                _analysed(side, own, _run(side, options, registry, len(own)), progress.advance)
                for side, own in zip(sides, files, strict=True)
            )
    old, new = _chosen(before.models, after.models, options.models)
    models, unchanged = compare_models(old, new)
    too_large = () if options.fail_on_growth is None else growth_beyond(models, options.fail_on_growth)
    checkpoint = None if shapes is None else compare_checkpoint(options.checkpoint, shapes, _only(new))
    not_compared = tuple(dict.fromkeys((*before.not_compared, *after.not_compared)))
    report = DiffReport(sides[0].name, sides[1].name, models, unchanged, untouched, not_compared, too_large, checkpoint)
    write_all(places, lambda reporter, stream, how: reporter.write(report, stream, how), Printing())
    faults = (*before.faults, *after.faults)
    for message in faults:
        complain(message)
    if faults:
        return 3
    return int(bool(too_large) or (checkpoint is not None and checkpoint.state.breaks))


def _files(side: Side, options: argparse.Namespace) -> tuple[FoundFile, ...]:
    """The files that are compared, named as seen from where the side starts."""
    settings = settings_of(options, [str(side.start)])
    wanted = [side.start / path for path in options.paths] if options.paths else [side.start]
    found = found_files([str(path) for path in wanted if path.exists()], FileChoice(settings.include, settings.exclude))
    start = side.start.resolve()
    return tuple(
        FoundFile(file.path, resolved.relative_to(start).as_posix(), is_named=False)
        for file in found.files
        if (resolved := file.path.resolve()).is_relative_to(start)
    )


def _reached(
    sides: Sequence[Side], files: Sequence[tuple[FoundFile, ...]], options: argparse.Namespace, roots: Sequence[str]
) -> tuple[list[tuple[FoundFile, ...]], int]:
    """The files that a change reaches, of each side, and how many of the new side are left out."""
    old, new = (_tree(side, options) for side in sides)
    names = reached(old, new, roots)
    if names is None:
        return list(files), 0
    found = [tuple(file for file in own if tree.name(file.path.resolve()) in names) for tree, own in zip((old, new), files, strict=True)]
    return found, len(files[-1]) - len(found[-1])


def _tree(side: Side, options: argparse.Namespace) -> Tree:
    root, start = side.root.resolve(), side.start.resolve()
    listed = found_files([str(side.root)], FileChoice())
    folders = _own_folders(side, options, settings_of(options, [str(side.start)]))
    return Tree(root, start, sources_of([file.path for file in listed.files], root), tuple(folder.resolve() for folder in folders))


def _own_folders(side: Side, options: argparse.Namespace, settings: Settings) -> list[pathlib.Path]:
    """Where a side's own imports are found."""
    usual = settings.src or (settings.root, settings.root / "src")
    folders = [side.start / folder for folder in options.src] if options.src else usual
    return [folder for folder in folders if folder.is_dir()]


def _run(side: Side, options: argparse.Namespace, registry: Registry, count: int) -> Run:
    """A run of so many files of one side: by its own settings, in the environment that the working tree has."""
    own, settings = settings_of(options, ["."]), settings_of(options, [str(side.start)])
    rules = tuple(rule for rule in registry.rules if rule.name in _NOT_ANALYSED)
    run = run_of(options, replace(settings, python=None, src=None, per_file_ignores={}), registry, rules)
    python = pathlib.Path(options.python) if options.python else own.python
    search_path = (*_own_folders(side, options, settings), *installed_folders(python, own.root))
    return replace(run, search_path=search_path, jobs=jobs_of(options.jobs, count))


def _analysed(side: Side, files: Sequence[FoundFile], run: Run, watch: Callable[[str], None]) -> _Analysed:
    outcome = check_outcome(files, run, Known(by_comments=False), watch)
    found, named = outcome.report, {file.display for file in files}
    not_compared = tuple(f"{side.name}: {each.place.shown}:{each.place.span.line}: {each.message}" for each in found.diagnostics)
    return _Analysed(tuple(_relabelled(model, side, named) for model in found.models), not_compared, outcome.faults)


def _relabelled(model: Model, side: Side, named: Collection[str]) -> Model:
    """The model with the places of its failures and unknown parts named as seen from where the side starts; those in `named` are."""

    def seen(place: Place) -> Place:
        return place if place.path in named else _place(place, side)

    error = model.error and type(model.error)(model.error.failure, model.error.subject, seen(model.error.place), model.error.notes)
    return replace(model, error=error, unknown=tuple(type(part)(seen(part.place), part.reason) for part in model.unknown))


def _place(place: Place, side: Side) -> Place:
    path = pathlib.Path.cwd() / place.path
    for start in (side.start, side.start.resolve()):
        if path.is_relative_to(start):
            return Place(path.relative_to(start).as_posix(), place.span, place.cell)
    return place


def _chosen(before: Sequence[Model], after: Sequence[Model], names: Sequence[str]) -> tuple[list[Model], list[Model]]:
    """The models of both sides that `names` name, or all. Raises CnnlintError for a name that neither side has."""
    if not names:
        return list(before), list(after)
    known = [text for model in (*after, *before) for text in (model.name, model.target)]
    for name in names:
        if name not in known:
            raise CnnlintError(f"diff: --model {name}: neither side has such a model{nearest(name, known)}")
    wanted = set(names)
    return [each for each in before if {each.name, each.target} & wanted], [each for each in after if {each.name, each.target} & wanted]


def _only(models: Sequence[Model]) -> Model:
    """The one model that a checkpoint is compared with. Raises CnnlintError if there is none, or more."""
    if len(models) == 1:
        return models[0]
    if not models:
        raise CnnlintError("diff: --checkpoint: there is no model to compare the file with")
    listed = ", ".join(model.target for model in models[:4]) + (" ..." if len(models) > 4 else "")
    raise CnnlintError(f"diff: --checkpoint: which of the models? name it with --model: {listed}")
