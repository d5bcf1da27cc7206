"""What the reporters of `diff` get: the models that differ between two sides, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, TextIO, TypeAlias

from cnnlint.plugin.reporter import Printing, Reporter
from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.graph import Model

Status: TypeAlias = Literal["added", "removed", "changed"]


@value
class Reshaped:
    """A tensor whose shape differs, both as text."""

    name: str
    before: str
    after: str


@value
class StateDifference:
    """Why weights that were saved before don't load: what the model has and they lack, what they have besides, and other shapes.

    `is_complete` is false where a model is not fully known, so that there may be more.
    """

    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    reshaped: tuple[Reshaped, ...] = ()
    is_complete: bool = True

    @property
    def breaks(self) -> bool:
        """Whether loading is proven to fail."""
        return bool(self.missing or self.unexpected or self.reshaped)


@value
class LayerDifference:
    """A layer that is new, gone or other; `before` and `after` are its type, parameters, output and MACs as text, by name of the figure."""

    name: str
    status: Status
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


@value
class Figure:
    """A number of a model on both sides; `before` and `after` as printed, `growth` in percent where both are known numbers."""

    label: str
    before: str
    after: str
    growth: float | None = None

    @property
    def differs(self) -> bool:
        return self.before != self.after


@value
class ModelDifference:
    """A model that is not the same on both sides. `moved_from` is its file before, where that was another."""

    name: str
    path: str
    status: Status
    before: Model | None
    after: Model | None
    figures: tuple[Figure, ...]
    layers: tuple[LayerDifference, ...] = ()
    state: StateDifference = StateDifference()
    moved_from: str = ""


@value
class CheckpointDifference:
    """A model against a file of weights; `hint` is a way to make more of the names fit."""

    file: str
    model: str
    matching: int
    state: StateDifference
    hint: str = ""


@value
class DiffReport:
    """The outcome of `diff`: what differs from `base` to `head`, in the order of files and source.

    `unchanged` counts the models that are the same, `untouched` the files that weren't looked at, since no change reaches them;
    `not_compared` says of each file that could not be read why, `too_large` which figures grew by more than is allowed.
    """

    base: str
    head: str
    models: tuple[ModelDifference, ...]
    unchanged: int
    untouched: int = 0
    not_compared: tuple[str, ...] = ()
    too_large: tuple[str, ...] = ()
    checkpoint: CheckpointDifference | None = None


class DiffReporter(Reporter):
    """An output format of `diff`."""

    name: ClassVar[str]

    def write(self, report: DiffReport, stream: TextIO, printing: Printing) -> None:
        """Prints the report."""
        raise NotImplementedError
