"""Every rule's documentation is true: what stands under `Bad` is reported by the rule, what stands under `Good` isn't.

Examples are written without a framework's name. Here they run below the imports that make them PyTorch.
"""

from __future__ import annotations

import functools
import pathlib

import pytest

from cnnlint.discovery import FoundFile
from cnnlint.engine import Run, check
from cnnlint.plugin import Registry, Rule
from cnnlint.plugin.rule import documentation
from cnnlint.registry import load_registry

IMPORTS = """
from torch import cat, einsum, flatten, float32, ones, rand, randint, randn, softmax, zeros
from torch.nn import *
from torch.nn import functional
"""
NO_PROGRAM = {"syntax-error", "not-analysed"}
"""Rules about files that are no programs, or programs of many megabytes."""
ABOUT_OTHERS = {"unused-suppression"}
"""Rules that judge whether others reported anything: these have to run too."""
RULES = [rule for rule in load_registry(print, only_rules=True).rules if rule.name not in NO_PROGRAM]


@functools.cache
def _registry() -> Registry:
    return load_registry(print)


def _codes(rule: type[Rule], heading: str, folder: pathlib.Path) -> list[str]:
    """The findings of the rule alone in one of its examples."""
    example = dict(documentation(rule).sections)[heading]
    path = folder / "example.py"
    path.write_text(IMPORTS + example, encoding="utf-8")
    rules = _registry().rules if rule.name in ABOUT_OTHERS else (rule,)
    report, faults = check([FoundFile(path, "example.py", is_named=True)], Run(_registry(), rules, (folder,)))
    assert not faults
    return [diagnostic.code for diagnostic in report.diagnostics if diagnostic.code == rule.code]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_bad_example_is_reported(rule: type[Rule], tmp_path: pathlib.Path) -> None:
    assert set(_codes(rule, "Bad", tmp_path)) == {rule.code}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_good_example_is_not(rule: type[Rule], tmp_path: pathlib.Path) -> None:
    assert _codes(rule, "Good", tmp_path) == []
