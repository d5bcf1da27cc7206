"""Which files import which, read from their text: the reverse of an import, without evaluating anything."""

from __future__ import annotations

import ast
import pathlib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from cnnlint.environment import package_root
from cnnlint.source import NOTEBOOK, NotAnalysed, decode_file

Imports: TypeAlias = tuple[tuple[int, str, tuple[str, ...]], ...]
"""The import statements of a text: how many dots, the module, and the names of it (none for `import module`)."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads imports; each file is read once, and each text parsed once, however many files have it."""

    _texts: dict[pathlib.Path, bytes] = field(default_factory=dict)
    _imports: dict[bytes, Imports] = field(default_factory=dict)
    _names: dict[pathlib.Path, frozenset[str]] = field(default_factory=dict)

    def text(self, path: pathlib.Path) -> bytes:
        """The code that a file holds; nothing if it can't be read."""
        if path not in self._texts:
            try:
                data = path.read_bytes()
                self._texts[path] = decode_file(data, path, "").text.encode(errors="replace") if path.suffix == NOTEBOOK else data
            except (OSError, NotAnalysed):
                self._texts[path] = b""
        return self._texts[path]

    def names(self, path: pathlib.Path) -> frozenset[str]:
        """The dotted names that a file's imports may mean, with all above them: of `from a import b` both `a` and `a.b`."""
        if path not in self._names:
            text = self.text(path)
            if text not in self._imports:
                self._imports[text] = tuple(_imports(text))
            package = path.parent.relative_to(package_root(path)).parts
            named = (name for each in self._imports[text] for name in _named(*each, package))
            self._names[path] = frozenset(upper for name in named for upper in _with_all_above(name))
        return self._names[path]

    def mentions(self, path: pathlib.Path, words: Iterable[str]) -> bool:
        """Whether one of the words stands anywhere in a file; to parse it would cost a hundred times as much."""
        text = self.text(path)
        return any(word.encode() in text for word in words)


def importing(
    changed: Sequence[pathlib.Path], candidates: Sequence[pathlib.Path], roots: Sequence[pathlib.Path], reader: Reader | None = None
) -> list[pathlib.Path]:
    """Those candidates that import one of the changed files, directly or through other candidates, in their order.

    `roots` are the folders where the project's imports are looked for. What can't be read or parsed imports nothing.
    """
    reader = reader or Reader()
    rest = [path.resolve() for path in candidates]
    named = {path.resolve() for path in changed}
    found, frontier = set(named), list(named)
    while frontier:
        names = {name for path in frontier for name in module_names(path, roots)}
        beside = {(path.parent, path.stem) for path in frontier}  # a script's own folder
        stems = {name.rpartition(".")[2] for name in names}
        rest = [path for path in rest if path not in found]
        frontier = [
            path
            for path in rest
            if reader.mentions(path, stems)
            and (not names.isdisjoint(reader.names(path)) or any((path.parent, name) in beside for name in reader.names(path)))
        ]
        found.update(frontier)
    return [path for path in candidates if path.resolve() in found and path.resolve() not in named]


def importing_any(
    packages: Sequence[str], candidates: Sequence[pathlib.Path], roots: Sequence[pathlib.Path], reader: Reader | None = None
) -> list[pathlib.Path]:
    """Those candidates that import one of the packages, directly or through other candidates, in their order."""
    reader = reader or Reader()
    direct = [path for path in candidates if reader.mentions(path, packages) and not reader.names(path).isdisjoint(packages)]
    found = {*direct, *importing(direct, candidates, roots, reader)}
    return [path for path in candidates if path in found]


def module_names(path: pathlib.Path, roots: Sequence[pathlib.Path]) -> frozenset[str]:
    """The dotted names under which a file may be imported."""
    names = set()
    for root in {package_root(path), *(root.resolve() for root in roots)}:
        if path.is_relative_to(root):
            parts = path.relative_to(root).with_suffix("").parts
            parts = parts[:-1] if parts[-1] == "__init__" else parts
            if parts and all(part.isidentifier() for part in parts):
                names.add(".".join(parts))
    return frozenset(names)


def _imports(text: bytes) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in the text, which is not ours
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or "", tuple(alias.name for alias in node.names if alias.name != "*")


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """All statements, however deep; expressions, which are most of a tree, hold none."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for block in ("body", "orelse", "finalbody", "handlers", "cases"):
            below = getattr(node, block, ())
            if isinstance(below, list):  # the body of a lambda is an expression
                waiting += below


def _named(level: int, module: str, names: Sequence[str], package: Sequence[str]) -> Iterator[str]:
    """The dotted names that one import statement in a package may mean."""
    base = package[: len(package) - level + 1] if level else ()
    start = ".".join([*base, *([module] if module else [])])
    if start:
        yield start
    yield from (f"{start}.{name}" if start else name for name in names)


def _with_all_above(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]
