"""Which files are linted: those named, and the Python files below the folders named."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.errors import nearest
from cnnlint.paths import FilePattern, display_path, git_patterns
from cnnlint.record import value
from cnnlint.source import SourceText, decode_file, read_source

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


# What is linted in a folder where nothing else is said.
USUAL_FILES = ("*.py", "*.ipynb")


@value
class FoundFile:
    """A file to lint. `display` is its path as printed, relative to the working directory; `is_named` if it was named itself.

    `data` is what it holds, where that isn't what lies on the disk: an editor's text.
    """

    path: pathlib.Path
    display: str
    is_named: bool
    data: bytes | None = None


@value
class FileChoice:
    """Which files of folders are taken: those that `include` names (None: `USUAL_FILES`), but for what `exclude` names.

    `is_forced`: what is excluded is passed over even when it is named itself.
    """

    include: tuple[FilePattern, ...] | None = None
    exclude: tuple[FilePattern, ...] = ()
    is_forced: bool = False


EVERYTHING = FileChoice()


@value
class Found:
    """The files in the order of the paths given, sorted within each; `missing` says of each unusable path why."""

    files: tuple[FoundFile, ...]
    missing: tuple[str, ...]


def found_files(paths: Sequence[str], choice: FileChoice = EVERYTHING) -> Found:
    """The files that `paths` stand for, each once.

    A named file is always taken, unless exclusion is forced. In a folder: what is included, without hidden folders,
    `USUALLY_EXCLUDED`, virtual environments, what git ignores, and what is excluded. Links to folders are not followed.
    """
    files: dict[pathlib.Path, FoundFile] = {}
    missing: list[str] = []
    for text in paths:
        path = pathlib.Path(text)
        try:
            if path.is_dir():
                for file in _files_below(path, choice):
                    files.setdefault(file.resolve(), FoundFile(file, display_path(file), is_named=False))
            elif path.is_file():
                if not (choice.is_forced and is_left_out(path, choice)):
                    files[path.resolve()] = FoundFile(path, display_path(path), is_named=True)
            else:
                missing.append(f"{text}: {_why_missing(text)}")
        except (OSError, ValueError) as error:  # ValueError: a null character in the path
            missing.append(f"{text}: {getattr(error, 'strerror', None) or error}")
    return Found(tuple(files.values()), tuple(missing))


def text_of(file: FoundFile, limit: int) -> SourceText:
    """The file's text.

    Raises NotAnalysed if it is too large or no text, OSError if it can't be read.
    """
    if file.data is None:
        return read_source(file.path, file.display, limit)
    return decode_file(file.data, file.path, file.display, limit)


def is_left_out(path: pathlib.Path, choice: FileChoice) -> bool:
    """Whether a walk from the repository's root, or from the folder above, would not come to a file."""
    absolute = path.absolute()
    roots = [folder for folder in absolute.parents if (folder / ".git").exists()] or [absolute.parent]
    ignores = _outer_ignores(roots[0], choice)
    for folder in reversed([roots[0], *(each for each in absolute.parents if each.is_relative_to(roots[0]) and each != roots[0])]):
        if folder != roots[0] and (_is_excluded(folder) or _is_ignored(folder, ignores, is_folder=True)):
            return True
        own = _ignore_file(folder)
        ignores = (*ignores, own) if own else ignores
    return _is_ignored(absolute, ignores, is_folder=False)


def _why_missing(text: str) -> str:
    path = pathlib.Path(text)
    file, mark, _ = text.partition("::")
    if mark and pathlib.Path(file).is_file():
        return f"files are checked whole: give {file} (and `models` in the configuration), or `cnnlint summary` for one model"
    return "is not a file" if path.exists() else f"no such file or folder{nearest_file(path)}"


def nearest_file(path: pathlib.Path) -> str:
    """`; did you mean X?` with the entry of the same folder whose name, but for its suffix, is most like a path's; or nothing."""
    entries = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    by_stem = {entry.stem: entry.name for entry in entries if not entry.name.startswith(".")}
    close = nearest(path.stem, by_stem)
    return next((close.replace(f"`{stem}`", f"`{name}`") for stem, name in by_stem.items() if f"`{stem}`" in close), "")


@value
class _Ignore:
    """Patterns of an ignore file, which count from its folder."""

    folder: pathlib.Path
    patterns: pathspec.GitIgnoreSpec


def _files_below(folder: pathlib.Path, choice: FileChoice) -> Iterator[pathlib.Path]:
    """The files of a folder, sorted, each folder's before those of the next."""
    yield from _walked(folder, _outer_ignores(folder, choice), choice.include)


def _walked(folder: pathlib.Path, ignores: tuple[_Ignore, ...], include: tuple[FilePattern, ...] | None) -> Iterator[pathlib.Path]:
    own = _ignore_file(folder)
    ignores = (*ignores, own) if own else ignores
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if not _is_excluded(path) and not _is_ignored(path, ignores, is_folder=True):
                yield from _walked(path, ignores, include)
        elif _is_included(path, include) and entry.is_file() and not _is_ignored(path, ignores, is_folder=False):
            yield path


def _is_included(path: pathlib.Path, include: tuple[FilePattern, ...] | None) -> bool:
    if include is None:
        return path.name.endswith(tuple(pattern.lstrip("*") for pattern in USUAL_FILES))
    return any(pattern.matches(path.absolute()) for pattern in include)


def _is_excluded(folder: pathlib.Path) -> bool:
    return folder.name in USUALLY_EXCLUDED or folder.name.startswith(".") or (folder / "pyvenv.cfg").is_file()


def _is_ignored(path: pathlib.Path, ignores: Sequence[_Ignore], *, is_folder: bool) -> bool:
    """Whether the last pattern that matches, of the innermost file that has one, ignores the path."""
    for ignore in reversed(ignores):
        if not path.absolute().is_relative_to(ignore.folder):
            continue
        relative = path.absolute().relative_to(ignore.folder).as_posix()
        verdict = ignore.patterns.check_file(f"{relative}/" if is_folder else relative).include
        if verdict is not None:
            return verdict
    return False


def _outer_ignores(folder: pathlib.Path, choice: FileChoice) -> tuple[_Ignore, ...]:
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
    for root in dict.fromkeys(pattern.folder for pattern in choice.exclude):
        lines = tuple(pattern.text for pattern in choice.exclude if pattern.folder == root)
        outer.append(_Ignore(root, git_patterns(lines)))
    return tuple(outer)


def _ignore_file(folder: pathlib.Path) -> _Ignore | None:
    file = folder / ".gitignore"
    if not file.is_file():
        return None
    return _Ignore(folder.absolute(), git_patterns(tuple(file.read_text(encoding="utf-8", errors="replace").splitlines())))
