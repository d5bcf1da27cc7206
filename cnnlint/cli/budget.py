"""The command `budget`: what models cost beside what they may, and what is recorded of them."""

from __future__ import annotations

import argparse
import pathlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cnnlint.budgeting import recorded_name
from cnnlint.cli.checking import MANY_FILES, jobs_of
from cnnlint.cli.commands import complain
from cnnlint.cli.output import destinations, write_all
from cnnlint.cli.progress import Progress
from cnnlint.cli.setup import run_of, settings_of
from cnnlint.discovery import FileChoice, found_files
from cnnlint.engine import Known, check_outcome
from cnnlint.errors import CnnlintError
from cnnlint.graph import Model, Recorded
from cnnlint.headroom import budget_report
from cnnlint.paths import display_path
from cnnlint.plugin import BudgetReporter, Printing
from cnnlint.recording import read_record, recorded_now, write_record
from cnnlint.registry import load_registry
from cnnlint.settings import Settings

# The rules that say which files were not analysed.
_NOT_ANALYSED = ("syntax-error", "not-analysed")


def budget_command(options: argparse.Namespace) -> int:
    """Shows the costs or records them, and returns the exit: 1 where a model costs more than it may."""
    settings = with_record(options, settings_of(options, options.paths))
    registry = load_registry(complain, plugins=settings.plugins)
    places = destinations(options.output_formats, BudgetReporter, "table", registry)
    asked = found_files(options.paths, FileChoice(settings.include, settings.exclude))
    rules = tuple(rule for rule in registry.rules if rule.name in _NOT_ANALYSED)
    run = run_of(options, settings, registry, rules)
    run = replace(run, jobs=jobs_of(options.jobs, len(asked.files)), complain=complain)
    with Progress(len(asked.files), sys.stderr, is_wanted=len(asked.files) >= MANY_FILES) as progress:
        outcome = check_outcome(asked.files, run, Known(by_comments=False), progress.advance)
    models = outcome.report.models
    lines = [f"{each.place.shown}:{each.place.span.line}: {each.message}" for each in outcome.report.diagnostics]
    report = budget_report(models, lines)
    if options.write:
        record(settings, models)
    else:
        write_all(places, lambda reporter, stream, how: reporter.write(report, stream, how), Printing())
    for message in (*asked.missing, *outcome.unmatched, *outcome.faults):
        complain(message)
    if outcome.faults:
        return 3
    if asked.missing or outcome.unmatched:
        return 2
    return int(report.fails and not options.write)


def with_record(options: argparse.Namespace, settings: Settings) -> Settings:
    """The settings with the record that an option names."""
    if options.record is None:
        return settings
    return replace(settings, ratchet=replace(settings.ratchet, file=pathlib.Path(options.record).absolute()))


def record(settings: Settings, models: Sequence[Model]) -> None:
    """Writes down what the models cost now; what is known of models in other files stays while those exist.

    Raises CnnlintError where no file is configured.
    """
    file = settings.ratchet.file
    if file is None:
        where = settings.file or "a cnnlint.toml"
        raise CnnlintError(f'budget --write: no record is configured; add `ratchet.file = "costs.json"` to {where}, or give --record FILE')
    before = read_record(file) if file.is_file() else {}
    now: dict[str, Recorded] = {}
    for model in models:
        costs = recorded_now(model)
        if costs.figures:
            now[recorded_name(model, file.parent)] = costs
        else:
            complain(f"not recorded: {model.target}: no cost of it is exactly known")
    checked = {name.partition("::")[0] for name in now} | {recorded_name(model, file.parent).partition("::")[0] for model in models}
    kept = _kept(before, checked, file.parent)
    write_record(file, {**kept, **now})
    number = len(kept) + len(now)
    print(f"{display_path(file)}: {number} model{'s' * (number != 1)} recorded, {len(before)} before")


def _kept(before: Mapping[str, Recorded], checked: set[str], folder: pathlib.Path) -> dict[str, Recorded]:
    return {
        name: costs
        for name, costs in before.items()
        if name.partition("::")[0] not in checked and (folder / name.partition("::")[0]).is_file()
    }
