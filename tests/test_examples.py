"""Every rule's documentation is true: what stands under `Bad` is reported by the rule, what stands under `Good` isn't.

Examples are written without a framework's name. Here they run below the imports that make them PyTorch.
"""

from __future__ import annotations

import builtins
import functools
import pathlib
import re

import pytest

from cnnlint.budgeting import Budgeting
from cnnlint.discovery import FoundFile
from cnnlint.engine import Run, check
from cnnlint.graph import Recorded
from cnnlint.plugin import Registry, Rule
from cnnlint.plugin.rule import documentation
from cnnlint.registry import load_registry
from cnnlint.settings.devices import DeviceProfile

NO_PROGRAM = {"syntax-error", "not-analysed"}
"""Rules about files that are no programs, or programs of many megabytes."""
ABOUT_OTHERS = {"unused-suppression"}
"""Rules that judge whether others reported anything: these have to run too."""
BUDGETING = Budgeting(
    device="tiny",
    devices={"tiny": DeviceProfile("the profile", layers=("Conv2d", "ReLU", "Linear"), channel_multiple=8)},
    record={"example.py::model": Recorded({"params": 1010}, {}, 0, "the record")},
)
"""What the examples of rules about devices and the record take for granted."""
RULES = [rule for rule in load_registry(print, only_rules=True).rules if rule.name not in NO_PROGRAM]


@functools.cache
def _registry() -> Registry:
    return load_registry(print)


def _imports(example: str) -> str:
    """The imports of the names in an example that are the framework's; no star, after which no name is proven to be undefined."""
    torch = next(framework for framework in _registry().frameworks if framework.name == "torch")
    names = sorted(set(re.findall(r"\b[A-Za-z_]\w*", example)) - set(dir(builtins)))
    torch.load()
    layers = [name for name in names if torch.find(f"nn.{name}") is not None]
    functions = [name for name in names if name not in layers and torch.find(name) is not None]
    lines = [f"from torch.nn import {', '.join(layers)}"] if layers else []
    return "\n".join([*lines, f"from torch import {', '.join(['nn', *functions])}", "from torch.nn import functional", ""])


def _codes(rule: type[Rule], heading: str, folder: pathlib.Path) -> list[str]:
    """The findings of the rule alone in one of its examples."""
    example = dict(documentation(rule).sections)[heading]
    path = folder / "example.py"
    path.write_text(_imports(example) + example, encoding="utf-8")
    rules = _registry().rules if rule.name in ABOUT_OTHERS else (rule,)
    run = Run(_registry(), rules, (folder,), budgeting=BUDGETING)
    report, faults = check([FoundFile(path, "example.py", is_named=True)], run)
    assert not faults
    return [diagnostic.code for diagnostic in report.diagnostics if diagnostic.code == rule.code]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_bad_example_is_reported(rule: type[Rule], tmp_path: pathlib.Path) -> None:
    assert set(_codes(rule, "Bad", tmp_path)) == {rule.code}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_good_example_is_not(rule: type[Rule], tmp_path: pathlib.Path) -> None:
    assert _codes(rule, "Good", tmp_path) == []
