"""Which rules run: by code, by the beginning of a code, or by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cnnlint.errors import CnnlintError, nearest
from cnnlint.plugin import Rule

# Reported whatever is selected, unless ignored: their file wasn't checked by any rule.
_ALWAYS = ("syntax-error", "not-analysed")


def chosen_rules(
    rules: Sequence[type[Rule]], select: Sequence[str] | None, ignore: Sequence[str], extend: Sequence[str] = ()
) -> tuple[type[Rule], ...]:
    """The rules that `select` names (those that are on by default if it is None) and `extend`, without those that `ignore` names.

    `ALL` names all rules. Raises CnnlintError for what names none.
    """
    if select is None:
        selected = {rule for rule in rules if rule.is_on}
    else:
        selected = {rule for rule in rules if rule.name in _ALWAYS} | set(rules_named(rules, select))
    selected.update(rules_named(rules, extend))
    ignored = set(rules_named(rules, ignore))
    return tuple(rule for rule in rules if rule in selected and rule not in ignored)


def rule_named(rules: Sequence[type[Rule]], text: str) -> type[Rule]:
    """The one rule of that code or name. Raises CnnlintError if there is none."""
    for rule in rules:
        if text.lower() in (rule.name, rule.code.lower()):
            return rule
    raise _no_rule(rules, text)


def rules_named(rules: Sequence[type[Rule]], texts: Sequence[str]) -> Iterator[type[Rule]]:
    """The rules of each code, beginning of a code, or name. Raises CnnlintError for what names none."""
    for text in texts:
        found = [rule for rule in rules if text == "ALL" or rule.code.startswith(text.upper()) or rule.name == text.lower()]
        if not found or not text:
            raise _no_rule(rules, text)
        yield from found


def single_names(rules: Sequence[type[Rule]], texts: Sequence[str]) -> frozenset[str]:
    """The names of the rules that are named one by one, by their whole code or name."""
    return frozenset(rule.name for rule in rules for text in texts if text.lower() in (rule.name, rule.code.lower()))


def _no_rule(rules: Sequence[type[Rule]], text: str) -> CnnlintError:
    by_lower = {key.lower(): key for rule in rules for key in (rule.name, rule.code)}
    close = nearest(text.lower(), by_lower)
    for lower, key in by_lower.items():
        close = close.replace(f"`{lower}`", f"`{key}`")
    return CnnlintError(f"no rule `{text}`{close or '; `cnnlint rules` lists them'}")
