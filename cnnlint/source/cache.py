"""The ir of texts that were parsed before, by their content: what is found here needs no parser.

An entry is a file named by a hash of the text and of the parser's own sources. It holds plain data as `marshal` writes it, which
can't execute anything when it is read, behind a checksum; what can't be read counts as not there, and what can't be written is not.
"""

from __future__ import annotations

import functools
import hashlib
import marshal
import os
import pathlib
import sys
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

from cnnlint.source import ir
from cnnlint.source.cut import TopStatement, cut
from cnnlint.source.lowering import lower, lower_part
from cnnlint.source.text import SourceText

MOST_ENTRIES = 64
"""The most entries in each of the 256 folders of a cache; the oldest give way."""

_CHECKSUM_SIZE = 16
_SPAN = -1


class IrCache:
    """Parses texts, or finds what they were parsed to before; without a folder nothing is kept beyond this object."""

    def __init__(self, folder: pathlib.Path | None = None) -> None:
        self.folder = folder
        self.entries: dict[str, dict[str, Any]] = {}
        self.changed: set[str] = set()

    def lower(self, source: SourceText) -> ir.Module:
        """The ir of a whole file; raises as `lowering.lower` does."""
        found: ir.Module = self.kept(source, "whole", lambda: lower(source), encoded, decoded)
        return found

    def lower_part(self, source: SourceText, first_line: int, last_line: int) -> ir.Module:
        """The ir of some of a file's lines; raises as `lowering.lower_part` does."""
        name = f"{first_line}-{last_line}"
        found: ir.Module = self.kept(source, name, lambda: lower_part(source, first_line, last_line), encoded, decoded)
        return found

    def cut(self, source: SourceText) -> list[TopStatement]:
        """The statements of a file's top level; raises as `cut.cut` does."""
        found: list[TopStatement] = self.kept(source, "cut", lambda: cut(source), _encoded_statements, _decoded_statements)
        return found

    def kept(
        self, source: SourceText, name: str, make: Callable[[], Any], encode: Callable[[Any], Any], decode: Callable[[Any], Any]
    ) -> Any:
        """What an entry has under a name, or what is made and entered."""
        if self.folder is None:
            return make()
        key = _key(source.text)
        if key not in self.entries:
            self.entries[key] = _read(self.folder, key)
        entry = self.entries[key]
        if name in entry:
            try:
                return decode(entry[name])
            except (ValueError, TypeError, IndexError):
                pass  # of an entry that holds what no version of ours wrote; it is made anew
        made = make()
        entry[name] = encode(made)
        self.changed.add(key)
        return made

    def save(self) -> None:
        """Write what was added since; a disk that is full or read-only costs only the next run's time."""
        for key in sorted(self.changed):
            assert self.folder is not None
            try:
                _write(self.folder, key, self.entries[key])
            except OSError:
                break
        self.changed.clear()


def usual_folder(variables: Mapping[str, str] = os.environ) -> pathlib.Path | None:
    """Where the system keeps a user's caches; `CNNLINT_CACHE_DIR` says otherwise. None where there is no home."""
    if variables.get("CNNLINT_CACHE_DIR"):
        return pathlib.Path(variables["CNNLINT_CACHE_DIR"])
    try:
        home = pathlib.Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return pathlib.Path(variables.get("LOCALAPPDATA") or home / "AppData" / "Local") / "cnnlint" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "cnnlint"
    return pathlib.Path(variables.get("XDG_CACHE_HOME") or home / ".cache") / "cnnlint"


def encoded(value: Any) -> Any:
    """A node as lists, strings and numbers: its kind and its fields."""
    if isinstance(value, ir.Span):
        return [_SPAN, *value]
    if isinstance(value, ir.Node):
        return [_numbers()[type(value)], *(encoded(getattr(value, name)) for name in value.__match_args__)]
    return tuple(map(encoded, value)) if type(value) is tuple else value


def decoded(value: Any) -> Any:
    """The inverse of `encoded`. Raises ValueError, TypeError or IndexError for what is none."""
    if type(value) is list:
        kind = value[0]
        if kind == _SPAN:
            return ir.Span(*value[1:])
        return _kinds()[kind](*map(decoded, value[1:]))
    return tuple(map(decoded, value)) if type(value) is tuple else value


def _encoded_statements(statements: list[TopStatement]) -> Any:
    return [tuple(getattr(statement, name) for name in TopStatement.__match_args__) for statement in statements]


def _decoded_statements(value: Any) -> list[TopStatement]:
    return [TopStatement(*fields) for fields in value]


@functools.cache
def _kinds() -> tuple[type[ir.Node], ...]:
    return tuple(kind for kind in vars(ir).values() if isinstance(kind, type) and issubclass(kind, ir.Node))


@functools.cache
def _numbers() -> dict[type[ir.Node], int]:
    return {kind: number for number, kind in enumerate(_kinds())}


@functools.cache
def _stamp() -> bytes:
    """What ir depends on besides the text: the sources of this package, and the Python whose grammar cuts and whose marshal writes."""
    own = sorted(pathlib.Path(__file__).parent.glob("*.py"))
    states = [(file.name, state.st_size, state.st_mtime_ns) for file in own for state in [file.stat()]]
    return repr((sys.version_info[:3], sys.implementation.name, states)).encode()


def _key(text: str) -> str:
    return hashlib.sha256(_stamp() + text.encode("utf-8", "surrogatepass")).hexdigest()


def _file(folder: pathlib.Path, key: str) -> pathlib.Path:
    return folder / key[:2] / key[2:]


def _read(folder: pathlib.Path, key: str) -> dict[str, Any]:
    try:
        data = _file(folder, key).read_bytes()
        payload = data[_CHECKSUM_SIZE:]
        if _checksum(payload) != data[:_CHECKSUM_SIZE]:
            return {}
        entry = marshal.loads(payload)  # reads plain data only
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return entry if isinstance(entry, dict) else {}


def _write(folder: pathlib.Path, key: str, entry: dict[str, Any]) -> None:
    file = _file(folder, key)
    file.parent.mkdir(parents=True, exist_ok=True)
    payload = marshal.dumps(entry)
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(_checksum(payload) + payload)
    pathlib.Path(name).replace(file)
    others = list(file.parent.iterdir())
    if len(others) > MOST_ENTRIES:
        for old in sorted(others, key=lambda each: each.stat().st_mtime_ns)[: len(others) - MOST_ENTRIES]:
            old.unlink(missing_ok=True)


def _checksum(payload: bytes) -> bytes:
    return hashlib.sha256(payload).digest()[:_CHECKSUM_SIZE]
