"""The command `summary`."""

from __future__ import annotations

import argparse

from cnnlint.cli.commands import complain
from cnnlint.cli.output import destinations, write_all
from cnnlint.cli.setup import comma_separated, input_of, named_ones, run_of, settings_of, stored_as
from cnnlint.engine import summarise
from cnnlint.errors import CnnlintError
from cnnlint.plugin import Printing, SizesReporter, SummaryReporter
from cnnlint.plugin.reporter import COLUMNS
from cnnlint.registry import load_registry


def summary_command(options: argparse.Namespace) -> int:
    """Summarises, prints, and returns the exit."""
    if options.each:
        return _each(options)
    settings = settings_of(options, [target.partition("::")[0] for target in options.targets])
    registry = load_registry(complain, plugins=settings.plugins)
    places = destinations(options.output_formats, SummaryReporter, "table", registry)
    inputs = tuple(input_of(text) for text in options.inputs)
    run = run_of(options, settings, registry, registry.rules)
    report, faults = summarise(options.targets, inputs, run)
    folded = options.depth is not None if options.fold is None else options.fold
    columns = named_ones("--columns", comma_separated(options.columns), COLUMNS)
    weights, activations = stored_as(options, settings)
    printing = Printing(depth=options.depth, is_folded=folded, columns=columns, weights=weights, activations=activations)
    write_all(places, lambda reporter, stream, how: reporter.write(report, stream, how), printing)
    for fault in faults:
        complain(fault)
    return 3 if faults else int(any(row.error for row in report.rows))


def _each(options: argparse.Namespace) -> int:
    """Summarises at each of several sizes, prints, and returns the exit."""
    from cnnlint.cli.each import inputs_of_each  # few ask for it
    from cnnlint.each_size import at_each_size

    for name, is_given in (("--depth", options.depth is not None), ("--fold", options.fold is not None), ("--columns", options.columns)):
        if is_given:
            raise CnnlintError(f"--each: prints a line a size and no layers; leave out {name}")
    settings = settings_of(options, [target.partition("::")[0] for target in options.targets])
    registry = load_registry(complain, plugins=settings.plugins)
    places = destinations(options.output_formats, SizesReporter, "table", registry)
    run = run_of(options, settings, registry, registry.rules)
    weights, activations = stored_as(options, settings)
    report, faults = at_each_size(options.targets, inputs_of_each(options.inputs), run)
    write_all(places, lambda reporter, stream, how: reporter.write(report, stream, how), Printing(weights=weights, activations=activations))
    for fault in faults:
        complain(fault)
    return 3 if faults else int(report.fails)
