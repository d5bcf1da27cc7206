"""What a setting may hold: each kind reads a value of a TOML document, and says as a JSON schema what it reads."""

from __future__ import annotations

import ast
import datetime as dt
import pathlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from cnnlint.errors import CnnlintError, nearest
from cnnlint.paths import FilePattern, display_path
from cnnlint.source import StatedError, StatedInput, StatedShape, parse_input_option, parse_percentage, parse_quantity, parse_shape

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, object]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the configuration, to name in an error; relative paths in its value count from `folder`."""

    file: str
    path: str
    folder: pathlib.Path

    def below(self, name: str) -> Key:
        """A key of the table that this one holds."""
        shown = name if name.replace("-", "").replace("_", "").isalnum() else f'"{name}"'
        return Key(self.file, f"{self.path}.{shown}" if self.path else shown, self.folder)

    def error(self, message: str) -> CnnlintError:
        """The error that says what is wrong with its value."""
        what = f"`{self.path}` {message}" if self.path else message
        return CnnlintError(f"{self.file}: {what}")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T_co]):
    """`read` gives the value of a key, or raises CnnlintError; `schema` says in JSON's terms what it takes."""

    read: Callable[[object, Key], T_co]
    schema: Schema


def strings_of(element: Kind[T]) -> Kind[tuple[T, ...]]:
    """A list of what `element` reads."""

    def read(value: object, key: Key) -> tuple[T, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise key.error(f"must be a list of strings, not {_kind(value)}")
        return tuple(element.read(item, key) for item in value)

    return Kind(read, {"type": "array", "items": element.schema})


def table_of(kinds: Mapping[str, Kind[T]], docs: Mapping[str, str] | None = None) -> Kind[dict[str, T]]:
    """A table whose keys are all known."""

    def read(value: object, key: Key) -> dict[str, T]:
        values: dict[str, T] = {}
        for name, item in mapping(value, key).items():
            if name not in kinds:
                raise unknown_key(key, name, kinds)
            values[name] = kinds[name].read(item, key.below(name))
        return values

    properties = {name: {**kind.schema, **({"description": docs[name]} if docs else {})} for name, kind in kinds.items()}
    return Kind(read, {"type": "object", "additionalProperties": False, "properties": properties})


def named(element: Kind[T]) -> Kind[dict[str, T]]:
    """A table with any keys, each of which holds what `element` reads."""

    def read(value: object, key: Key) -> dict[str, T]:
        return {name: element.read(item, key.below(name)) for name, item in mapping(value, key).items()}

    return Kind(read, {"type": "object", "additionalProperties": element.schema})


def one_of(*choices: str) -> Kind[str]:
    """One of a few words."""

    def read(value: object, key: Key) -> str:
        text = STRING.read(value, key)
        if text not in choices:
            raise key.error(f"must be {' or '.join(f'`{choice}`' for choice in choices)}, not `{text}`{nearest(text, choices)}")
        return text

    return Kind(read, {"type": "string", "enum": list(choices)})


def unknown_key(key: Key, name: str, known: Iterable[str]) -> CnnlintError:
    """The error of a table that holds a key it doesn't know."""
    names = list(known)
    way_out = nearest(name, names) or ("; its keys are " + ", ".join(f"`{each}`" for each in names) if names else "; it takes none")
    return key.error(f"has no key `{name}`{way_out}" if key.path else f"there is no key `{name}`{way_out}")


def mapping(value: object, key: Key) -> dict[str, object]:
    """A table as it stands."""
    if not isinstance(value, dict):
        raise key.error(f"must be a table, not {_kind(value)}")
    return value


def python_expression(text: str, key: Key) -> None:
    """Refuse what isn't a Python expression."""
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError):
        raise key.error(f"isn't valid Python: `{text}`") from None


def _string(value: object, key: Key) -> str:
    if not isinstance(value, str):
        raise key.error(f"must be a string, not {_kind(value)}")
    return value


def _boolean(value: object, key: Key) -> bool:
    if not isinstance(value, bool):
        raise key.error(f"must be true or false, not {_kind(value)}")
    return value


def _number(value: object, key: Key) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise key.error(f"must be a number, not {_kind(value)}")
    return value


def _quantity(value: object, key: Key) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise key.error(f'must be a number or a string such as "60M", not {_kind(value)}')
    try:
        return parse_quantity(value)
    except StatedError as error:
        raise key.error(str(error)) from None


