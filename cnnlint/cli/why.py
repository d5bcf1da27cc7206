"""The command `why`."""

from __future__ import annotations

import argparse
import sys

from cnnlint.cli.commands import complain
from cnnlint.cli.output import destinations, has_links, is_coloured, write_all
from cnnlint.cli.setup import input_of, run_of, settings_of
from cnnlint.errors import CnnlintError
from cnnlint.explaining import why, why_pasted
from cnnlint.plugin import Printing, WhyReporter
from cnnlint.registry import load_registry


def why_command(options: argparse.Namespace) -> int:
    """Explains, prints, and returns the exit: 1 where something is wrong."""
    is_pasted = options.target == "-"
    if is_pasted and sys.stdin.isatty():
        raise CnnlintError("why: name a TARGET, or give a traceback on standard input: python train.py 2>&1 | cnnlint why")
    settings = settings_of(options, ["." if is_pasted else options.target.partition("::")[0]])
    registry = load_registry(complain, plugins=settings.plugins)
    places = destinations(options.output_formats, WhyReporter, "tree", registry)
    inputs = tuple(input_of(text) for text in options.inputs)
    run = run_of(options, settings, registry, registry.rules)
    if is_pasted:
        report = why_pasted(sys.stdin.buffer.read().decode("utf-8", "replace"), inputs, run)
    else:
        report = why(options.target, inputs, run)
    coloured = is_coloured(options.color, sys.stdout)
    printing = Printing(is_coloured=coloured, has_links=coloured and has_links(sys.stdout))
    write_all(places, lambda reporter, stream, how: reporter.write(report, stream, how), printing)
    return int(report.pasted is not None or bool(report.problems) or any(answer.problem for answer in report.answers))
