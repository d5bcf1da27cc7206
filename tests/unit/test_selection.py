"""Rules are chosen by code, by the beginning of a code, or by name."""

from __future__ import annotations

import pytest

from cnnlint.errors import CnnlintError
from cnnlint.plugin import Rule
from cnnlint.registry import load_registry
from cnnlint.selection import chosen_rules, rule_named

RULES = load_registry(print, only_rules=True).rules


def names(select: list[str] | None, ignore: list[str]) -> list[str]:
    return [rule.name for rule in chosen_rules(RULES, select, ignore)]


def test_by_default_all_that_are_on() -> None:
    assert names(None, []) == [rule.name for rule in RULES if rule.is_on]
    assert "non-integer-output" not in names(None, [])


def test_by_code_beginning_and_name() -> None:
    engine = ["syntax-error", "not-analysed"]
    assert names(["CNN102"], []) == ["non-integer-output", *engine]
    sizes = ["no-valid-input-size", "input-size-rejected", "restricted-input-size", "branches-differ-for-odd-size"]
    assert names(["cnn10"], ["CNN101"]) == ["non-integer-output", "empty-output", "kernel-larger-than-input", *sizes, *engine]
    assert names(["channel-mismatch"], ["CNN9"]) == ["channel-mismatch"]
    assert names(["ALL"], []) == [rule.name for rule in RULES]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("chanel-mismatch", "no rule `chanel-mismatch`; did you mean `channel-mismatch`?"),
        ("cnn801x", "no rule `cnn801x`; did you mean `CNN801`?"),
        ("", "no rule ``; `cnnlint rules` lists them"),
    ],
)
def test_what_names_no_rule(text: str, message: str) -> None:
    with pytest.raises(CnnlintError) as error:
        names([text], [])
    assert str(error.value) == message


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_found_by_name_and_code(rule: type[Rule]) -> None:
    assert rule_named(RULES, rule.code) is rule
    assert rule_named(RULES, rule.name.upper()) is rule
