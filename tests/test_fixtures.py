"""Every model file under tests/models and tests/rules does what its comments state."""

from __future__ import annotations

import pathlib

import pytest

from cnnlint.plugin import Rule
from cnnlint.registry import load_registry
from tests.fixture import FOLDER, checked, differences, expected, fixtures


@pytest.mark.parametrize("path", fixtures(), ids=lambda path: str(path.relative_to(FOLDER)))
def test_fixture(path: pathlib.Path) -> None:
    assert differences(path) == []


NO_PROGRAM = {"syntax-error", "not-analysed"}
"""Rules about files that are not read: they have one finding, and no comments."""
ENDS_THE_RUN = {"cannot-construct"}
"""Rules about what ends a run of the file: what comes after it is not proven."""


@pytest.mark.parametrize("rule", load_registry(print, only_rules=True).rules, ids=lambda rule: rule.name)
def test_the_fixtures_of_a_rule(rule: type[Rule]) -> None:
    """They hold two findings in one file, a message in full, a finding that a comment silences, and lines that are fine."""
    paths = sorted((FOLDER / "rules" / rule.name).glob("*.py"))
    stated = {path: [each for each in expected(path.read_text(encoding="utf-8")).findings if each[1] == rule.code] for path in paths}
    assert max(map(len, stated.values()), default=0) > 1 or rule.name in NO_PROGRAM | ENDS_THE_RUN, "no file with two findings"
    reports = {path: checked(path) for path in paths}
    messages = {diagnostic.message for report in reports.values() for diagnostic in report.diagnostics}
    assert messages & {part for findings in stated.values() for _, _, part in findings}, "no message in full"
    silenced = [diagnostic.code for report in reports.values() for diagnostic in report.suppressed]
    assert rule.code in silenced or rule.name in NO_PROGRAM


def test_statements_are_read() -> None:
    text = 'a = 1  #~ CNN201 "a \\"b\\"" CNN101 "c"\nb(x)  #= (1, 2) params=3 | (1, 4) params=5 #~ CNN202 "d"\n'
    stated = expected(text)
    assert stated.findings == ((1, "CNN201", 'a "b"'), (1, "CNN101", "c"), (2, "CNN202", "d"))
    assert stated.calls == {2: ("(1, 2) params=3", "(1, 4) params=5")}


def test_a_malformed_statement_is_an_error() -> None:
    with pytest.raises(ValueError, match="line 1"):
        expected("a = 1  #~ CNN201 expects 3")
