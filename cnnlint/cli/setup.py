"""What the commands share: settings and options become a `Run`."""

from __future__ import annotations

import argparse
import os
import pathlib
from collections.abc import Iterable, Sequence

from cnnlint.budgeting import budgeting_of
from cnnlint.dtypes import STORED_AS
from cnnlint.engine import Run
from cnnlint.environment import installed_folders, source_folders
from cnnlint.errors import CnnlintError, nearest
from cnnlint.interpreter import InputDefaults
from cnnlint.paths import FilePattern
from cnnlint.plugin import Registry, Rule
from cnnlint.selection import chosen_rules, rules_named, single_names
from cnnlint.settings import ModelSettings, Settings, settings_for
from cnnlint.settings.rule_options import rule_options
from cnnlint.source import StatedError, StatedInput, parse_input_option, usual_folder


def settings_of(options: argparse.Namespace, paths: Sequence[str]) -> Settings:
    """The settings of the folder that the paths have in common, and those that options give."""
    folders = [path if path.is_dir() else path.parent for path in (pathlib.Path(text).absolute() for text in paths)]
    try:
        common = pathlib.Path(os.path.commonpath(folders))
    except ValueError:  # none, or on several drives
        common = pathlib.Path.cwd()
    return settings_for(pathlib.Path(os.path.normpath(common)), options.config, is_isolated=options.isolated)


def project_folders(options: argparse.Namespace, settings: Settings) -> tuple[pathlib.Path, ...]:
    """Where the project's own imports are found."""
    if options.src is not None:
        return source_folders(pathlib.Path(), [pathlib.Path(text) for text in options.src])
    return source_folders(settings.root, settings.src)


def run_of(
    options: argparse.Namespace,
    settings: Settings,
    registry: Registry,
    rules: tuple[type[Rule], ...],
    models: tuple[ModelSettings, ...] | None = None,
) -> Run:
    """The run that the options ask for; they outrank the settings."""
    python = pathlib.Path(options.python) if options.python else settings.python
    search_path = (*project_folders(options, settings), *installed_folders(python, settings.root))
    return Run(
        registry,
        rules,
        search_path,
        options.train,
        settings.max_file_size,
        settings.models if models is None else models,
        rule_options(registry.rules, settings.rules, settings.keys.get("rules")),
        per_file_ignores(settings, registry),
        settings.plugins,
        None if options.no_cache else usual_folder(),
        budgeting=budgeting_of(settings),
        input_defaults=InputDefaults(settings.defaults.dtype, settings.defaults.batch, settings.defaults.layout),
    )


def rules_of(options: argparse.Namespace, settings: Settings, registry: Registry) -> tuple[type[Rule], ...]:
    """The rules that run.

    Raises CnnlintError naming the option or the key that names a rule which doesn't exist.
    """
    select = settings.select if options.select is None else comma_separated(options.select)
    extend = (*settings.extend_select, *comma_separated(options.extend_select))
    ignore = (*settings.ignore, *comma_separated(options.ignore))
    for name in ("select", "extend-select", "ignore"):
        given = getattr(options, name.replace("-", "_"))
        _expect_rules(registry, comma_separated(given or ()), f"--{name}")
        if name in settings.keys and not (name == "select" and given):
            key = settings.keys[name]
            _expect_rules(registry, getattr(settings, name.replace("-", "_")) or (), f"{key.file}: `{key.path}`")
    return chosen_rules(registry.rules, select, ignore, extend)


def named_rules(options: argparse.Namespace, settings: Settings, registry: Registry) -> frozenset[str]:
    """The rules that somebody selected one by one: their findings count whatever their severity."""
    select = settings.select if options.select is None else comma_separated(options.select)
    return single_names(registry.rules, (*(select or ()), *settings.extend_select, *comma_separated(options.extend_select)))


def per_file_ignores(settings: Settings, registry: Registry) -> tuple[tuple[FilePattern, frozenset[str]], ...]:
    """The names of the rules that aren't reported in the files of each pattern."""
    found = []
    for pattern, texts in settings.per_file_ignores.items():
        key = settings.keys["per-file-ignores"].below(pattern.text)
        _expect_rules(registry, texts, f"{key.file}: `{key.path}`")
        found.append((pattern, frozenset(rule.name for rule in rules_named(registry.rules, texts))))
    return tuple(found)


def _expect_rules(registry: Registry, texts: Sequence[str], where: str) -> None:
    try:
        list(rules_named(registry.rules, texts))
    except CnnlintError as error:
        raise CnnlintError(f"{where}: {error}") from None


def input_of(text: str) -> StatedInput:
    """The input that an option states. Raises CnnlintError if it can't be read."""
    try:
        return parse_input_option(text)
    except StatedError as error:
        raise CnnlintError(f"--input {text}: {error}") from None


def named_ones(option: str, names: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The names that an option lists. Raises CnnlintError for one that isn't known."""
    for name in names:
        if name not in known:
            raise CnnlintError(f"{option}: `{name}` is none of {', '.join(known)}{nearest(name, known)}")
    return tuple(names)


def stored_as(options: argparse.Namespace, settings: Settings) -> tuple[str, str]:
    """The dtypes in which the bytes of weights and of activations are counted: by the options, else the settings."""
    weights = options.weights or settings.defaults.weights
    activations = options.activations or settings.defaults.activations
    named_ones("--weights", [weights], STORED_AS)
    named_ones("--activations", [activations], STORED_AS)
    return weights, activations


def comma_separated(texts: Iterable[str]) -> tuple[str, ...]:
    """The parts of options that take lists and may be repeated."""
    return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())
