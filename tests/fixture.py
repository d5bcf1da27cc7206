"""Model files that state what is expected of them, in comments at the end of their lines.

    self.conv2 = nn.Conv2d(32, 16, 5)  #~ CNN201 "expects 32 input channels, but gets 6"
    x = self.conv1(x)  #= (batch, 6, 28, 28) params=456 macs=352800

`#~` states the findings of a line: codes, each with a part of its message. Every finding must be stated, and every statement found.
`#=` states the outputs of the layer calls whose innermost place is on the line, in the order of models and calls, each only once, with
` | ` between them. `in=` (inputs), `params=` and `macs=` are compared where stated; several tensors are joined by `,`.

    net = LeNet()  #= total params=61706 macs=416520

`#= total` states the parameters and the MACs (of leaves with weights) of the model that stands on the line, with `>=` if a part of
it is unknown.
"""

from __future__ import annotations

import datetime as dt
import functools
import pathlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cnnlint.budgeting import budgeting_of
from cnnlint.diagnostics import Diagnostic
from cnnlint.dims import Shape
from cnnlint.discovery import FoundFile, display_path
from cnnlint.engine import Run, check
from cnnlint.graph import LayerCall, Model
from cnnlint.plugin import Registry
from cnnlint.plugin.reporter import CheckReport
from cnnlint.registry import load_registry
from cnnlint.selection import chosen_rules
from cnnlint.settings import settings_for

TODAY = dt.date(2026, 6, 30)
FOLDER = pathlib.Path(__file__).parent

_STATEMENT = re.compile(r"#(?P<kind>[~=])\s*(?P<text>.*?)\s*(?=#[~=]|$)")
_FINDING = re.compile(r'(?P<code>CNN\d+)\s+"(?P<part>(?:[^"\\]|\\.)*)"\s*')
_OPTION = re.compile(r"\s+(?P<key>in|params|macs)=")
_TOTAL = "total "


@dataclass(frozen=True)
class Expected:
    """What a fixture states: findings by line, with a part of the message; layer calls and totals of models by line."""

    findings: tuple[tuple[int, str, str], ...]
    calls: dict[int, tuple[str, ...]]
    totals: dict[int, str]


def fixtures() -> list[pathlib.Path]:
    """All model files with statements: of whole models, and of single rules."""
    return sorted(path for folder in ("models", "rules") for path in (FOLDER / folder).rglob("*.py"))


def expected(text: str) -> Expected:
    """What the comments of a model file state. Raises ValueError for one that can't be read."""
    findings: list[tuple[int, str, str]] = []
    calls: dict[int, tuple[str, ...]] = {}
    totals: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        for statement in _STATEMENT.finditer(line):
            if statement["kind"] == "=" and statement["text"].startswith(_TOTAL):
                totals[number] = statement["text"].removeprefix(_TOTAL)
            elif statement["kind"] == "=":
                calls[number] = tuple(part.strip() for part in statement["text"].split(" | "))
            else:
                findings += [(number, code, part) for code, part in _stated_findings(statement["text"], number)]
    return Expected(tuple(findings), calls, totals)


def differences(path: pathlib.Path) -> list[str]:
    """A line for each statement that doesn't hold, and for each finding that isn't stated."""
    text = path.read_text(encoding="utf-8")
    report = checked(path)
    stated = expected(text)
    return [
        *_finding_differences(stated.findings, report.diagnostics, display_path(path)),
        *_call_differences(stated.calls, report, display_path(path)),
        *_total_differences(stated.totals, report),
    ]


def checked(path: pathlib.Path) -> CheckReport:
    """The outcome of `check` for one file; a fixture of a rule runs that rule even if it is off by default."""
    registry = _registry()
    rules = chosen_rules(registry.rules, None, ())
    own = tuple(rule for rule in registry.rules if rule.name == path.parent.name and rule not in rules)
    run = Run(registry, (*rules, *own), (path.parent,), **_configured(path.parent))
    report, faults = check([FoundFile(path, display_path(path), is_named=True)], run)
    assert not faults, faults
    return report


def _configured(folder: pathlib.Path) -> dict[str, Any]:
    """What a configuration beside a fixture says of models."""
    file = folder / "cnnlint.toml"
    if not file.is_file():
        return {}
    settings = settings_for(folder, [str(file)])
    return {"models": settings.models, "budgeting": budgeting_of(settings, TODAY)}


@functools.cache
def _registry() -> Registry:
    complaints: list[str] = []
    registry = load_registry(complaints.append)
    assert not complaints, complaints
    return registry


def _stated_findings(text: str, line: int) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text):
        finding = _FINDING.match(text, position)
        if finding is None:
            raise ValueError(f'line {line}: expected CNN201 "part of the message", but found: {text[position:]}')
        yield finding["code"], finding["part"].replace('\\"', '"')
        position = finding.end()


def _finding_differences(stated: Sequence[tuple[int, str, str]], diagnostics: Sequence[Diagnostic], path: str) -> Iterator[str]:
    open_statements = list(stated)
    for diagnostic in diagnostics:
        line = diagnostic.place.span.line
        if diagnostic.place.path != path:
            yield f'{diagnostic.place.path}, line {line}: not stated: {diagnostic.code} "{diagnostic.message}"'
            continue
        for statement in open_statements:
            if statement[:2] == (line, diagnostic.code) and statement[2] in diagnostic.message:
                open_statements.remove(statement)
                break
        else:
            yield f'line {line}: not stated: {diagnostic.code} "{diagnostic.message}"'
    for line, code, part in open_statements:
        yield f'line {line}: not found: {code} "{part}"'


def _call_differences(stated: dict[int, tuple[str, ...]], report: CheckReport, path: str) -> Iterator[str]:
    calls = [call for model in report.models for call in model.calls]
    for line, parts in stated.items():
        found = [call for call in calls if call.called and (call.called[-1].path, call.called[-1].span.line) == (path, line)]
        keys = [set(_OPTION.findall(part)) for part in parts]
        wanted = set().union(*keys)
        texts = list(dict.fromkeys(_described(call, wanted) for call in found))
        if texts != [_normal(part) for part in parts]:
            yield f"line {line}: stated {' | '.join(parts)}, found {' | '.join(texts) or 'no layer call'}"


def _total_differences(stated: dict[int, str], report: CheckReport) -> Iterator[str]:
    for line, text in stated.items():
        options = dict(option.split("=", 1) for option in text.split())
        found = [model for model in report.models if model.place.span.line == line]
        texts = [" ".join(f"{key}={_total(model, key)}" for key in options) for model in found]
        if texts != [text]:
            yield f"line {line}: stated total {text}, found {' | '.join(texts) or 'no model'}"


def _total(model: Model, key: str) -> str:
    is_exact = model.exact if key.startswith("macs") else model.params_exact
    return f"{'' if is_exact else '>='}{getattr(model, key)}"


def _normal(statement: str) -> str:
    """A statement with its options in the order that `_described` gives them."""
    output, *rest = _OPTION.split(statement)
    options = dict(zip(rest[::2], rest[1::2], strict=True))
    return " ".join([output.strip(), *(f"{key}={options[key].strip()}" for key in ("in", "params", "macs") if key in options)])


def _described(call: LayerCall, keys: set[str]) -> str:
    values = {"in": _shapes(call.inputs), "params": str(call.layer.params), "macs": str(call.macs)}
    return " ".join([_shapes(call.outputs), *(f"{key}={values[key]}" for key in ("in", "params", "macs") if key in keys)])


def _shapes(shapes: Sequence[Shape | None]) -> str:
    return ", ".join("?" if shape is None else str(shape) for shape in shapes)
