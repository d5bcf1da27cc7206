"""The command `summary`."""

from __future__ import annotations

import argparse
import sys

from cnnlint.cli.commands import complain
from cnnlint.cli.setup import input_of, reporter_named, run_of, settings_of
from cnnlint.engine import summarise
from cnnlint.plugin import SummaryReporter
from cnnlint.registry import load_registry


def summary_command(options: argparse.Namespace) -> int:
    """Summarises, prints, and returns the exit."""
    settings = settings_of(options, [target.partition("::")[0] for target in options.targets])
    registry = load_registry(complain, plugins=settings.plugins)
    reporter = reporter_named(options.output_format, SummaryReporter, registry)
    inputs = tuple(input_of(text) for text in options.inputs)
    run = run_of(options, settings, registry, registry.rules)
    report, faults = summarise(options.targets, inputs, run)
    reporter.write(report, sys.stdout)
    for fault in faults:
        complain(fault)
    return 3 if faults else int(any(row.error for row in report.rows))
