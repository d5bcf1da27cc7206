"""What the engine makes of findings and of faults."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from cnnlint.discovery import FoundFile
from cnnlint.engine import Run, check
from cnnlint.graph import FileAnalysis, Place
from cnnlint.plugin import Finding, Registry, Rule
from cnnlint.registry import load_registry
from cnnlint.source.ir import Span


@dataclass(frozen=True)
class Twice(Rule):
    """Reports one place twice, behind another one."""

    code = "CNN798"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for line, message in ((2, "b"), (1, "a"), (1, "again")):
            yield Finding(Place(analysis.path, Span(line, 0, line, 1)), message)


@dataclass(frozen=True)
class Faulty(Rule):
    """Has a fault in one file."""

    code = "CNN799"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        if analysis.path == "bad.py":
            raise KeyError("a fault\nin two lines")
        yield from ()


@pytest.fixture
def files(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> list[FoundFile]:
    monkeypatch.chdir(tmp_path)
    for name in ("bad.py", "good.py"):
        (tmp_path / name).write_text("import torch\n\n")
    return [FoundFile(pathlib.Path(name), name, is_named=False) for name in ("bad.py", "good.py")]


def run(*rules: type[Rule]) -> Run:
    registry = load_registry(print)
    return Run(Registry(registry.frameworks, rules), rules, ())


def test_each_place_once_and_in_order(files: list[FoundFile]) -> None:
    report, faults = check(files, run(Twice))
    assert [(each.place.path, each.place.span.line, each.message) for each in report.diagnostics] == [
        ("bad.py", 1, "a"),
        ("bad.py", 2, "b"),
        ("good.py", 1, "a"),
        ("good.py", 2, "b"),
    ]
    assert faults == ()
    assert report.files == 2
    assert set(report.sources) == {"bad.py", "good.py"}


def test_a_fault_of_ours_costs_one_file(files: list[FoundFile]) -> None:
    report, faults = check(files, run(Twice, Faulty))
    assert {each.place.path for each in report.diagnostics} == {"good.py"}
    (fault,) = faults
    assert fault.startswith("bad.py: a fault of cnnlint, please report it: KeyError at test_engine.py:")
    assert "\n" not in fault


LIBRARY = """
class Base:
    def size(self):
        return 4

def add_to(cls):
    def wrap(function):
        setattr(cls, function.__name__, function)
        return function
    return wrap
"""
FIRST = "import lib, torch\n\n@lib.add_to(lib.Base)\ndef size(self):\n    return SIZE\n\nSIZE = 8\n"
SECOND = "import lib\nfrom torch import nn, zeros\n\nnn.Linear(lib.Base().size(), 2)(zeros(1, 4))\n"


def test_what_a_file_does_to_a_module_ends_with_it(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("lib.py", LIBRARY), ("a.py", FIRST), ("b.py", SECOND)):
        (tmp_path / name).write_text(text)
    registry = load_registry(print)
    report, faults = check(
        [FoundFile(pathlib.Path(name), name, is_named=True) for name in ("a.py", "b.py")], Run(registry, registry.rules, (tmp_path,))
    )
    assert not faults
    assert [each.message for each in report.diagnostics] == []


def test_a_long_statement_costs_only_itself(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cnnlint.interpreter.entries.STATEMENT_STEPS", 5_000)
    monkeypatch.setattr("cnnlint.interpreter.entries.STEPS", 12_000)
    text = "from torch import nn, zeros\nfor i in range(10**6):\n    x = i\nnn.Linear(3, x)(zeros(1, 4))\n" + "while True: pass\n" * 9
    (tmp_path / "a.py").write_text(text)
    registry = load_registry(print)
    report, _ = check([FoundFile(pathlib.Path("a.py"), "a.py", is_named=True)], Run(registry, registry.rules, (tmp_path,)))
    assert [(each.place.span.line, each.name) for each in report.diagnostics] == [
        (3, "not-analysed"),
        (4, "feature-mismatch"),
        (5, "not-analysed"),
        (6, "not-analysed"),
    ]
