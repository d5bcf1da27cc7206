"""The command `fit`."""

from __future__ import annotations

import argparse

from cnnlint.cli.commands import complain
from cnnlint.cli.output import destinations, write_all
from cnnlint.cli.setup import input_of, run_of, settings_of
from cnnlint.errors import CnnlintError
from cnnlint.fitting import fit
from cnnlint.plugin import FitReporter, Printing
from cnnlint.registry import load_registry


def fit_command(options: argparse.Namespace) -> int:
    """Looks for what lets the models take the input, prints, and returns the exit: 1 where one doesn't take it as it is."""
    if not options.inputs:
        raise CnnlintError("fit: state the input that the model shall take, such as --input 28")
    settings = settings_of(options, [target.partition("::")[0] for target in options.targets])
    registry = load_registry(complain, plugins=settings.plugins)
    places = destinations(options.output_formats, FitReporter, "table", registry)
    inputs = tuple(input_of(text) for text in options.inputs)
    run = run_of(options, settings, registry, registry.rules)
    report, faults = fit(options.targets, inputs, " and ".join(options.inputs), run)
    write_all(places, lambda reporter, stream, how: reporter.write(report, stream, how), Printing())
    for fault in faults:
        complain(fault)
    return 3 if faults else int(report.fails)
