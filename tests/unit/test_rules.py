"""What holds for every rule."""

from __future__ import annotations

import importlib
import inspect
import pathlib
import re
from dataclasses import fields, is_dataclass

import pytest

from cnnlint.plugin import ArgumentFailure, FailureRule, LayerFailure, Oddity, Rule
from cnnlint.plugin.rule import documentation
from cnnlint.registry import built_in_rule, load_registry

RULES = load_registry(print, only_rules=True).rules
ROOT = pathlib.Path(__file__).parent.parent.parent
SHARED = {"empty-output", "kernel-larger-than-input", "layer-before-super-init", "missing-super-init"}
"""Rules that share their kind of failure with another one; `takes` tells them apart."""
FAMILIES = {
    "sizes": "1",
    "fit": "2",
    "arguments": "3",
    "budgets": "4",
    "wiring": "5",
    "training": "6",
    "design": "7",
    "operations": "8",
    "run": "9",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_form(rule: type[Rule]) -> None:
    assert re.fullmatch(r"CNN\d{3}", rule.code)
    assert is_dataclass(rule)
    assert not fields(rule), "options are documented, and this test should say how"
    module = rule.__module__.split(".")
    assert module[-1] == rule.name.replace("-", "_")
    if module[0] == "cnnlint":
        assert rule.code[3] == FAMILIES[module[-2]]
    parts = documentation(rule)
    assert parts.summary.endswith(".")
    assert [heading for heading, _ in parts.sections if heading != "Fix safety"] == ["Why is this bad?", "Bad", "Good", "References"]
    assert all(text for _, text in parts.sections)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_explain_finds_a_built_in_rule_alone(rule: type[Rule]) -> None:
    if rule.__module__.startswith("cnnlint."):
        assert built_in_rule(rule.name) is rule
        assert built_in_rule(rule.code) is rule


def test_every_failure_has_one_rule() -> None:
    homes = [importlib.import_module("cnnlint.failures"), importlib.import_module("cnnlint.oddities")]
    kinds = {cls for home in homes for _, cls in inspect.getmembers(home, inspect.isclass) if cls.__module__ == home.__name__}
    kinds -= {LayerFailure, ArgumentFailure, Oddity}
    claimed = [rule.claims for rule in RULES if issubclass(rule, FailureRule)]
    assert {rule.name for rule in RULES if issubclass(rule, FailureRule) and claimed.count(rule.claims) > 1} == SHARED
    assert kinds <= set(claimed)
