"""The settings that hold, in the words of the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from cnnlint.amounts import percentage
from cnnlint.budgets import BUDGET_UNITS, PERCENT
from cnnlint.settings.kinds import shown
from cnnlint.settings.model import Defaults, ModelSettings, RatchetSettings, Settings


def shown_settings(settings: Settings) -> Iterator[str]:
    """A line a key, as TOML; of what isn't set the default, or a comment where there is none."""
    yield f"# {settings.file or 'no configuration file'}"
    for field in fields(Settings):
        if field.name not in ("root", "file", "keys"):
            yield from _lines(field.name.replace("_", "-"), getattr(settings, field.name))


def _lines(name: str, value: object) -> Iterator[str]:
    match value:
        case None:
            yield f"# {name} is not set"
        case RatchetSettings():
            yield from (f"{name}.file = {shown(value.file)}",) if value.file is not None else (f"# {name}.file is not set",)
            yield f"{name}.tolerance = {shown(percentage(value.tolerance))}"
        case Defaults():
            yield from (
                f"{name}.{field.name} = {shown(item)}" for field in fields(value) if (item := getattr(value, field.name)) is not None
            )
        case tuple() if value and isinstance(value[0], ModelSettings):
            for model in value:
                yield from _model_lines(model)
        case dict() if name == "budget":
            yield f"{name} = {shown(budget_shown(value))}"
        case dict() if name == "per-file-ignores":
            yield f"{name} = {shown({pattern.text: codes for pattern, codes in value.items()})}"
        case _:
            yield f"{name} = {shown(value)}"


def budget_shown(budget: Mapping[str, int | str]) -> dict[str, int | str]:
    """A budget with its percentages as they are stated."""
    return {
        key: percentage(value) if isinstance(value, int) and BUDGET_UNITS.get(key) == PERCENT else value for key, value in budget.items()
    }


def _model_lines(model: ModelSettings) -> Iterator[str]:
    target = f"{model.file.text}::{model.known.expression}" if model.known.expression else model.file.text
    exceptions = {key: {"reason": each.reason, "until": each.until.isoformat()} for key, each in model.exceptions.items()}
    said = {
        "args": model.known.args,
        "inputs": model.known.inputs,
        "output": model.output,
        "budget": budget_shown(model.budget),
        "device": model.device,
        "exceptions": exceptions,
    }
    given = {name: value for name, value in said.items() if value}
    yield f"models.{shown(target)} = {shown(given)}"
