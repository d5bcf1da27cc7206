"""The configuration as the rest of the program sees it."""

from __future__ import annotations

import datetime as dt
import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from cnnlint.interpreter import KnownModel
from cnnlint.paths import FilePattern
from cnnlint.settings.kinds import Key
from cnnlint.source import StatedShape


@dataclass(frozen=True, slots=True)
class ExceptionSettings:
    """Why a limit need not hold through the day `until`."""

    reason: str
    until: dt.date


@dataclass(frozen=True, slots=True)
class RatchetSettings:
    """The file that says what models cost before, and by how much they may grow, in hundredths of a percent."""

    file: pathlib.Path | None = None
    tolerance: int = 0


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What is said about the models of one pattern: how to build and call them, what must come out, and the budget by key.

    `source` names the key, for messages. `device` is the name of the one that they are for; `exceptions` say of keys of budgets why their
    limits need not hold, and through which day.
    """

    file: FilePattern
    known: KnownModel
    source: str
    output: tuple[StatedShape, ...] = ()
    budget: Mapping[str, int | str] = field(default_factory=dict)
    device: str = ""
    exceptions: Mapping[str, ExceptionSettings] = field(default_factory=dict)

    def is_about_file(self, path: pathlib.Path) -> bool:
        """Whether a file's models are meant, by its resolved path."""
        return self.file.path.resolve() == path if self.file.is_exact else self.file.matches(path)

    @property
    def is_exact(self) -> bool:
        """Whether it names one file and, if anything, one model of it: then it outranks what the file says."""
        known = self.known
        return self.file.is_exact and (not known.is_name or not set(known.expression) & set("*?["))


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where nothing else is said: of inputs, and of the dtypes in which bytes are counted."""

    layout: str | None = None
    dtype: str | None = None
    batch: int | None = None
    weights: str = "float32"
    activations: str = "float32"


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration. Field names are the keys, with dashes for underscores.

    `root` is the folder of the file it stands in (the working directory without one); `keys` are the places of the values given.
    """

    root: pathlib.Path
    file: str = ""
    keys: Mapping[str, Key] = field(default_factory=dict)
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[FilePattern, tuple[str, ...]] = field(default_factory=dict)
    include: tuple[FilePattern, ...] | None = None
    exclude: tuple[FilePattern, ...] = ()
    src: tuple[pathlib.Path, ...] | None = None
    python: pathlib.Path | None = None
    entries: tuple[pathlib.Path, ...] = ()
    plugins: tuple[str, ...] = ()
    baseline: pathlib.Path | None = None
    max_file_size: int = 5_000_000
    defaults: Defaults = Defaults()
    rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    models: tuple[ModelSettings, ...] = ()
    budget: Mapping[str, int | str] = field(default_factory=dict)
    devices: pathlib.Path | None = None
    device: str = ""
    ratchet: RatchetSettings = RatchetSettings()
