"""What a model costs, by the keys of budgets."""

from __future__ import annotations

from collections.abc import Iterable

from cnnlint.budgets import BUDGET_UNITS
from cnnlint.dims import Dim
from cnnlint.dtypes import USUAL
from cnnlint.graph.budget import Budget, RecordedLayer
from cnnlint.graph.memory import Memory, bytes_of_weights, for_one, memory_of
from cnnlint.graph.model import Layer, Model
from cnnlint.record import value

_OF_MEMORY = ("activation-memory", "layer-memory")


@value
class Figure:
    """A cost, for one example where the batch is open: a lower bound unless `is_exact`, None where nothing is known.

    `layer` is the name of the layer in which it arises, where it is one's.
    """

    amount: Dim | None
    is_exact: bool
    layer: str | None = None


def figures_of(model: Model, keys: Iterable[str] = BUDGET_UNITS) -> dict[str, Figure]:
    """The costs of a model, bytes in the dtypes of its budget; shares are in hundredths of a percent, rounded up."""
    wanted, budget = list(keys), model.budget or Budget()
    memory = memory_of(model, budget.weights or USUAL, budget.activations or USUAL) if any(key in _OF_MEMORY for key in wanted) else None
    return {key: _figure(model, budget, key, memory) for key in wanted}


def largest_layer(model: Model) -> Layer | None:
    """The layer with the most parameters of its own; None where those of some are not known."""
    largest: Layer | None = None
    most = 0
    for layer in model.layers:
        if not isinstance(layer.params, int):
            return None
        if layer.params > most:
            largest, most = layer, layer.params
    return largest


def layer_costs(model: Model) -> dict[str, RecordedLayer]:
    """The parameters and MACs of each layer that has some, by name; what is not a known number counts 0."""
    macs: dict[str, int] = {}
    for call in model.calls:
        macs[call.layer.name] = macs.get(call.layer.name, 0) + (call.macs if isinstance(call.macs, int) else 0)
    found: dict[str, RecordedLayer] = {}
    for layer in (*model.layers, *(call.layer for call in model.calls)):
        params = layer.params if isinstance(layer.params, int) else 0
        if params or macs.get(layer.name):
            found.setdefault(layer.name, RecordedLayer(params, macs.get(layer.name, 0)))
    return found


def _figure(model: Model, budget: Budget, key: str, memory: Memory | None) -> Figure:
    match key:
        case "params":
            return Figure(model.params, model.params_exact)
        case "trainable-params":
            return Figure(model.trainable_params, model.params_exact)
        case "macs":
            return Figure(model.macs_all, model.exact)
        case "model-size":
            return Figure(bytes_of_weights(model, budget.weights or USUAL), model.params_exact)
        case "layer-share":
            return _share(model)
    assert memory is not None
    size, call = (memory.peak, memory.peak_call) if key == "activation-memory" else (memory.layer, memory.layer_call)
    layer = None if call is None else model.calls[call].layer.name
    return Figure(None if size is None else for_one(size), memory.is_exact, layer)


def _share(model: Model) -> Figure:
    """The share of the largest layer; nothing is known of it while parameters may be missing."""
    layer = largest_layer(model)
    if layer is None or not model.params_exact or not isinstance(model.params, int) or not isinstance(layer.params, int):
        return Figure(None, is_exact=False)
    return Figure(-(-layer.params * 10_000 // model.params), is_exact=True, layer=layer.name)
