"""Files over processes: the same outcomes in the same order, however many there are."""

from __future__ import annotations

import functools
import os
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace

from cnnlint.analysing import FileOutcome, Run, collect_rarely, outcome_of, silent
from cnnlint.discovery import FoundFile
from cnnlint.plugin import Registry
from cnnlint.registry import load_registry
from cnnlint.source import on_large_stack

CHUNKS_PER_PROCESS = 4
"""Neighbours share imports, so files are handed out many at a time; several times, so that nobody waits long for the last."""


def outcomes_of(
    files: Sequence[FoundFile],
    run: Run,
    watch: Callable[[str], None] = lambda path: None,
    among: Sequence[FoundFile] | None = None,
) -> list[FileOutcome]:
    """What becomes of each file, in order; `among` are all files that are linted, if these are only some.

    `watch` is told of each: before it by one process, of several when they hand it back.
    """
    jobs = min(run.jobs, len(files))
    if jobs < 2:
        return on_large_stack(lambda: _outcomes(files, files if among is None else among, run, watch))
    # Imported here to save start-up time, which one process for all files need not pay.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    size = -(-len(files) // (jobs * CHUNKS_PER_PROCESS))
    chunks = [files[start : start + size] for start in range(0, len(files), size)]
    # A registry holds functions and classes of plugins: each process loads its own.
    bare = replace(run, registry=Registry(), rules=(), complain=silent)
    pickled = pickle.dumps((bare, tuple(rule.name for rule in run.rules), tuple(files)))
    # Forking a process that has threads is not safe, and not everywhere possible.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context) as pool:
        found: list[FileOutcome] = []
        told: set[str] = set()
        for outcomes, complaints in pool.map(functools.partial(_of_chunk, pickled), chunks):
            found += outcomes
            for complaint in complaints:
                if complaint not in told:
                    run.complain(complaint)
            told.update(complaints)
            for outcome in outcomes:
                watch(outcome.path)
        return found


def usual_jobs() -> int:
    """As many processes as the machine has processors for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _outcomes(
    files: Sequence[FoundFile], all_files: Sequence[FoundFile], run: Run, watch: Callable[[str], None] = lambda path: None
) -> list[FileOutcome]:
    collect_rarely()
    analyser = run.analyser(all_files)
    outcomes = []
    for file in files:
        watch(file.display)
        outcomes.append(outcome_of(file, run, analyser))
    analyser.save()
    return outcomes


@functools.cache
def _loaded(pickled: bytes) -> tuple[Run, tuple[FoundFile, ...], list[str]]:
    """The run and all its files, with plugins loaded anew: once a process; and what of them turns out to be broken from then on."""
    bare, names, files = pickle.loads(pickled)  # noqa: S301  # what the main process has just made
    complaints: list[str] = []
    registry = load_registry(complaints.append, plugins=bare.plugins)
    complaints.clear()  # the main process has said as much
    rules = {rule.name: rule for rule in registry.rules}
    return replace(bare, registry=registry, rules=tuple(rules[name] for name in names)), files, complaints


def _of_chunk(pickled: bytes, files: Sequence[FoundFile]) -> tuple[list[FileOutcome], list[str]]:
    run, all_files, complaints = _loaded(pickled)
    return on_large_stack(lambda: _outcomes(files, all_files, run)), complaints
