"""What `check` and `baseline` share: options become an outcome."""

from __future__ import annotations

import argparse
import pathlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cnnlint.baseline import read_baseline
from cnnlint.cli.commands import complain
from cnnlint.cli.setup import input_of, project_folders, rules_of, run_of, settings_of
from cnnlint.discovery import FileChoice, Found, FoundFile, found_files
from cnnlint.engine import Known, Outcome, Run, check_outcome
from cnnlint.errors import CnnlintError
from cnnlint.importers import importing
from cnnlint.interpreter import KnownModel
from cnnlint.jobs import usual_jobs
from cnnlint.paths import FilePattern, display_path
from cnnlint.plugin import Registry
from cnnlint.registry import load_registry
from cnnlint.settings import ModelSettings, Settings
from cnnlint.source import StatedInput
from cnnlint.targets import split_input

STANDARD_INPUT = "-"
MANY_FILES = 60
"""From so many files on several processes are worth their start; measured by `benchmarks/jobs.py`."""


@dataclass(frozen=True, slots=True)
class Checking:
    """What a check goes by. `asked` are the files that the paths stand for; `files` has those that import them too."""

    options: argparse.Namespace
    settings: Settings
    registry: Registry
    asked: Found
    files: tuple[FoundFile, ...]
    baseline: pathlib.Path | None

    def outcome(self, *, with_baseline: bool = True, watch: Callable[[str], None] = lambda path: None) -> Outcome:
        """Check the files; `watch` is told of each. Raises CnnlintError if the settings, an option or the baseline can't be used."""
        return check_outcome(self.files, self.run(), self.known(with_baseline=with_baseline), watch)

    def run(self, stated: Sequence[ModelSettings] | None = None) -> Run:
        """What the check goes by, with what is `stated` of models in place of the options that do so.

        Raises CnnlintError if the settings or an option can't be used.
        """
        options, settings = self.options, self.settings
        rules = rules_of(options, settings, self.registry)
        own = stated_inputs(getattr(options, "inputs", ()), self.asked.files) if stated is None else stated
        models = (*settings.models, *own)
        run = run_of(options, settings, self.registry, rules, models)
        return replace(run, jobs=jobs_of(options.jobs, len(self.files)), complain=complain, is_strict=getattr(options, "strict", False))

    def known(self, *, with_baseline: bool = True) -> Known:
        """What isn't to be reported. Raises CnnlintError if the baseline can't be used."""
        known = Known(by_comments=not self.options.no_ignores)
        if with_baseline and self.baseline is not None:
            known = replace(known, findings=read_baseline(self.baseline), folder=self.baseline.parent)
        return known


def checking_of(options: argparse.Namespace) -> Checking:
    """What the options ask for. Raises CnnlintError if they, or the settings, can't be used."""
    if STANDARD_INPUT in options.paths and len(options.paths) > 1:
        raise CnnlintError("-: standard input can't be checked together with other paths")
    is_piped = STANDARD_INPUT in options.paths
    if options.stdin_filename and not is_piped:
        raise CnnlintError("--stdin-filename: give - as the path to check standard input")
    settings = settings_of(options, [options.stdin_filename or "stdin.py"] if is_piped else options.paths)
    registry = load_registry(complain, plugins=settings.plugins)
    choice = FileChoice(settings.include, settings.exclude, options.force_exclude)
    asked = _piped(options.stdin_filename, choice) if is_piped else found_files(options.paths, choice)
    baseline = pathlib.Path(options.baseline).absolute() if options.baseline else settings.baseline
    return Checking(options, settings, registry, asked, (*asked.files, *_others(options, settings, asked.files, choice)), baseline)


def _piped(name: str | None, choice: FileChoice) -> Found:
    """Standard input as a file."""
    data = sys.stdin.buffer.read()
    path = pathlib.Path(name or "stdin.py")
    if choice.is_forced and name and found_files([name], choice) == Found((), ()):
        return Found((), ())
    return Found((FoundFile(path, display_path(path) if name else "<stdin>", is_named=True, data=data),), ())


def _others(options: argparse.Namespace, settings: Settings, files: Sequence[FoundFile], choice: FileChoice) -> list[FoundFile]:
    """The scripts of the setting `entries`, and with `--importers` all files of the project, that import one of these."""
    for entry in settings.entries:
        if not entry.is_file():
            raise settings.keys["entries"].error(f"names {display_path(entry)}, which is no file")
    if not files or not (settings.entries or options.importers):
        return []
    project = found_files([str(settings.root)], replace_forced(choice)).files if options.importers else ()
    candidates = [*(file.path for file in project), *settings.entries]
    roots = project_folders(options, settings)
    importers = importing([file.path for file in files], list(dict.fromkeys(path.absolute() for path in candidates)), roots)
    return [FoundFile(path, display_path(path), is_named=False) for path in importers]


def replace_forced(choice: FileChoice) -> FileChoice:
    return FileChoice(choice.include, choice.exclude)


def stated_inputs(texts: Sequence[str], files: Sequence[FoundFile]) -> list[ModelSettings]:
    """What each `--input TARGET=SHAPE` says; several for one target are its several inputs."""
    return with_inputs([(text, input_of(split_input(text)[1])) for text in texts], files)


def with_inputs(stated: Sequence[tuple[str, StatedInput]], files: Sequence[FoundFile]) -> list[ModelSettings]:
    """What options say of models, each as it was given with the input that it states."""
    linted = {file.path.resolve() for file in files}
    found: dict[tuple[pathlib.Path, str], ModelSettings] = {}
    for text, stated_input in stated:
        place, _, expression = split_input(text)[0].partition("::")
        path, name = pathlib.Path(place).resolve(), expression.strip()
        if path not in linted:
            raise CnnlintError(f"--input {text}: {place} is not among the files that are checked")
        before = found[path, name].known.inputs if (path, name) in found else ()
        known = KnownModel(name, inputs=(*before, stated_input))
        found[path, name] = ModelSettings(FilePattern(path.parent, path.name), known, f"--input {text}")
    return list(found.values())


def jobs_of(text: str | None, files: int) -> int:
    """How many processes an option asks for; without one, several only where there is much to do."""
    if text is None:
        return usual_jobs() if files >= MANY_FILES else 1
    if text == "auto":
        return usual_jobs()
    if not text.isdecimal() or int(text) == 0:
        raise CnnlintError(f"--jobs {text}: expected a number of processes greater than 0, or `auto`")
    return int(text)
