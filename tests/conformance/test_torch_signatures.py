"""Constructors of declared layers against the real ones, as `benchmarks/record_signatures.py` recorded them."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cnnlint_torch
from cnnlint.plugin.framework import Framework, LayerDeclaration, PythonSource
from cnnlint.plugin.operation import MISSING_DEFAULT
from cnnlint.values import ClassValue
from tests.conformance.replay import analyser, framework

TABLE = json.loads((Path(__file__).parent / "data" / "torch_signatures.json").read_text())
RECORDED = TABLE["layers"]
FACTORY = ("device", "dtype")

# Layers whose declared signature is not the recorded one, and why. A layer that agrees must leave the list.
DIFFERENCES = {
    "nn.GRU": "torch's is (*args, **kwargs); ours names what they may be",
    "nn.LSTM": "torch's is (*args, **kwargs); ours names what they may be",
    "nn.RNN": "torch's is (*args, **kwargs); ours names what they may be",
}

# Layers that do not inherit as the recorded ones do, and why.
OTHER_BASES = {
    **{f"nn.LazyBatchNorm{n}d": "inherits from BatchNorm, which it becomes with its first input" for n in (1, 2, 3)},
    **{f"nn.LazyInstanceNorm{n}d": "inherits from InstanceNorm, which it becomes with its first input" for n in (1, 2, 3)},
}

Row = tuple[str, str, Any]
"""Name, kind, default (or MISSING_DEFAULT)."""


def table() -> Framework:
    found = next(framework for framework in cnnlint_torch.cnnlint_frameworks() if framework.name == "torch")
    found.load()
    return found


def declared() -> Iterator[tuple[str, list[Row]]]:
    """Every declared layer of `torch.nn` with its constructor's parameters, those that it hides included."""
    for path, definition in table().table.items():
        if isinstance(definition, LayerDeclaration):
            rows = [(parameter.name, parameter.kind.name, plain(parameter.default)) for parameter in definition.parameters]
            yield path, rows + [(name, "POSITIONAL_OR_KEYWORD", None) for name in definition.hides]
        elif isinstance(definition, PythonSource) and path in RECORDED:
            yield path, written(definition)


def written(definition: PythonSource) -> list[Row]:
    """The constructor of a class that the plugin writes in Python, read from its text."""
    source = Path(cnnlint_torch.__file__).parent / definition.file
    body = ast.parse(source.read_text()).body
    cls = next(node for node in body if isinstance(node, ast.ClassDef) and node.name == definition.name)
    constructors = [node for node in cls.body if isinstance(node, ast.FunctionDef) and node.name == "__init__"]
    given = constructors[0].args
    required = len(given.args) - len(given.defaults)
    defaults = [MISSING_DEFAULT] * required + [literal(node) for node in given.defaults]
    rows = [(argument.arg, "POSITIONAL_OR_KEYWORD", default) for argument, default in zip(given.args, defaults, strict=True)]
    return rows[1:]


def literal(node: ast.expr) -> Any:
    return {"object": node.attr} if isinstance(node, ast.Attribute) else ast.literal_eval(node)


def plain(value: Any) -> Any:
    """A default as the record writes it."""
    return {"tuple": list(value)} if isinstance(value, tuple) else value


def recorded(path: str) -> list[Row]:
    return [(row[0], row[1], row[2] if len(row) > 2 else MISSING_DEFAULT) for row in RECORDED[path]]


def typed(rows: list[Row]) -> list[tuple[object, ...]]:
    """The rows in order, those of the factory last, and True no longer equal to 1."""
    ordered = sorted(rows, key=lambda row: row[0] in FACTORY)
    return [(name, kind, isinstance(default, bool), default) for name, kind, default in ordered]


DECLARED = dict(declared())


def test_only_real_layers_are_declared() -> None:
    assert not [path for path in DECLARED if path.startswith("nn.") and path.count(".") == 1 and path not in RECORDED]


@pytest.mark.parametrize("path", [path for path in DECLARED if path in RECORDED])
def test_constructor(path: str) -> None:
    """Names, order and defaults are torch's; for the exceptions that are listed, they are not."""
    ours, real = typed(DECLARED[path]), typed(recorded(path))
    if path in DIFFERENCES:
        assert ours != real, f"{path} agrees now: take it off the list"
    else:
        assert ours == real


def test_listed_layers_exist() -> None:
    assert set(DIFFERENCES) | set(OTHER_BASES) <= set(DECLARED)


@pytest.mark.parametrize("path", [path for path in DECLARED if path in RECORDED])
def test_bases(path: str) -> None:
    """`isinstance` answers as torch's classes do."""
    cls = analyser().machine.door.framework_value(framework("torch"), path)
    assert isinstance(cls, ClassValue)
    bases = [base.qualified.removeprefix("torch.") for base in cls.mro[1:-1]]
    if path in OTHER_BASES:
        assert bases != TABLE["bases"][path], f"{path} agrees now: take it off the list"
    else:
        assert bases == TABLE["bases"][path]


def test_kinds_have_their_recorded_names() -> None:
    kinds = {row[1] for rows in RECORDED.values() for row in rows}
    assert kinds <= {kind.name for kind in inspect._ParameterKind}
