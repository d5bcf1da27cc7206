"""A difference in words, for the formats that people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.record import value
from cnnlint.reporters._totals import counted

if TYPE_CHECKING:
    from cnnlint.plugin.diff_report import (
        CheckpointDifference,
        DiffReport,
        Figure,
        LayerDifference,
        ModelDifference,
        StateDifference,
        Status,
    )

_MOST_KEYS = 4
_MOST_LAYERS = 3
_MOST_ROWS = 20


@value
class LayerRow:
    """Layers of one model that differ in the same: their names and what it is, as text."""

    status: Status
    names: str
    what: str


def title(report: DiffReport) -> str:
    """How many models differ between the two sides."""
    counts = [(sum(each.status == status for each in report.models), status) for status in ("added", "removed", "changed")]
    parts = [f"{number} {status}" for number, status in counts if number]
    parts.append(f"{report.unchanged} unchanged")
    if report.untouched:
        parts.append(f"{counted(report.untouched, 'file')} untouched")
    return f"{report.base} -> {report.head}: {', '.join(parts)}"


def model_title(model: ModelDifference) -> str:
    """`changed net.py::Net (in old.py before)`."""
    moved = f" (in {model.moved_from} before)" if model.moved_from else ""
    return f"{model.status} {model.path}::{model.name}{moved}"


def figure_change(figure: Figure) -> str:
    """Both values, or the one that there is."""
    if not figure.before or not figure.after or not figure.differs:
        return figure.after or figure.before
    growth = "" if figure.growth is None else f" ({figure.growth:+.1f} %)"
    return f"{figure.before} -> {figure.after}{growth}"


def layer_rows(model: ModelDifference) -> list[LayerRow]:
    """A row for all layers of which the same differs, in the order of the first; the last says how many more there are."""
    names: dict[tuple[Status, str], list[str]] = {}
    for layer in model.layers:
        names.setdefault((layer.status, layer_change(layer)), []).append(layer.name)
    rows = [LayerRow(status, _names(group, _MOST_LAYERS), what) for (status, what), group in names.items()]
    rest = sum(len(group) for group in list(names.values())[_MOST_ROWS:])
    more = [LayerRow("changed", f"and {counted(rest, 'layer')} more", "--output-format json lists them all")] if rest else []
    return [*rows[:_MOST_ROWS], *more]


def layer_change(layer: LayerDifference) -> str:
    """What of a layer differs, its input only where nothing else does; of one that is new or gone, what it is."""
    before, after = dict(layer.before), dict(layer.after)
    if layer.status != "changed":
        return ", ".join(_named(label, text) for label, text in (layer.after or layer.before))
    labels = [label for label in {**before, **after} if before.get(label) != after.get(label)]
    shown = [label for label in labels if label != "input"] or labels
    return ", ".join(_named(label, f"{before.get(label, 'none')} -> {after.get(label, 'none')}") for label in shown)


def state_lines(state: StateDifference, saved: str, holder: str) -> Iterator[str]:
    """Why saved weights don't load, a line a reason; `saved` and `holder` name what was saved and what it is loaded into."""
    if state.missing:
        yield f"{counted(len(state.missing), 'key')} of {holder} not in {saved}: {_names(state.missing)}"
    if state.unexpected:
        yield f"{counted(len(state.unexpected), 'key')} of {saved} not in {holder}: {_names(state.unexpected)}"
    if state.reshaped:
        shown = [f"{each.name} {each.before} -> {each.after}" for each in state.reshaped]
        yield f"{counted(len(state.reshaped), 'key')} of another shape: {_names(shown)}"
    if state.breaks and not state.is_complete:
        yield "a model is not fully known, so there may be more"


def checkpoint_lines(checkpoint: CheckpointDifference) -> Iterator[str]:
    """Whether a file of weights loads into a model, and why not."""
    state = checkpoint.state
    if not state.breaks:
        known = "" if state.is_complete else ", as far as the model is known"
        yield f"loads into {checkpoint.model}: all {counted(checkpoint.matching, 'tensor')} fit{known}"
        return
    yield f"does not load into {checkpoint.model}: {counted(checkpoint.matching, 'tensor')} fit"
    yield from state_lines(state, "the file", "the model")
    if checkpoint.hint:
        yield checkpoint.hint


def _named(label: str, text: str) -> str:
    return text if label == "type" else f"{label} {text}"


def _names(names: Sequence[str], most: int = _MOST_KEYS) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + f" and {rest:,} more" if rest > 1 else ", ".join(names)
