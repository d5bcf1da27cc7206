"""What is known of a file's models before it is read: by an option, or by the configuration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from cnnlint.source import StatedInput


@dataclass(frozen=True, slots=True)
class InputDefaults:
    """What holds of stated inputs that don't say it: their dtype, what `batch` stands for, and where the channels stand if only the
    sizes of the spatial axes are stated (`channels-first`, `channels-last`; None: as the framework has it).
    """

    dtype: str | None = None
    batch: int | None = None
    layout: str | None = None


NO_DEFAULTS = InputDefaults()


@dataclass(frozen=True, slots=True)
class KnownModel:
    """The arguments to build models with, as Python source, and the inputs to call them with; None and () where nothing is said.

    `expression` is a name, perhaps with wildcards, or an expression such as `Net(3)` that makes a model; empty for all of the file.
    """

    expression: str
    args: str | None = None
    inputs: tuple[StatedInput, ...] = ()

    @property
    def is_name(self) -> bool:
        """Whether the expression is a name, or a pattern of names."""
        return "(" not in self.expression

    @property
    def building(self) -> str | None:
        """The expression that makes the model that is meant; None where the file itself makes it."""
        if not self.is_name:
            return self.expression
        return None if self.args is None or not self.expression.isidentifier() else f"{self.expression}({self.args})"

    def nearness(self, names: Sequence[str]) -> int:
        """How exactly a model is meant that goes by these names, the most exact first; 0 if it isn't."""
        if self.expression in names:
            return len(names) - names.index(self.expression) + 2
        if not self.expression:
            return 1
        return 2 if self.is_name and any(fnmatchcase(name, self.expression) for name in names) else 0


def names_of(name: str, class_name: str = "") -> tuple[str, ...]:
    """What a model goes by: its name, that without the ordinal of its binding, and its class."""
    return tuple(dict.fromkeys((name, name.partition("#")[0], class_name) if class_name else (name, name.partition("#")[0])))


def known_inputs(known: Sequence[KnownModel], names: Sequence[str]) -> tuple[StatedInput, ...]:
    """The inputs that the nearest of what is known states, the last of several; () where none does."""
    found: tuple[StatedInput, ...] = ()
    nearest = 0
    for each in known:
        if each.inputs and each.nearness(names) >= max(nearest, 1):
            found, nearest = each.inputs, each.nearness(names)
    return found
