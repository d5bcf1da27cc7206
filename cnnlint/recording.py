"""What models cost, written down, so that a later rise is seen: a JSON file with an entry a model."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Mapping

from cnnlint.baseline import write_whole
from cnnlint.errors import CnnlintError
from cnnlint.graph import Model, Recorded, RecordedLayer, figures_of, layer_costs
from cnnlint.paths import display_path

VERSION = 1
RECORDED_KEYS = ("params", "trainable-params", "macs", "activation-memory", "layer-memory", "model-size")


def read_record(file: pathlib.Path, tolerance: int = 0) -> dict[str, Recorded]:
    """What each model cost, by `path::name` relative to the file's folder. Raises CnnlintError if the file can't be used."""
    shown = display_path(file)
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        if document["version"] != VERSION:
            raise CnnlintError(f"{shown}: the record is of version {document['version']}, not {VERSION}; run `cnnlint budget --write`")
        return {
            name: Recorded(
                {key: int(entry["figures"][key]) for key in RECORDED_KEYS if key in entry["figures"]},
                {layer: RecordedLayer(int(costs[0]), int(costs[1])) for layer, costs in entry["layers"].items()},
                tolerance,
                shown,
            )
            for name, entry in document["models"].items()
        }
    except OSError as error:
        raise CnnlintError(f"{shown}: the record can't be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise CnnlintError(f"{shown}: this is no record of costs; remove it, and run `cnnlint budget --write`") from None


def recorded_now(model: Model) -> Recorded:
    """What a model costs now; only what is an exact number."""
    figures = figures_of(model, RECORDED_KEYS)
    exact = {key: figure.amount for key, figure in figures.items() if figure.is_exact and isinstance(figure.amount, int)}
    return Recorded(exact, layer_costs(model), 0, "")


def write_record(file: pathlib.Path, models: Mapping[str, Recorded]) -> None:
    """Write what models cost, sorted by name, layers in order, a line each; whole or not at all."""
    entries = [f"{json.dumps(name)}: {_entry(recorded)}" for name, recorded in sorted(models.items())]
    body = ",\n    ".join(entries)
    text = f'{{\n  "version": {VERSION},\n  "models": {{{f"{chr(10)}    {body}{chr(10)}  " if entries else ""}}}\n}}\n'
    write_whole(file, text.encode())


def _entry(recorded: Recorded) -> str:
    figures = json.dumps(dict(recorded.figures))
    layers = [f"{json.dumps(name)}: [{layer.params}, {layer.macs}]" for name, layer in recorded.layers.items()]
    body = ",\n        ".join(layers)
    shown = f"{{\n        {body}\n      }}" if layers else "{}"
    return f'{{\n      "figures": {figures},\n      "layers": {shown}\n    }}'
