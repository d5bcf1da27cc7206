"""The user's configuration: `[tool.cnnlint]` of the nearest pyproject.toml."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from cnnlint.errors import CnnlintError, nearest
from cnnlint.source import StatedError, StatedInput, parse_input_option, parse_quantity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What is said about one target: the inputs to call it with, and its budget in parameters and MACs."""

    inputs: tuple[StatedInput, ...] = ()
    params: int | None = None
    macs: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration. Field names are the keys, with dashes for underscores.

    `root` is the folder of the file it stands in (the working directory without one); relative paths count from there.
    """

    root: pathlib.Path
    file: str = ""
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    src: tuple[str, ...] | None = None
    python: str | None = None
    exclude: tuple[str, ...] = ()
    max_file_size: int = 5_000_000
    models: Mapping[str, ModelSettings] = field(default_factory=dict)


def settings_for(start: pathlib.Path) -> Settings:
    """The settings that hold in the folder `start`: those of the nearest pyproject.toml, upwards, with a table for cnnlint.

    Raises CnnlintError if the file or a key in it can't be used.
    """
    first: pathlib.Path | None = None
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            first = first or folder
            table = _table(file)
            if table is not None:
                return _settings(table, file)
    return Settings(first or start)


def _table(file: pathlib.Path) -> object | None:
    """The table of cnnlint in the file; None if it has none."""
    data = file.read_bytes()
    if b"cnnlint" not in data:
        return None
    import tomli  # only where there is something to read: it costs start-up time

    try:
        document: Mapping[str, object] = tomli.loads(data.decode())
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CnnlintError(f"{file.name}: not valid TOML: {error}") from None
    tool = document.get("tool")
    return tool.get("cnnlint") if isinstance(tool, dict) else None


def _settings(table: object, file: pathlib.Path) -> Settings:
    key = _Key(file.name, "tool.cnnlint")
    readers: dict[str, Callable[[object, _Key], object]] = {
        "select": _strings,
        "ignore": _strings,
        "src": _strings,
        "python": _string,
        "exclude": _strings,
        "max-file-size": _size,
        "models": _models,
    }
    values = _read(table, key, readers)
    settings = Settings(file.parent, file.name)
    known = {each.name for each in fields(Settings)}
    renamed = {name.replace("-", "_"): value for name, value in values.items()}
    assert renamed.keys() <= known
    return replace(settings, **renamed)  # type: ignore[arg-type]  # each reader gives its field's type


@dataclass(frozen=True, slots=True)
class _Key:
    """A key of the configuration, to name in an error."""

    file: str
    path: str

    def below(self, name: str) -> _Key:
        return _Key(self.file, f'{self.path}."{name}"' if "." in name else f"{self.path}.{name}")

    def error(self, message: str) -> CnnlintError:
        return CnnlintError(f"{self.file}: `{self.path}` {message}")


def _read(table: object, key: _Key, readers: Mapping[str, Callable[[object, _Key], T]]) -> dict[str, T]:
    """The values of a table whose keys are all known."""
    values: dict[str, T] = {}
    for name, value in _mapping(table, key).items():
        if name not in readers:
            raise key.error(f"has no key `{name}`{nearest(name, readers) or _known(readers)}")
        values[name] = readers[name](value, key.below(name))
    return values


def _known(names: Iterable[str]) -> str:
    return "; its keys are " + ", ".join(f"`{name}`" for name in names)


def _mapping(value: object, key: _Key) -> dict[str, object]:
    if not isinstance(value, dict):
        raise key.error(f"must be a table, not {_kind(value)}")
    return value


def _string(value: object, key: _Key) -> str:
    if not isinstance(value, str):
        raise key.error(f"must be a string, not {_kind(value)}")
    return value


def _strings(value: object, key: _Key) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise key.error(f"must be a list of strings, not {_kind(value)}")
    return tuple(value)


def _size(value: object, key: _Key) -> int:
    quantity = _quantity(value, key)
    if quantity <= 0:
        raise key.error("must be greater than 0")
    return quantity


def _quantity(value: object, key: _Key) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise key.error(f'must be a number or a string such as "60M", not {_kind(value)}')
    try:
        return parse_quantity(value)
    except StatedError as error:
        raise key.error(str(error)) from None


def _models(value: object, key: _Key) -> dict[str, ModelSettings]:
    return {target: _model(entry, key.below(target)) for target, entry in _mapping(value, key).items()}


def _model(value: object, key: _Key) -> ModelSettings:
    readers: dict[str, Callable[[object, _Key], object]] = {"inputs": _inputs, "budget": _budget}
    values = _read(value, key, readers)
    inputs, budget = values.get("inputs", ()), values.get("budget", {})
    assert isinstance(inputs, tuple)
    assert isinstance(budget, dict)
    return ModelSettings(inputs, budget.get("params"), budget.get("macs"))


def _budget(value: object, key: _Key) -> dict[str, int]:
    return _read(value, key, {"params": _quantity, "macs": _quantity})


def _inputs(value: object, key: _Key) -> tuple[StatedInput, ...]:
    texts = (value,) if isinstance(value, str) else _strings(value, key)
    try:
        return tuple(parse_input_option(text) for text in texts)
    except StatedError as error:
        raise key.error(str(error)) from None


def _kind(value: object) -> str:
    match value:
        case bool():
            return "a boolean"
        case int():
            return "a number"
        case float():
            return "a number with a point"
        case str():
            return "a string"
        case list():
            return "a list" if all(isinstance(item, str) for item in value) else "a list of other things"
        case dict():
            return "a table"
        case _:
            return f"a {type(value).__name__}"
