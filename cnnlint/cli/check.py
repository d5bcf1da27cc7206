"""The command `check`."""

from __future__ import annotations

import argparse
import pathlib
import sys
from collections.abc import Sequence
from dataclasses import replace

from cnnlint.cli.commands import complain
from cnnlint.cli.output import destinations, has_links, is_coloured, write_all
from cnnlint.cli.progress import Progress
from cnnlint.cli.setup import comma_separated, configured_models, input_of, run_of, settings_of
from cnnlint.discovery import FoundFile, found_files
from cnnlint.engine import check
from cnnlint.errors import CnnlintError
from cnnlint.plugin import CheckReporter, Printing
from cnnlint.registry import load_registry
from cnnlint.selection import chosen_rules
from cnnlint.settings import ModelSettings
from cnnlint.targets import split_input


def check_command(options: argparse.Namespace) -> int:
    """Lints, prints, and returns the exit."""
    settings = settings_of(options.paths)
    registry = load_registry(complain)
    places = destinations(options.output_formats, CheckReporter, "full", registry)
    select = settings.select if options.select is None else comma_separated(options.select)
    rules = chosen_rules(registry.rules, select, comma_separated((*settings.ignore, *options.ignore)))
    found = found_files(options.paths, settings.root, settings.exclude)
    models = configured_models(settings)
    _add_inputs(options.inputs, found.files, models)
    with Progress(len(found.files), sys.stderr, is_wanted=not options.quiet) as progress:
        report, faults = check(found.files, run_of(options, settings, registry, rules, models), progress.advance)
    coloured = is_coloured(options.color, sys.stdout)
    printing = Printing(options.quiet, options.verbose, options.statistics, coloured, coloured and has_links(sys.stdout))
    write_all(places, lambda reporter, stream, how: reporter.write(report, stream, how), printing)
    for message in (*found.missing, *faults):
        complain(message)
    if not found.files and not found.missing:
        complain("no Python files found")
    if faults:
        return 3
    if found.missing:
        return 2
    return int(any(diagnostic.severity != "info" for diagnostic in report.diagnostics))


def _add_inputs(texts: Sequence[str], files: Sequence[FoundFile], models: dict[pathlib.Path, dict[str, ModelSettings]]) -> None:
    """Enters each `--input TARGET=SHAPE` into `models`, in place of inputs that the settings state."""
    linted = {file.path.resolve() for file in files}
    stated: set[tuple[pathlib.Path, str]] = set()
    for text in texts:
        target, shape = split_input(text)
        place, _, expression = target.partition("::")
        path, name = pathlib.Path(place).resolve(), expression.strip()
        if path not in linted:
            raise CnnlintError(f"--input {text}: {place} is not among the files that are checked")
        said = models.setdefault(path, {}).get(name, ModelSettings())
        before = said.inputs if (path, name) in stated else ()
        models[path][name] = replace(said, inputs=(*before, input_of(shape)))
        stated.add((path, name))
