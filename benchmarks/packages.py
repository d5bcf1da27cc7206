"""What is found in whole packages or repositories, linted as plain files: `python benchmarks/packages.py FOLDER ... [--list CODES]`.

Prints for each folder its files, the models in them, the share of their layer calls whose shapes were known (in numbers, or in terms of
the sizes of the model's input and the arguments of its constructor), errors and warnings by code, and seconds of the wall clock.
"""

from __future__ import annotations

import argparse
import pathlib
import time
from collections import Counter

from cnnlint.analysing import Run
from cnnlint.diagnostics import Diagnostic
from cnnlint.dims import Expression, symbols
from cnnlint.discovery import found_files
from cnnlint.engine import check
from cnnlint.graph import LayerCall
from cnnlint.jobs import usual_jobs
from cnnlint.registry import load_registry
from cnnlint.selection import chosen_rules


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=pathlib.Path, nargs="+")
    parser.add_argument("--list", action="store_true", help="print every error and warning")
    options = parser.parse_args()
    registry = load_registry(print)
    rules = chosen_rules(registry.rules, None, ())
    for folder in options.folders:
        started = time.monotonic()
        files = found_files([str(folder)]).files
        report, faults = check(files, Run(registry, rules, (folder.parent,), jobs=usual_jobs()))
        calls = [call for model in report.models for call in model.calls]
        share = sum(map(is_known, calls)) / max(len(calls), 1)
        found = [each for each in report.diagnostics if each.severity != "info"]
        counts = ", ".join(f"{count} {code}" for code, count in sorted(Counter(each.code for each in found).items())) or "none"
        seconds = time.monotonic() - started
        print(f"{folder.name}: {len(files)} files, {len(report.models)} models, {len(calls)} layer calls, {share:.1%} known")
        print(f"    errors and warnings: {counts}; {seconds:.0f} s", flush=True)
        for fault in faults:
            print(f"    {fault}")
        for each in found if options.list else ():
            print(f"    {line(each)}")


def is_known(call: LayerCall) -> bool:
    """Whether all sizes of what a call gives are numbers, or depend on nothing but the sizes and arguments that the model leaves open."""
    shapes = [shape for shape in call.outputs if shape is not None]
    dims = [dim for shape in shapes for dim in shape.dims]
    is_open = any(symbol.kind == "unknown" for dim in dims if isinstance(dim, Expression) for symbol in symbols(dim))
    return bool(shapes) and not any(shape.leading for shape in shapes) and not is_open


def line(found: Diagnostic) -> str:
    return f"{found.place.path}:{found.place.span.line}: {found.code} {found.message}"


if __name__ == "__main__":
    main()
