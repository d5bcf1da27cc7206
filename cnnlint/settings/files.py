"""Where the configuration stands, and how the files and options that make it up are put together."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from cnnlint.errors import CnnlintError
from cnnlint.paths import display_path
from cnnlint.settings.keys import KEYS
from cnnlint.settings.kinds import PATH, Key, mapping, unknown_key
from cnnlint.settings.model import Settings

OWN_FILES = (".cnnlint.toml", "cnnlint.toml")
PROJECT_FILE = "pyproject.toml"

Values = dict[str, object]


def settings_for(start: pathlib.Path, given: Sequence[str] = (), *, is_isolated: bool = False) -> Settings:
    """The settings that hold in the folder `start`: those of the nearest file upwards, then `given` over them.

    In a folder `.cnnlint.toml` goes before `cnnlint.toml`, and that before a pyproject.toml with a table for cnnlint. `given` are
    `KEY=VALUE`, or the path of a file to read instead. `is_isolated` reads no file that isn't given.
    Raises CnnlintError if a file or a key can't be used.
    """
    values: Values = {}
    keys: dict[str, Key] = {}
    files = [pathlib.Path(text).absolute() for text in given if _is_path(text)]
    root = start
    if not files and not is_isolated:
        root, nearest = _nearest(start)
        files = [nearest] if nearest is not None else []
    for file in files:
        root = file.parent
        _read_file(file, values, keys, ())
    for text in given:
        if not _is_path(text):
            _read_option(text, values, keys)
    shown = display_path(files[-1]) if files else ""
    known = {each.name for each in fields(Settings)}
    renamed = {name.replace("-", "_"): value for name, value in values.items() if name != "extend"}
    assert renamed.keys() <= known
    return replace(Settings(root, shown, keys), **renamed)  # type: ignore[arg-type]  # each kind reads its field's type


def _is_path(text: str) -> bool:
    return "=" not in text or pathlib.Path(text).is_file()


def _nearest(start: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path | None]:
    """The project's folder, and its file; without one, the first folder that holds a project file of any tool."""
    first: pathlib.Path | None = None
    for folder in (start, *start.parents):
        for name in OWN_FILES:
            if (folder / name).is_file():
                return folder, folder / name
        project = folder / PROJECT_FILE
        if project.is_file():
            first = first or folder
            if b"cnnlint" in project.read_bytes() and _table(project)[0] is not None:
                return folder, project
    return first or start, None


def _table(file: pathlib.Path) -> tuple[object | None, Key]:
    """The table of cnnlint in a file, None if it has none, and the key it stands under."""
    import tomli  # only where there is something to read: it costs start-up time

    shown = display_path(file)
    try:
        document: Mapping[str, object] = tomli.loads(file.read_bytes().decode())
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CnnlintError(f"{shown}: not valid TOML: {error}") from None
    except OSError as error:
        raise CnnlintError(f"{shown}: the configuration can't be read: {error.strerror}") from None
    if file.name != PROJECT_FILE:
        return document, Key(shown, "", file.parent)
    tool = document.get("tool")
    return (tool.get("cnnlint") if isinstance(tool, dict) else None), Key(shown, "tool.cnnlint", file.parent)


def _read_file(file: pathlib.Path, values: Values, keys: dict[str, Key], readers: tuple[pathlib.Path, ...]) -> None:
    """Read a file, first the one that it extends; `readers` are the files that led here."""
    if file in readers:
        raise CnnlintError(f"{display_path(readers[-1])}: `extend` leads back to {display_path(file)}; remove one of the two")
    table, key = _table(file)
    if table is None:
        raise CnnlintError(f"{display_path(file)}: there is no table `[tool.cnnlint]`")
    own = mapping(table, key)
    if "extend" in own:
        base = PATH.read(own["extend"], key.below("extend"))
        if not base.is_file():
            raise key.below("extend").error(f"names {display_path(base)}, which is no file")
        _read_file(pathlib.Path(base).absolute(), values, keys, (*readers, file))
    _merge(own, key, values, keys)


def _read_option(text: str, values: Values, keys: dict[str, Key]) -> None:
    """Enter `KEY=VALUE`; a value that isn't TOML is taken as a string."""
    import tomli

    name, _, value = text.partition("=")
    key = Key(f"--config {text}", "", pathlib.Path.cwd())
    try:
        document = tomli.loads(f"{name} = {value}")
    except tomli.TOMLDecodeError as error:
        try:
            document = {**tomli.loads(f"{name} = 0"), name.strip(): value.strip()}
        except tomli.TOMLDecodeError:
            raise CnnlintError(f"--config {text}: expected KEY=VALUE or a file: {error}") from None
    _merge(document, key, values, keys)


def _merge(table: Mapping[str, object], key: Key, values: Values, keys: dict[str, Key]) -> None:
    """Enter a file's or an option's values over what is there."""
    for name, value in table.items():
        if name not in KEYS:
            raise unknown_key(key, name, KEYS)
        keys[name] = key.below(name)
        read = KEYS[name].kind.read(value, keys[name])
        before = values.get(name)
        if KEYS[name].is_joined and before is not None:
            read = _joined(before, read)
        values[name] = read


def _joined(before: object, after: object) -> object:
    if isinstance(before, tuple) and isinstance(after, tuple):
        return (*before, *after)
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    both = {name: {**before[name], **after[name]} for name in before.keys() & after.keys() if isinstance(before[name], dict)}
    return {**before, **after, **both}
