"""Every model file under tests/models and tests/rules does what its comments state."""

from __future__ import annotations

import pathlib

import pytest

from cnnlint.registry import load_registry
from tests.fixture import FOLDER, differences, expected, fixtures


@pytest.mark.parametrize("path", fixtures(), ids=lambda path: str(path.relative_to(FOLDER)))
def test_fixture(path: pathlib.Path) -> None:
    assert differences(path) == []


def test_every_rule_has_a_fixture_that_states_it() -> None:
    for rule in load_registry(print, only_rules=True).rules:
        stated = [code for path in (FOLDER / "rules" / rule.name).glob("*.py") for _, code, _ in expected(path.read_text()).findings]
        assert rule.code in stated, f"tests/rules/{rule.name} states no {rule.code}"


def test_statements_are_read() -> None:
    text = 'a = 1  #~ CNN201 "a \\"b\\"" CNN101 "c"\nb(x)  #= (1, 2) params=3 | (1, 4) params=5 #~ CNN202 "d"\n'
    stated = expected(text)
    assert stated.findings == ((1, "CNN201", 'a "b"'), (1, "CNN101", "c"), (2, "CNN202", "d"))
    assert stated.calls == {2: ("(1, 2) params=3", "(1, 4) params=5")}


def test_a_malformed_statement_is_an_error() -> None:
    with pytest.raises(ValueError, match="line 1"):
        expected("a = 1  #~ CNN201 expects 3")
