"""Compares the models of two sides: which are new, gone or other, and what of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from cnnlint.dims import Dim, Shape, differ, greater, symbols
from cnnlint.graph import LayerCall, Model, for_one, memory_of
from cnnlint.graph.input_sizes import InputSizes
from cnnlint.plugin.diff_report import (
    CheckpointDifference,
    Figure,
    LayerDifference,
    ModelDifference,
    Reshaped,
    StateDifference,
)

Figures = tuple[tuple[str, str], ...]

_LONGEST_FORMULA = 60


def compare_models(before: Sequence[Model], after: Sequence[Model]) -> tuple[tuple[ModelDifference, ...], int]:
    """The models that differ, the new side's in its order and then those that are gone; and how many are the same.

    Models are told apart by file and name. One that is left over on both sides under the same name in other files has moved.
    """
    old, new = _by_key(before), _by_key(after)
    moved = _moved(old, new)
    found: list[ModelDifference] = []
    unchanged = 0
    for key, model in new.items():
        earlier = old.get(moved.get(key, key))
        difference = _added(model) if earlier is None else _changed(earlier, model)
        if difference is None:
            unchanged += 1
        else:
            found.append(difference)
    gone = [key for key in old if key not in new and key not in moved.values()]
    return (*found, *(_removed(old[key]) for key in gone)), unchanged


def growth_beyond(differences: Sequence[ModelDifference], percent: Fraction) -> tuple[str, ...]:
    """Of each model that is proven to have grown by more than `percent` in parameters, MACs or activations at once, that it has."""
    found = []
    for each in differences:
        if each.before is None or each.after is None:
            continue
        are_comparable = _are_costs_comparable(each.before, each.after)
        has_macs = each.before.exact and are_comparable
        held, holds = (_exact_activations(model) if are_comparable else None for model in (each.before, each.after))
        for label, before, after in (
            ("parameters", each.before.params if each.before.params_exact else None, each.after.params),
            ("MACs", each.before.macs_all if has_macs else None, each.after.macs_all),
            ("activations", held, holds),
        ):
            # What was a lower bound before says nothing of growth; what is one now has grown at least so far.
            if before is None or after is None:
                continue
            if greater(after * 100 * percent.denominator, before * (100 * percent.denominator + percent.numerator)):
                figure = next(figure for figure in each.figures if figure.label == label)
                grown = "" if figure.growth is None else f" ({figure.growth:+.1f} %)"
                found.append(f"{each.path}::{each.name}: {label} grew from {figure.before} to {figure.after}{grown}")
    return tuple(found)


def compare_checkpoint(file: str, shapes: Mapping[str, tuple[int, ...]], model: Model) -> CheckpointDifference:
    """What keeps a file of weights from being loaded into a model."""
    saved = {name: Shape(shape) for name, shape in shapes.items()}
    held = {entry.name: entry.shape for entry in model.state}
    state = _state_difference(saved, held, is_old_complete=True, is_new_complete=model.params_exact)
    matching = sum(name in held for name in saved) - len(state.reshaped)
    return CheckpointDifference(file, model.target, matching, state, _prefix_hint(saved, held))


def figure_texts(model: Model, *, is_assumed: bool) -> Figures:
    """The figures of a model, each with its label; `is_assumed` if nobody states the input that they hold for."""
    if model.error is not None:
        place = model.error.place
        output = f"fails at {place.shown}:{place.span.line}"
    else:
        output = _shapes_text(model.outputs)
    return (
        ("parameters", _total(model.params, model.params_exact)),
        ("MACs", "?" if model.error is not None else _cost_text(model.macs_all, model.exact)),
        ("activations", _activations_text(model)),
        ("input", f"{_shapes_text(model.inputs)}, assumed" if is_assumed else _shapes_text(model.inputs)),
        ("output", output),
        ("input sizes", _sizes_text(model.input_sizes)),
    )


def _sizes_text(sizes: InputSizes | None) -> str:
    return "?" if sizes is None or not (sizes.is_complete or sizes.is_telling) else sizes.text


def _is_assumed(model: Model) -> bool:
    """Whether nobody states the size of the model's input, so that another stands for it."""
    return model.input_sizes is not None and bool(model.input_sizes.assumed)


