"""Which files import which, read from their text: the reverse of an import, without evaluating anything."""

from __future__ import annotations

import ast
import pathlib
import re
import warnings
from collections.abc import Iterator, Sequence

from cnnlint.environment import package_root


def importing(changed: Sequence[pathlib.Path], candidates: Sequence[pathlib.Path], roots: Sequence[pathlib.Path]) -> list[pathlib.Path]:
    """Those candidates that import one of the changed files, directly or through other candidates, in their order.

    `roots` are the folders where the project's imports are looked for. What can't be read or parsed imports nothing.
    """
    texts = {path.resolve(): _text(path) for path in candidates}
    imports: dict[pathlib.Path, frozenset[str]] = {}
    found = {path.resolve() for path in changed}
    frontier = list(found)
    while frontier:
        names = {path: module_names(path, roots) for path in frontier}
        stems = {name.rpartition(".")[2] for each in names.values() for name in each}
        # Parsing costs; a file that never mentions the last part of a module's name can't import it.
        mention = re.compile(rb"\b(?:" + b"|".join(re.escape(stem.encode()) for stem in sorted(stems)) + rb")\b")
        reached = []
        for path, text in texts.items():
            if path in found or not stems or not mention.search(text):
                continue
            if path not in imports:
                imports[path] = frozenset(imported_names(text, path))
            if any(_is_imported(imports[path], path, target, names[target]) for target in frontier):
                reached.append(path)
        found.update(reached)
        frontier = reached
    named = {path.resolve() for path in changed}
    return [path for path in candidates if path.resolve() in found and path.resolve() not in named]


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


def imported_names(text: bytes, path: pathlib.Path) -> Iterator[str]:
    """The dotted names that a file's imports may mean: of `from a import b` both `a` and `a.b`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in the text, which is not ours
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    package = path.parent.relative_to(package_root(path)).parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            if start:
                yield start
            yield from (f"{start}.{alias.name}" if start else alias.name for alias in node.names if alias.name != "*")


def _is_imported(imports: frozenset[str], importer: pathlib.Path, target: pathlib.Path, names: frozenset[str]) -> bool:
    """Whether one of the names means the target, or something below it if it is a package."""
    if target.parent == importer.parent and target.stem in imports:
        return True  # a script's own folder
    return any(name in imports or any(each.startswith(f"{name}.") for each in imports) for name in names)


def _text(path: pathlib.Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
