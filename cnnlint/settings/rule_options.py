"""The options of rules: their fields, read as settings are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from cnnlint.errors import CnnlintError
from cnnlint.plugin import Rule
from cnnlint.settings.kinds import BOOLEAN, NUMBER, QUANTITY, STRING, STRINGS, Key, Kind, unknown_key

# What a rule's option may hold, by the type of its field as it is written.
OPTION_KINDS: Mapping[str, Kind[object]] = {
    "bool": BOOLEAN,
    "float": NUMBER,
    "int": QUANTITY,
    "str": STRING,
    "tuple[str, ...]": STRINGS,
}


def rule_options(rules: Sequence[type[Rule]], given: Mapping[str, Mapping[str, object]], key: Key | None) -> dict[str, dict[str, object]]:
    """The options of each rule that some are given for, by the rule's name; `key` is where they stand.

    Raises CnnlintError for a rule or an option that doesn't exist, or a value that isn't of its kind.
    """
    if key is None:
        return {}
    by_name = {rule.name: rule for rule in rules}
    found: dict[str, dict[str, object]] = {}
    for name, table in given.items():
        if name not in by_name:
            raise unknown_key(key, name, by_name)
        kinds = option_kinds(by_name[name])
        for option, value in table.items():
            field = option.replace("-", "_")
            if field not in kinds or "_" in option:
                raise unknown_key(key.below(name), option, [each.replace("_", "-") for each in kinds])
            found.setdefault(name, {})[field] = kinds[field].read(value, key.below(name).below(option))
    return found


def option_kinds(rule: type[Rule]) -> dict[str, Kind[object]]:
    """What each option of a rule may hold, by its field's name. Raises CnnlintError for a field of another type."""
    kinds = {}
    for field in dataclasses.fields(rule):
        written = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
        if written not in OPTION_KINDS:
            known = ", ".join(f"`{kind}`" for kind in OPTION_KINDS)
            raise CnnlintError(f"rule `{rule.name}`: its option `{field.name}` is of type `{written}`; an option may be {known}")
        kinds[field.name] = OPTION_KINDS[written]
    return kinds