def _at_shared_sizes(before: Model, after: Model) -> tuple[Model, Model]:
    """Both models at one size of their input that both take, where nobody states any; each at its own where there is none."""
    old, new = before.input_sizes, after.input_sizes
    for sizes in (new, old):
        if sizes is not None and sizes.assumed and all(other is None or other.takes(sizes.assumed) for other in (old, new)):
            return before.at(sizes.assumed), after.at(sizes.assumed)
    return _at_own_sizes(before), _at_own_sizes(after)


def _at_own_sizes(model: Model) -> Model:
    return model if model.input_sizes is None else model.at(model.input_sizes.assumed)


def _are_costs_comparable(before: Model, after: Model) -> bool:
    """Whether the MACs of both are for inputs that mean the same: stated ones, or of the same assumed size."""
    return before.inputs == after.inputs or not (_is_assumed(before) or _is_assumed(after))


def _by_key(models: Sequence[Model]) -> dict[tuple[str, str, int], Model]:
    """The models by file, name and ordinal among those of that name."""
    found: dict[tuple[str, str, int], Model] = {}
    for model in models:
        ordinal = 0
        while (model.place.path, model.name, ordinal) in found:
            ordinal += 1
        found[model.place.path, model.name, ordinal] = model
    return found


def _moved(
    old: Mapping[tuple[str, str, int], Model], new: Mapping[tuple[str, str, int], Model]
) -> dict[tuple[str, str, int], tuple[str, str, int]]:
    """The keys before of models that are in another file now, where just one model of the name is left over on each side."""
    gone = [key for key in old if key not in new]
    come = [key for key in new if key not in old]
    found = {}
    for key in come:
        same = [other for other in gone if other[1:] == key[1:]]
        if len(same) == 1 and sum(other[1:] == key[1:] for other in come) == 1:
            found[key] = same[0]
    return found


def _added(model: Model) -> ModelDifference:
    model = _at_own_sizes(model)
    figures = tuple(Figure(label, "", text) for label, text in figure_texts(model, is_assumed=_is_assumed(model)))
    return ModelDifference(model.name, model.place.path, "added", None, model, figures)


def _removed(model: Model) -> ModelDifference:
    model = _at_own_sizes(model)
    figures = tuple(Figure(label, text, "") for label, text in figure_texts(model, is_assumed=_is_assumed(model)))
    return ModelDifference(model.name, model.place.path, "removed", model, None, figures)


def _changed(before: Model, after: Model) -> ModelDifference | None:
    """How a model differs; None if in nothing."""
    before, after = _at_shared_sizes(before, after)
    has_macs = before.exact and after.exact and _are_costs_comparable(before, after)
    params = _growth(before.params, after.params) if before.params_exact and after.params_exact else None
    macs = _growth(before.macs_all, after.macs_all) if has_macs else None
    activations = _growth(_exact_activations(before), _exact_activations(after)) if has_macs else None
    growths = (params, macs, activations, None, None, None)
    is_assumed = _is_assumed(before) or _is_assumed(after)
    old, new = (figure_texts(model, is_assumed=is_assumed) for model in (before, after))
    texts = zip(old, new, growths, strict=True)
    figures = tuple(Figure(label, old, new, growth if old != new else None) for (label, old), (_, new), growth in texts)
    layers = tuple(_layer_differences(before, after))
    state = _state_difference(
        {entry.name: entry.shape for entry in before.state},
        {entry.name: entry.shape for entry in after.state},
        is_old_complete=before.params_exact,
        is_new_complete=after.params_exact,
    )
    moved_from = before.place.path if before.place.path != after.place.path else ""
    if not (any(figure.differs for figure in figures) or layers or state.breaks or moved_from):
        return None
    return ModelDifference(after.name, after.place.path, "changed", before, after, figures, layers, state, moved_from)


def _growth(before: Dim | None, after: Dim | None) -> float | None:
    if isinstance(before, int) and isinstance(after, int) and before:
        return (after - before) * 100 / before
    return None


def _layer_differences(before: Model, after: Model) -> list[LayerDifference]:
    is_applied = before.error is None and after.error is None  # what isn't reached after a failure is no change of its layer
    old, new = _layers(before, with_calls=is_applied), _layers(after, with_calls=is_applied)
    found = []
    for name in (*new, *(name for name in old if name not in new)):
        if name not in old:
            found.append(LayerDifference(name, "added", (), new[name]))
        elif name not in new:
            found.append(LayerDifference(name, "removed", old[name], ()))
        elif old[name] != new[name]:
            found.append(LayerDifference(name, "changed", old[name], new[name]))
    return found


