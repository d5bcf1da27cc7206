"""Every rule's documentation is true: what stands under `Bad` is reported by the rule, what stands under `Good` isn't.

Examples of common rules are written without a framework's name. Here they run below the imports that make them one's.
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


HOMES = {"torch": ("nn", "", "utils.data"), "torchvision": ("datasets",), "keras": ("layers", "")}
"""Where the names in examples are found, by framework, in the order in which they are looked up."""


def _imports(rule: type[Rule], example: str) -> str:
    """The imports of the names in an example that are the framework's; no star, after which no name is proven to be undefined.

    A plugin's own rule speaks of its framework by its name; any other of the framework that knows most of the example's names.
    """
    plugin = rule.__module__.partition(".")[0].removeprefix("cnnlint_")
    if rule.__module__.startswith("cnnlint_"):
        return f"import {plugin}\n"
    names = sorted(set(re.findall(r"\b[A-Za-z_]\w*", example)) - set(dir(builtins)))
    found = {name: _homes(name, names) for name in HOMES}
    if len(found["keras"]) > len(found["torch"]):
        return _lines("keras", found["keras"])
    return (
        _lines("torch", found["torch"])
        + _lines("torchvision", found["torchvision"])
        + "from torch import nn\nfrom torch.nn import functional\n"
    )


def _homes(framework: str, names: list[str]) -> dict[str, str]:
    """The path below which a framework has each of these names, if it has it."""
    table = next(each for each in _registry().frameworks if each.name == framework)
    table.load()
    places = {name: [home for home in HOMES[framework] if table.find(f"{home}.{name}".lstrip(".")) is not None] for name in names}
    return {name: homes[0] for name, homes in places.items() if homes}


def _lines(framework: str, homes: dict[str, str]) -> str:
    return "".join(f"from {framework}{home and '.'}{home} import {name}\n" for name, home in homes.items())


def _codes(rule: type[Rule], heading: str, folder: pathlib.Path) -> list[str]:
    """The findings of the rule alone in one of its examples."""
    example = dict(documentation(rule).sections)[heading]
    path = folder / "example.py"
    path.write_text(_imports(rule, example) + example, encoding="utf-8")
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
