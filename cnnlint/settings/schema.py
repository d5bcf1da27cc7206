"""The JSON schema of the configuration, from the definitions by which it is read."""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cnnlint.settings.keys import KEYS
from cnnlint.settings.rule_options import option_kinds

if TYPE_CHECKING:
    from cnnlint.plugin import Rule


def schema(rules: Sequence[type[Rule]] = ()) -> dict[str, object]:
    """The schema of `[tool.cnnlint]`, with the options of these rules."""
    properties = {name: {**setting.kind.schema, "description": setting.doc} for name, setting in KEYS.items()}
    properties["rules"] = {
        **properties["rules"],
        "additionalProperties": False,
        "properties": {rule.name: _options(rule) for rule in rules},
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://json.schemastore.org/cnnlint.json",
        "title": "cnnlint",
        "description": "The configuration of cnnlint.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def tool_schema(tool_name: str) -> dict[str, object]:
    """The schema, as the entry point `validate_pyproject.tool_schema` asks for it; rules of every plugin that loads are in it."""
    from cnnlint.registry import load_registry

    return schema(load_registry(lambda message: None, only_rules=True).rules)


def properties_of(key: str) -> Iterator[tuple[str, str]]:
    """The keys of the table that a key holds, and what each is for."""
    holds: Any = KEYS[key].kind.schema
    holds = holds.get("additionalProperties") or holds
    if isinstance(holds, dict):
        for name, inner in holds.get("properties", {}).items():
            yield name, inner.get("description", "")


def _options(rule: type[Rule]) -> dict[str, object]:
    docs = option_docs(rule)
    properties = {
        name.replace("_", "-"): {**kind.schema, **({"description": docs[name]} if name in docs else {})}
        for name, kind in option_kinds(rule).items()
    }
    return {"type": "object", "additionalProperties": False, "properties": properties}


def option_docs(rule: type[Rule]) -> dict[str, str]:
    """What each option of a rule is for: the string that stands beneath its field."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(rule)))
    body = tree.body[0].body if tree.body and isinstance(tree.body[0], ast.ClassDef) else []
    docs = {}
    for field, below in itertools.pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                docs[name] = " ".join(text.split())
    return docs
