"""Plugins come through one door, and a broken one costs only itself."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterator

import pytest

from cnnlint.errors import CnnlintError
from cnnlint.registry import load_registry

PLUGIN = '''
from dataclasses import dataclass
from cnnlint.plugin import Rule, hookimpl

@dataclass(frozen=True)
class LargeKernel(Rule):
    """A kernel is large."""
    code = "{code}"

    def findings(self, analysis):
        yield from ()

@hookimpl
def cnnlint_rules():
    return {answer}
'''


@pytest.fixture
def install(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Makes a stranger's plugin of a module's text, and the only one installed."""
    names: list[str] = []

    def _install(name: str, text: str) -> None:
        (tmp_path / f"{name}.py").write_text(text)
        names.append(name)
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "entry_points.txt").write_text(f"[console_scripts]\nx = y:z\n\n[cnnlint]\n{name.removeprefix('plugin_')} = {name}\n")

    monkeypatch.setattr(sys, "path", [str(tmp_path), *(folder for folder in sys.path if not list(pathlib.Path(folder).glob("cnnlint-*")))])
    yield _install
    for name in names:
        sys.modules.pop(name, None)


def loaded() -> tuple[list[str], list[str]]:
    """The names of the rules that no built-in plugin has, and the complaints."""
    complaints: list[str] = []
    rules = load_registry(complaints.append, only_rules=True).rules
    return [rule.name for rule in rules if not rule.__module__.startswith("cnnlint.")], complaints


def test_a_strangers_rule(install) -> None:  # type: ignore[no-untyped-def]
    install("plugin_one", PLUGIN.format(code="CNN799", answer="[LargeKernel]"))
    assert loaded() == (["large-kernel"], [])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "import nothing_of_that_name",
            "plugin `broken` (plugin_broken) could not be loaded: ModuleNotFoundError: No module named 'nothing_of_that_name'",
        ),
        ("1 +", "plugin `broken` (plugin_broken) could not be loaded: SyntaxError: "),
        (
            PLUGIN.format(code="CNN798", answer="1 / 0").replace("LargeKernel", "Other"),
            "plugin `broken (plugin_broken)` failed in `cnnlint_rules`: ZeroDivisionError: division by zero",
        ),
        (
            PLUGIN.format(code="CNN798", answer="[]").replace("cnnlint_rules()", "cnnlint_rules(unheard_of)"),
            "plugin `broken` (plugin_broken) could not be loaded: PluginValidationError: ",
        ),
    ],
    ids=["missing module", "syntax error", "raising hook", "wrong signature"],
)
def test_a_broken_plugin_costs_only_itself(install, text: str, complaint: str) -> None:  # type: ignore[no-untyped-def]
    install("plugin_broken", text)
    install("plugin_one", PLUGIN.format(code="CNN799", answer="[LargeKernel]"))
    names, complaints = loaded()
    assert names == ["large-kernel"]
    assert len(complaints) == 1
    assert complaints[0].startswith(complaint)
    assert "\n" not in complaints[0]


def test_two_rules_of_one_code_are_both_named(install) -> None:  # type: ignore[no-untyped-def]
    install("plugin_one", PLUGIN.format(code="CNN201", answer="[LargeKernel]"))
    with pytest.raises(CnnlintError, match=r"channel_mismatch.ChannelMismatch` and `plugin_one.LargeKernel` have the same code"):
        loaded()


def test_two_rules_of_one_name_are_both_named(install) -> None:  # type: ignore[no-untyped-def]
    install("plugin_one", PLUGIN.format(code="CNN798", answer="[LargeKernel]"))
    install("plugin_two", PLUGIN.format(code="CNN799", answer="[LargeKernel]"))
    with pytest.raises(CnnlintError, match=r"plugin_one.LargeKernel` and `plugin_two.LargeKernel` have the same name"):
        loaded()
