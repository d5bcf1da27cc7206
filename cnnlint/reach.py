"""Which files a change between two folders reaches: those that differ, and those that import them."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Sequence

from cnnlint.importers import Reader, importing, importing_any
from cnnlint.record import value

_SETTINGS = ("pyproject.toml", "cnnlint.toml", ".cnnlint.toml")


@value
class Tree:
    """A folder, where in it one stands, its sources, and the folders where its own imports are found. All paths are resolved."""

    root: pathlib.Path
    start: pathlib.Path
    sources: tuple[pathlib.Path, ...]
    roots: tuple[pathlib.Path, ...]

    def name(self, file: pathlib.Path) -> str:
        """What the same file is called in another tree."""
        return file.relative_to(self.root).as_posix()


def reached(old: Tree, new: Tree, packages: Sequence[str]) -> frozenset[str] | None:
    """The names of the sources whose models may differ in the two trees; None for all, where the settings differ.

    Only what imports one of the `packages`, directly or through others, holds models. Imports are read from the text. What is
    imported by a name that is made at run time is not seen.
    """
    if _settings(old) != _settings(new):
        return None
    reader = Reader()
    trees = [(tree, {tree.name(file): file for file in tree.sources}) for tree in (old, new)]
    (_, before), (_, after) = trees
    differing = {name for name in {*before, *after} if name not in before or name not in after or not _is_same(before[name], after[name])}
    found = set(differing)
    for tree, files in trees:
        changed = [file for name, file in files.items() if name in differing]
        found.update(tree.name(file) for file in importing(changed, tree.sources, tree.roots, reader))
    if not found:
        return frozenset()
    holders = {tree.name(file) for tree, _ in trees for file in importing_any(packages, tree.sources, tree.roots, reader)}
    return frozenset(found & holders)


def _settings(tree: Tree) -> list[tuple[str, bytes]]:
    """The settings files that may hold where one stands, with what is in them."""
    return [(tree.name(file), _bytes(file)) for folder in _upwards(tree) for each in _SETTINGS if (file := folder / each).is_file()]


def _upwards(tree: Tree) -> Iterator[pathlib.Path]:
    for folder in (tree.start, *tree.start.parents):
        yield folder
        if folder == tree.root:
            return


def _is_same(one: pathlib.Path, other: pathlib.Path) -> bool:
    return _bytes(one) == _bytes(other)


def _bytes(file: pathlib.Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # it is compared, and then said why it can't be read
        return b""


def sources_of(files: Sequence[pathlib.Path], root: pathlib.Path) -> tuple[pathlib.Path, ...]:
    """The files by their resolved paths, without those that a link leads out of the tree."""
    resolved = (file.resolve() for file in files)
    return tuple(dict.fromkeys(file for file in resolved if file.is_relative_to(root)))