def _layers(model: Model, *, with_calls: bool) -> dict[str, Figures]:
    """The figures of each leaf layer, with those of its first call where it is called."""
    calls: dict[str, LayerCall] = {}
    for call in model.calls if with_calls else ():
        calls.setdefault(call.layer.name, call)
    found = {}
    for layer in model.layers:
        if layer.is_leaf:
            figures = [("type", layer.type.rpartition(".")[2]), ("params", "?" if layer.params is None else _total(layer.params, True))]
            call_of = calls.get(layer.name)
            if call_of is not None:
                figures += [("input", _shapes_text(call_of.inputs)), ("output", _shapes_text(call_of.outputs))]
                figures += [] if call_of.macs is None else [("MACs", _cost_text(call_of.macs, True))]
            found[layer.name] = tuple(figures)
    return found


def _state_difference(
    old: Mapping[str, Shape], new: Mapping[str, Shape], *, is_old_complete: bool, is_new_complete: bool
) -> StateDifference:
    """What keeps the old state from being loaded into the new one; only what is proven."""
    missing = tuple(name for name in new if name not in old) if is_old_complete else ()
    unexpected = tuple(name for name in old if name not in new) if is_new_complete else ()
    reshaped = tuple(
        Reshaped(name, _shape_text(old[name]), _shape_text(shape))
        for name, shape in new.items()
        if name in old and _differ(old[name], shape)
    )
    return StateDifference(missing, unexpected, reshaped, is_old_complete and is_new_complete)


def _differ(one: Shape, other: Shape) -> bool:
    if one.leading or other.leading:
        return False
    return len(one) != len(other) or any(differ(a, b) for a, b in zip(one, other, strict=True))


def _prefix_hint(saved: Mapping[str, Shape], held: Mapping[str, Shape]) -> str:
    """A prefix that the names of one side have throughout and the other's lack, if without it more names fit."""
    fitting = sum(name in held for name in saved)
    for names, others, side in ((saved, held, "the file"), (held, saved, "the model")):
        first = next(iter(names), "")
        parts = first.split(".")
        for end in range(1, len(parts)):
            prefix = ".".join(parts[:end]) + "."
            without = sum(name.removeprefix(prefix) in others for name in names if name.startswith(prefix))
            if without > fitting:
                return f"{without} names fit without the prefix `{prefix}` of {side}"
    return ""


def _total(count: Dim, is_exact: bool) -> str:
    text = f"{count:,}" if isinstance(count, int) else str(count)
    return text if is_exact else f">= {text}"


def _cost_text(count: Dim, is_exact: bool) -> str:
    """A cost; of a formula that is too long to read, or holds what isn't known, only what it depends on."""
    if isinstance(count, int) or len(str(count)) <= _LONGEST_FORMULA:
        return _total(count, is_exact)
    names = dict.fromkeys("?" if symbol.kind == "unknown" else symbol.name for symbol in symbols(count))
    return f"a formula of {', '.join(sorted(names, key=lambda name: (name == '?', name)))}"


def _activations_text(model: Model) -> str:
    """The bytes of activations that are held at once, for one example in float32."""
    memory = memory_of(model)
    if model.error is not None or memory.peak is None or memory.total == 0:
        return "?"
    return f"{_cost_text(for_one(memory.peak), memory.is_exact)} bytes"


def _exact_activations(model: Model) -> Dim | None:
    memory = memory_of(model)
    return for_one(memory.peak) if memory.is_exact and memory.peak is not None else None


def _shapes_text(shapes: Sequence[Shape | None]) -> str:
    return ", ".join("?" if shape is None else _shape_text(shape) for shape in shapes) or "?"


def _shape_text(shape: Shape) -> str:
    """The shape, with `?` for each size that depends on what is not known: those are numbered anew on each side."""
    sizes = ["..."] if shape.leading else []
    sizes += [
        "?" if not isinstance(size, int) and any(symbol.kind == "unknown" for symbol in symbols(size)) else str(size) for size in shape.dims
    ]
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"
