"""Which files are linted: those named, and the Python files below the folders named."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.record import value

if TYPE_CHECKING:
    import pathspec

# Folders of tools, builds and environments, which nobody means when naming the folder above.
USUALLY_EXCLUDED = frozenset(
    {
        "__pycache__",
        "__pypackages__",
        "_build",
        "build",
        "dist",
        "node_modules",
        "site-packages",
        "venv",
    }
)


@value
class FoundFile:
    """A file to lint. `display` is its path as printed, relative to the working directory; `is_named` if it was named itself."""

    path: pathlib.Path
    display: str
    is_named: bool


@value
class Found:
    """The files in the order of the paths given, sorted within each; `missing` says of each unusable path why."""

    files: tuple[FoundFile, ...]
    missing: tuple[str, ...]


def found_files(paths: Sequence[str], root: pathlib.Path, exclude: Sequence[str] = ()) -> Found:
    """The files that `paths` stand for, each once.

    A named file is always taken. In a folder: `*.py`, without hidden folders, `USUALLY_EXCLUDED`, virtual environments, what git
    ignores, and what `exclude` says, whose patterns are git's and count from `root`. Links to folders are not followed.
    """
    files: dict[pathlib.Path, FoundFile] = {}
    missing: list[str] = []
    for text in paths:
        path = pathlib.Path(text)
        try:
            if path.is_dir():
                for file in _python_files(path, _outer_ignores(path, root, exclude)):
                    files.setdefault(file.resolve(), FoundFile(file, display_path(file), is_named=False))
            elif path.is_file():
                files[path.resolve()] = FoundFile(path, display_path(path), is_named=True)
            else:
                missing.append(f"{text}: {'is not a file' if path.exists() else 'no such file or folder'}")
        except (OSError, ValueError) as error:  # ValueError: a null character in the path
            missing.append(f"{text}: {getattr(error, 'strerror', None) or error}")
    return Found(tuple(files.values()), tuple(missing))


def display_path(path: pathlib.Path) -> str:
    """The path as it is printed: relative to the working directory, with forward slashes."""
    try:
        return pathlib.Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return path.name


@value
class _Ignore:
    """Patterns of an ignore file, which count from its folder."""

    folder: pathlib.Path
    patterns: pathspec.GitIgnoreSpec


def _python_files(folder: pathlib.Path, ignores: tuple[_Ignore, ...]) -> Iterator[pathlib.Path]:
    own = _ignore_file(folder)
    ignores = (*ignores, own) if own else ignores
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if not _is_excluded(path) and not _is_ignored(path, ignores, is_folder=True):
                yield from _python_files(path, ignores)
        elif entry.name.endswith(".py") and entry.is_file() and not _is_ignored(path, ignores, is_folder=False):
            yield path


def _is_excluded(folder: pathlib.Path) -> bool:
    return folder.name in USUALLY_EXCLUDED or folder.name.startswith(".") or (folder / "pyvenv.cfg").is_file()


def _is_ignored(path: pathlib.Path, ignores: Sequence[_Ignore], *, is_folder: bool) -> bool:
    """Whether the last pattern that matches, of the innermost file that has one, ignores the path."""
    for ignore in reversed(ignores):
        relative = path.absolute().relative_to(ignore.folder).as_posix()
        verdict = ignore.patterns.check_file(f"{relative}/" if is_folder else relative).include
        if verdict is not None:
            return verdict
    return False


def _outer_ignores(folder: pathlib.Path, root: pathlib.Path, exclude: Sequence[str]) -> tuple[_Ignore, ...]:
    """What holds in `folder` from outside: the setting, and the ignore files from the repository's root down to the folder above."""
    absolute = folder.absolute()
    above: list[pathlib.Path] = []
    if not (absolute / ".git").exists():
        for parent in absolute.parents:
            above.append(parent)
            if (parent / ".git").exists():
                break
        else:
            above = []
    outer = [ignore for parent in reversed(above) if (ignore := _ignore_file(parent))]
    if exclude and absolute.is_relative_to(root.absolute()):
        outer.append(_Ignore(root.absolute(), _patterns(exclude)))
    return tuple(outer)


def _ignore_file(folder: pathlib.Path) -> _Ignore | None:
    file = folder / ".gitignore"
    if not file.is_file():
        return None
    return _Ignore(folder.absolute(), _patterns(file.read_text(encoding="utf-8", errors="replace").splitlines()))


def _patterns(lines: Sequence[str]) -> pathspec.GitIgnoreSpec:
    import pathspec  # only where there are patterns: it costs start-up time

    return pathspec.GitIgnoreSpec.from_lines(lines)
