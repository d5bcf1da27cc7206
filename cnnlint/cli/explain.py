"""The commands `explain` and `rules`: what a rule means, from its docstring."""

from __future__ import annotations

import argparse
import pathlib

from cnnlint.cli.commands import complain
from cnnlint.errors import CnnlintError
from cnnlint.plugin import Rule
from cnnlint.plugin.rule import documentation
from cnnlint.registry import built_in_rule, load_registry
from cnnlint.selection import rule_named


def explain_command(options: argparse.Namespace) -> int:
    """Prints one rule, or all."""
    if options.all == bool(options.rule):
        raise CnnlintError("explain: name one rule, or give --all; `cnnlint rules` lists them")
    built_in = built_in_rule(options.rule) if options.rule else None
    if built_in is not None:
        chosen: tuple[type[Rule], ...] = (built_in,)
    else:
        rules = load_registry(complain, only_rules=True, plugins=configured_plugins()).rules
        chosen = rules if options.all else (rule_named(rules, options.rule),)
    print("\n\n\n".join(explanation(rule) for rule in chosen))
    return 0


def rules_command() -> int:
    """Prints a line a rule."""
    rules = load_registry(complain, only_rules=True, plugins=configured_plugins()).rules
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        on = "on " if rule.is_on else "off"
        print(f"{rule.code}  {rule.name:{width}}  {rule.severity:7}  {on}  {documentation(rule).summary}")
    return 0


def configured_plugins() -> tuple[str, ...]:
    """The plugins that the configuration of the working directory names."""
    from cnnlint.settings import settings_for  # explaining a built-in rule needs no configuration

    return settings_for(pathlib.Path.cwd()).plugins


def explanation(rule: type[Rule]) -> str:
    """A rule as `cnnlint explain` prints it."""
    parts = documentation(rule)
    title = f"{rule.name} ({rule.code}), {rule.severity}, {'on' if rule.is_on else 'off'} by default"
    sections = [f"{heading}\n{_indented(text)}" for heading, text in parts.sections]
    return "\n\n".join(part for part in (title, parts.summary, parts.description, *sections) if part)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())
