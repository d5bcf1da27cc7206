"""Plugins come through one door, and a broken one costs only itself."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterator

import pytest

from cnnlint.registry import load_registry

PLUGIN = '''
from dataclasses import dataclass
from cnnlint.plugin import Rule, hookimpl

@dataclass(frozen=True)
class HugeKernel(Rule):
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
    install("plugin_one", PLUGIN.format(code="CNN799", answer="[HugeKernel]"))
    assert loaded() == (["huge-kernel"], [])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "import nothing_of_that_name",
            "plugin `broken` (plugin_broken) could not be loaded: ModuleNotFoundError: No module named 'nothing_of_that_name'",
        ),
        ("1 +", "plugin `broken` (plugin_broken) could not be loaded: SyntaxError: "),
        (
            PLUGIN.format(code="CNN798", answer="1 / 0").replace("HugeKernel", "Other"),
            "plugin `broken` (plugin_broken) failed in `cnnlint_rules`: ZeroDivisionError: division by zero",
        ),
        (
            PLUGIN.format(code="CNN798", answer="[]").replace("cnnlint_rules()", "cnnlint_rules(unheard_of)"),
            (
                "plugin `broken` (plugin_broken) could not be loaded: PluginValidationError: "
                "Argument(s) {'unheard_of'} are declared in the hookimpl but can not be found in the hookspec"
            ),
        ),
    ],
    ids=["missing module", "syntax error", "raising hook", "wrong signature"],
)
def test_a_broken_plugin_costs_only_itself(install, text: str, complaint: str) -> None:  # type: ignore[no-untyped-def]
    install("plugin_broken", text)
    install("plugin_one", PLUGIN.format(code="CNN799", answer="[HugeKernel]"))
    names, complaints = loaded()
    assert names == ["huge-kernel"]
    assert len(complaints) == 1
    assert complaints[0].startswith(complaint)
    assert "\n" not in complaints[0]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            PLUGIN.format(code="CNN201", answer="[HugeKernel]"),
            "`plugin_two.HugeKernel` has the code `CNN201`, which `cnnlint.rules.fit.channel_mismatch.ChannelMismatch` has",
        ),
        (
            PLUGIN.format(code="CNN799", answer="[HugeKernel]"),
            "`plugin_two.HugeKernel` has the code `CNN799`, which `plugin_one.HugeKernel` has",
        ),
        (
            PLUGIN.format(code="CNN798", answer="[HugeKernel]"),
            "`plugin_two.HugeKernel` has the name `huge-kernel`, which `plugin_one.HugeKernel` has",
        ),
        (PLUGIN.format(code="", answer="[HugeKernel]"), "`plugin_two.HugeKernel` has no code"),
        (PLUGIN.format(code="CNN798", answer="[7]"), "`cnnlint_rules` gives 7; it must give classes of rules"),
    ],
    ids=["code of ours", "code of a stranger's", "name", "no code", "no rule"],
)
def test_a_plugin_that_claims_what_another_has_is_left_out(install, text: str, complaint: str) -> None:  # type: ignore[no-untyped-def]
    install("plugin_one", PLUGIN.format(code="CNN799", answer="[HugeKernel]"))
    install("plugin_two", text)
    assert loaded() == (["huge-kernel"], [f"plugin `two` (plugin_two) is left out: {complaint}"])


FRAMEWORK = """
from cnnlint.plugin import Framework, hookimpl

@hookimpl
def cnnlint_frameworks():
    return [Framework({name!r}, {roots!r}, module="Module"{more})]
"""


@pytest.mark.parametrize(
    ("name", "roots", "complaint"),
    [
        ("pebble", ("pebble", "stone"), "`pebble` has the framework `pebble`, which `pebble` has"),
        ("other", ("slate", "pebble"), "`other` has the import root `pebble`, which `pebble` has"),
    ],
)
def test_frameworks_share_no_name_and_no_root(install, name: str, roots: tuple[str, ...], complaint: str) -> None:  # type: ignore[no-untyped-def]
    install("plugin_one", FRAMEWORK.format(name="pebble", roots=("pebble",), more=""))
    install("plugin_two", FRAMEWORK.format(name=name, roots=roots, more=""))
    complaints: list[str] = []
    registry = load_registry(complaints.append)
    assert complaints == [f"plugin `two` (plugin_two) is left out: {complaint}"]
    assert [framework.roots for framework in registry.frameworks] == [("pebble",)]


def test_a_table_that_cannot_be_filled(install) -> None:  # type: ignore[no-untyped-def]
    install("plugin_one", FRAMEWORK.format(name="pebble", roots=("pebble",), more=", package='nothing_of_that_name'"))
    complaints: list[str] = []
    (framework,) = load_registry(complaints.append).frameworks
    assert complaints == []
    assert framework.find("Module") is None
    assert framework.find("Conv2d") is None
    assert complaints == [
        (
            "plugin `one` (plugin_one) is left out: the table of `pebble` can't be filled: "
            "ModuleNotFoundError: No module named 'nothing_of_that_name'"
        )
    ]


def test_a_file_that_is_not_there_and_one_that_ends_the_process(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leaving.py").write_text("raise SystemExit(5)")
    complaints: list[str] = []
    load_registry(complaints.append, plugins=[str(tmp_path / "absent.py"), str(tmp_path / "leaving.py")])
    assert complaints == [
        "plugin `absent` (absent.py) could not be loaded: FileNotFoundError: there is no such file",
        "plugin `leaving` (leaving.py) could not be loaded: SystemExit: 5",
    ]
