"""How many planted faults are found: `python benchmarks/mutants.py [--zoo SOURCES]`.

Replays benchmarks/data/mutants.json, which `record_mutants.py` recorded with the framework: each recipe is planted in its file, and the
program that was run is linted. Of the mutants that fail it counts those that are reported as an error, and of these those that have the
planted line, or the one that the framework raised at, as their place or in their notes; of those that run, the reported ones are false
alarms, but for faults that change what is trained (`MEANT`). SOURCES is the folder with the unpacked torchvision; without it only
the fixtures are replayed.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from planting import Mutation, planted

from cnnlint.analysing import Run, outcome_of
from cnnlint.diagnostics import Diagnostic
from cnnlint.discovery import FoundFile
from cnnlint.interpreter import Analyser
from cnnlint.paths import display_path
from cnnlint.registry import load_registry
from cnnlint.source import on_large_stack, usual_folder

ROOT = pathlib.Path(__file__).parent.parent
DATA = pathlib.Path(__file__).parent / "data" / "mutants.json"
MEANT = {"plain list"}
"""Kinds that run and yet train something else than is written."""


@dataclass
class Tally:
    """What came of the mutants of one kind."""

    fails: int = 0
    reported: int = 0
    placed: int = 0
    runs: int = 0
    false: int = 0
    meant: int = 0
    meant_reported: int = 0


@dataclass
class Replay:
    """The run, and what is missed."""

    run: Run
    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    missed: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zoo", type=pathlib.Path, help="the folder that holds the unpacked torchvision")
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    parser.add_argument("--only", default="", help="only files whose name contains this")
    parser.add_argument("--kind", default="", help="only faults of this kind")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="replay only each Nth fault of a file")
    parser.add_argument("--verbose", action="store_true", help="print every mutant that is missed, misplaced or falsely reported")
    options = parser.parse_args()
    on_large_stack(lambda: run(options))


def run(options: argparse.Namespace) -> None:
    registry = load_registry(print)
    rules = tuple(rule for rule in registry.rules if rule.is_on)
    roots = () if options.zoo is None else (options.zoo,)
    replay = Replay(Run(registry, rules, roots, cache=usual_folder()))
    files = json.loads(options.data.read_text(encoding="utf-8"))["files"]
    with tempfile.TemporaryDirectory() as folder:
        for name, entry in files.items():
            if options.only in name and not (entry["program"] and options.zoo is None):
                known = len(replay.missed)
                replay_file(replay, name, entry, options, pathlib.Path(folder))
                if options.verbose:
                    print("\n".join([name, *replay.missed[known:]]), flush=True)
    report(replay)


def replay_file(replay: Replay, name: str, entry: dict[str, Any], options: argparse.Namespace, folder: pathlib.Path) -> None:
    path = (options.zoo if entry["program"] else ROOT) / name
    text = path.read_text(encoding="utf-8")
    before = {key(each) for each in found(replay.run, path, text, entry["program"], folder)}
    for recipe in entry["mutants"][:: options.every]:
        if options.kind and recipe["kind"] != options.kind:
            continue
        mutation = Mutation(recipe["kind"], *recipe["at"], recipe["old"], recipe["new"])
        diagnostics = found(replay.run, path, planted(text, mutation), entry["program"], folder)
        judge(replay, name, display_path(path), recipe, [each for each in diagnostics if key(each) not in before])


def found(run: Run, path: pathlib.Path, text: str, program: str, folder: pathlib.Path) -> Sequence[Diagnostic]:
    """What is reported of a file that holds this text, or of a program that imports it."""
    file = FoundFile(path, display_path(path), is_named=True, data=text.encode())
    files = [file]
    if program:
        driver = folder / "program.py"
        driver.write_text(program, encoding="utf-8")
        files = [FoundFile(driver, "program.py", is_named=True), file]
    displays, texts = {file.path.resolve(): file.display for file in files}, {path.resolve(): text.encode()}
    analyser = Analyser(run.registry, run.search_path, displays=displays, texts=texts, cache=run.cache)
    outcome = outcome_of(files[0], run, analyser)
    if outcome.fault:
        print(f"{path.name}: {outcome.fault}")
    return outcome.diagnostics


def key(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, diagnostic.message


def judge(replay: Replay, name: str, display: str, recipe: dict[str, Any], new: Sequence[Diagnostic]) -> None:
    tally = replay.tallies[recipe["kind"]]
    errors = [each for each in new if each.severity == "error"]
    label = f"{name}:{recipe['at'][0]}: {recipe['kind']}: `{recipe['old'].splitlines()[0][:60]}` -> `{recipe['new'].splitlines()[0][:60]}`"
    match recipe["outcome"]:
        case "fails":
            lines = {recipe["at"][0], *range(recipe["at"][0], recipe["at"][0] + recipe["new"].count("\n") + 1), recipe["line"]}
            tally.fails += 1
            tally.reported += bool(errors)
            is_placed = any(line in lines for each in errors for line in lines_of(each, display))
            tally.placed += is_placed
            if not errors:
                replay.missed.append(f"missed    {label} ({recipe['exception']} at {recipe['line']})")
            elif not is_placed:
                replay.missed.append(
                    f"misplaced {label} ({recipe['exception']} at {recipe['line']}): {errors[0].place.span.line}: {errors[0].message}"
                )
        case "changed" if recipe["kind"] in MEANT:
            tally.meant += 1
            tally.meant_reported += any(each.severity != "info" for each in new)
            if not new:
                replay.missed.append(f"silent    {label}")
        case outcome:
            wrong = errors if outcome == "changed" else [each for each in new if each.severity != "info"]
            tally.runs += 1
            tally.false += bool(wrong)
            if wrong:
                replay.missed.append(f"false     {label}: {wrong[0].place.span.line}: {wrong[0].code} {wrong[0].message}")


def lines_of(diagnostic: Diagnostic, path: str) -> Iterator[int]:
    """The lines of a file that a diagnostic is about, in its place or in its notes."""
    for place in (diagnostic.place, *(note.place for note in diagnostic.notes)):
        if place.path == path or path.endswith(place.path):
            yield from range(place.span.line, place.span.end_line + 1)


def report(replay: Replay) -> None:
    print(f"{'kind':20} {'fail':>5} {'reported':>9} {'placed':>8} {'run':>5} {'false':>6}")
    total = Tally()
    for kind, tally in sorted(replay.tallies.items()):
        print(row(kind, tally))
        for name in vars(total):
            setattr(total, name, getattr(total, name) + getattr(tally, name))
    print(row("all", total))
    print(f"that run but train something else: {total.meant}, reported: {total.meant_reported}")


def row(kind: str, tally: Tally) -> str:
    reported = f"{tally.reported / tally.fails:.1%}" if tally.fails else "-"
    placed = f"{tally.placed / tally.reported:.1%}" if tally.reported else "-"
    return f"{kind:20} {tally.fails:5} {reported:>9} {placed:>8} {tally.runs:5} {tally.false:6}"


if __name__ == "__main__":
    main()
