"""What `check` and `summary` share: settings and options become a `Run`."""

from __future__ import annotations

import argparse
import os
import pathlib
from collections.abc import Iterable, Mapping, Sequence

from cnnlint.engine import Run
from cnnlint.environment import installed_folders, source_folders
from cnnlint.errors import CnnlintError
from cnnlint.plugin import Registry, Rule
from cnnlint.settings import ModelSettings, Settings, settings_for
from cnnlint.source import StatedError, StatedInput, parse_input_option


def settings_of(paths: Sequence[str]) -> Settings:
    """The settings of the folder that the paths have in common."""
    folders = [path if path.is_dir() else path.parent for path in (pathlib.Path(text).absolute() for text in paths)]
    try:
        common = pathlib.Path(os.path.commonpath(folders))
    except ValueError:  # none, or on several drives
        common = pathlib.Path.cwd()
    return settings_for(pathlib.Path(os.path.normpath(common)))


def run_of(
    options: argparse.Namespace,
    settings: Settings,
    registry: Registry,
    rules: tuple[type[Rule], ...],
    models: Mapping[pathlib.Path, Mapping[str, ModelSettings]],
) -> Run:
    """The run that the options ask for; they outrank the settings."""
    python = options.python or (str(settings.root / pathlib.Path(settings.python).expanduser()) if settings.python else None)
    own = source_folders(settings.root, settings.src) if options.src is None else source_folders(pathlib.Path(), options.src)
    search_path = (*own, *installed_folders(python, settings.root))
    return Run(registry, rules, search_path, options.train, settings.max_file_size, models, f"`models` of {settings.file}")


def configured_models(settings: Settings) -> dict[pathlib.Path, dict[str, ModelSettings]]:
    """What the settings say of models, by resolved path, then by expression."""
    models: dict[pathlib.Path, dict[str, ModelSettings]] = {}
    for target, said in settings.models.items():
        place, _, expression = target.partition("::")
        models.setdefault((settings.root / place).resolve(), {})[expression.strip()] = said
    return models


def input_of(text: str) -> StatedInput:
    """The input that an option states. Raises CnnlintError if it can't be read."""
    try:
        return parse_input_option(text)
    except StatedError as error:
        raise CnnlintError(f"--input {text}: {error}") from None


def comma_separated(texts: Iterable[str]) -> tuple[str, ...]:
    """The parts of options that take lists and may be repeated."""
    return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())