def _positive(value: object, key: Key) -> int:
    quantity = _quantity(value, key)
    if quantity <= 0:
        raise key.error("must be greater than 0")
    return quantity


def _percentage(value: object, key: Key) -> int:
    if not isinstance(value, str):
        raise key.error(f'must be a string such as "50%", not {_kind(value)}')
    try:
        return parse_percentage(value)
    except StatedError as error:
        raise key.error(str(error)) from None


def _date(value: object, key: Key) -> dt.date:
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise key.error(f"must be a day such as 2026-12-31, not `{value}`") from None
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise key.error(f"must be a day such as 2026-12-31, not {_kind(value)}")
    return value


def _path(value: object, key: Key) -> pathlib.Path:
    return key.folder / pathlib.Path(_string(value, key)).expanduser()


def _pattern(value: object, key: Key) -> FilePattern:
    return FilePattern(key.folder, _string(value, key))


def _inputs(value: object, key: Key) -> tuple[StatedInput, ...]:
    texts = (value,) if isinstance(value, str) else STRINGS.read(value, key)
    try:
        return tuple(parse_input_option(text) for text in texts)
    except StatedError as error:
        raise key.error(str(error)) from None


def _shapes(value: object, key: Key) -> tuple[StatedShape, ...]:
    texts = (value,) if isinstance(value, str) else STRINGS.read(value, key)
    try:
        return tuple(parse_shape(text) for text in texts)
    except StatedError as error:
        raise key.error(str(error)) from None


def _arguments(value: object, key: Key) -> str:
    """Python source of a call's arguments: as a string states it, or of a list's items, or of a table's as keywords."""
    match value:
        case str():
            python_expression(f"f({value})", key)
            return value
        case list():
            return ", ".join(_literal(item, key) for item in value)
        case dict():
            for name in value:
                if not name.isidentifier():
                    raise key.error(f"names the argument `{name}`, which no parameter can be called")
            return ", ".join(f"{name}={_literal(item, key)}" for name, item in value.items())
    raise key.error(f"must be a table of arguments, a list of them, or a string of Python source, not {_kind(value)}")


def _literal(value: object, key: Key) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_literal(item, key) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name!r}: {_literal(item, key)}" for name, item in value.items()) + "}"
    if not isinstance(value, (str, int, float, bool)):
        raise key.error(f"can't hold {_kind(value)} as an argument")
    return repr(value)


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


STRING = Kind(_string, {"type": "string"})
BOOLEAN = Kind(_boolean, {"type": "boolean"})
NUMBER = Kind(_number, {"type": "number"})
QUANTITY = Kind(_quantity, {"type": ["integer", "string"]})
POSITIVE = Kind(_positive, {"type": ["integer", "string"], "exclusiveMinimum": 0})
STRINGS = strings_of(STRING)
PERCENTAGE = Kind(_percentage, {"type": "string"})
DATE = Kind(_date, {"format": "date"})  # a date of TOML is no string
PATH = Kind(_path, {"type": "string"})
PATHS = strings_of(PATH)
PATTERN = Kind(_pattern, {"type": "string"})
PATTERNS = strings_of(PATTERN)
INPUTS = Kind(_inputs, {"anyOf": [STRING.schema, STRINGS.schema]})
SHAPES = Kind(_shapes, {"anyOf": [STRING.schema, STRINGS.schema]})
ARGUMENTS = Kind(_arguments, {"type": ["string", "array", "object"]})


def shown(value: object) -> str:
    """A setting's value as TOML, paths relative to the working directory; strings in double quotes, as JSON has them."""
    import json  # only `--show-settings` needs it

    match value:
        case pathlib.Path():
            return json.dumps(display_path(value))
        case FilePattern():
            return json.dumps(value.text)
        case tuple():
            return "[" + ", ".join(shown(item) for item in value) + "]"
        case dict():
            return "{ " + ", ".join(f"{json.dumps(str(name))} = {shown(item)}" for name, item in value.items()) + " }" if value else "{}"
        case StatedInput(name=name, shape=shape):
            return json.dumps(f"{name}={_stated(shape)}" if name else _stated(shape))
        case StatedShape():
            return json.dumps(_stated(value))
        case _:
            return json.dumps(value)


def _stated(shape: StatedShape) -> str:
    dims = ",".join(map(str, shape.dims)) + ("," if len(shape.dims) == 1 else "")
    return (dims or "()") + (f":{shape.dtype}" if shape.dtype else "")
