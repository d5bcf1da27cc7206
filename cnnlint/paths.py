"""Paths as they are printed, and the patterns by which settings name files."""

from __future__ import annotations

import functools
import os
import pathlib
from typing import TYPE_CHECKING

from cnnlint.record import value

if TYPE_CHECKING:
    import pathspec


def display_path(path: pathlib.Path) -> str:
    """The path as it is printed: relative to the working directory, with forward slashes."""
    try:
        return pathlib.Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return path.name


def git_patterns(lines: tuple[str, ...]) -> pathspec.GitIgnoreSpec:
    """Patterns as an ignore file of git holds them."""
    import pathspec  # only where there are patterns: it costs start-up time

    return pathspec.GitIgnoreSpec.from_lines(lines)


@value
class FilePattern:
    """A pattern as git's ignore files have them, which counts from a folder: one without a slash holds at any depth."""

    folder: pathlib.Path
    text: str

    @property
    def is_exact(self) -> bool:
        """Whether it names one file."""
        return not set(self.text) & set("*?[")

    @property
    def path(self) -> pathlib.Path:
        """The file that an exact pattern names."""
        return self.folder / self.text

    def matches(self, path: pathlib.Path) -> bool:
        """Whether an absolute path is meant."""
        return path.is_relative_to(self.folder) and _compiled(self.text).match_file(path.relative_to(self.folder).as_posix())


@functools.cache
def _compiled(text: str) -> pathspec.GitIgnoreSpec:
    return git_patterns((text,))
