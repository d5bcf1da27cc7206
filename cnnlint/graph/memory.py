"""How many bytes a model needs for its weights and, while it runs, for what its layers make.

Counted is every tensor that an operation of the run allocates, in the order in which the operations run: not a view of another one, nor
what is written into another one's memory. A tensor is live from the operation that makes it, through the last that reads it or a view of
it; the inputs of the model are from the start, its outputs to the end. What an operation needs only while it works (padded copies,
columns of a convolution by matrices) is not counted, nor is what training keeps.
Source: Pisarchyk & Lee, Efficient memory management for deep neural net inference, arXiv:2001.03288.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cnnlint.dims import Dim, Expression, Symbol, at_least, maximum, substitute, symbol, symbols
from cnnlint.dtypes import DTYPE_BYTES, OPEN, USUAL
from cnnlint.graph.model import Model
from cnnlint.graph.trace import Trace

MOST_CANDIDATES = 32
_BATCH = symbol("batch")


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes that a model needs. Each is a lower bound unless `is_exact`; sizes may be formulas of the input's.

    `peak` is the most that is live at once, during the line `peak_call` of the summary (None: outside of all layers); None where
    several moments may be the fullest, depending on open sizes. `total` is all that is ever made. `calls` are, for each line of the
    summary, what it makes; `working_sets` what it reads, makes and weighs, of which `layer` is the largest, that of line `layer_call`.
    """

    weights: Dim
    weights_exact: bool
    peak: Dim | None
    peak_call: int | None
    total: Dim
    layer: Dim | None
    layer_call: int | None
    calls: tuple[Dim, ...]
    working_sets: tuple[Dim | None, ...]
    is_exact: bool


def memory_of(model: Model, weights: str = USUAL, activations: str = USUAL) -> Memory:
    """The bytes of a model with floating-point weights and activations of these dtypes."""
    weight_bytes = bytes_of_weights(model, weights)
    trace = model.trace
    if trace is None:
        return Memory(weight_bytes, model.params_exact, None, None, 0, None, None, (), (), is_exact=False)
    own = _own_batch(trace)
    counts = [tensor.shape.numel for tensor in trace.tensors]
    if own is not None:
        counts = [substitute(count, {own: _BATCH}) for count in counts]
    sizes = [_bytes(count, tensor.dtype, activations) for count, tensor in zip(counts, trace.tensors, strict=True)]
    is_exact = trace.is_complete and model.error is None and not any(map(_is_unknown, sizes))
    sizes = [0 if _is_unknown(size) else size for size in sizes]
    live, peak_call = _largest(_live(trace, sizes))
    calls, sets = _by_call(model, trace, sizes, weights)
    layer, layer_call = _largest([(size, number) for number, size in enumerate(sets) if size is not None])
    owned = [sizes[number] for step in trace.steps for number in step.makes if trace.tensors[number].storage == number]
    return Memory(
        weight_bytes, model.params_exact, live, peak_call, _sum(owned), layer, layer_call, tuple(calls), tuple(sets), is_exact=is_exact
    )


def _own_batch(trace: Trace) -> Symbol | None:
    """The symbol of another name that a framework has for an open batch: the first axis of the inputs."""
    first = {tensor.dims[0] for tensor in (trace.tensors[number].shape for number in trace.inputs) if tensor.dims}
    size = first.pop() if len(first) == 1 else None
    return size.symbol if isinstance(size, Expression) and size.symbol is not None and size.symbol.kind == "open" else None


def bytes_of_weights(model: Model, weights: str = USUAL) -> Dim:
    """The bytes of all parameters and buffers; those of integers are held as what they are."""
    return _sum(_bytes(count, dtype, weights) for dtype, count in model.weight_elements)


def for_one(size: Dim) -> Dim:
    """Bytes for one example, where the batch is open."""
    return substitute(size, {_BATCH: 1})


def _bytes(count: Dim, dtype: str | None, asked: str) -> Dim:
    return count * (DTYPE_BYTES[asked] if dtype in OPEN else DTYPE_BYTES.get(dtype or "", DTYPE_BYTES[asked]))


def _is_unknown(size: Dim) -> bool:
    return isinstance(size, Expression) and any(each.kind == "unknown" for each in symbols(size))


def _sum(sizes: Iterable[Dim]) -> Dim:
    total: Dim = 0
    for size in sizes:
        total = total + size
    return total


def _live(trace: Trace, sizes: Sequence[Dim]) -> list[tuple[Dim, int | None]]:
    """The bytes that are live at each step, with its line of the summary."""
    tensors = trace.tensors
    last: dict[int, int] = {}  # the last step that needs each storage
    for number, step in enumerate(trace.steps):
        for tensor in (*step.reads, *step.makes):
            last[tensors[tensor].storage] = number
    for tensor in trace.outputs:
        last[tensors[tensor].storage] = len(trace.steps)
    freed: dict[int, list[int]] = defaultdict(list)
    for storage, number in last.items():
        freed[number].append(storage)
    held = {number for number in trace.inputs if tensors[number].storage == number}
    live: Dim = _sum(sizes[number] for number in held)
    found: list[tuple[Dim, int | None]] = [(live, None)]
    unread = held.difference(last)
    held -= unread
    live = live - _sum(sizes[number] for number in unread)
    for number, step in enumerate(trace.steps):
        new = [tensor for tensor in step.makes if tensors[tensor].storage == tensor]
        if new:
            held.update(new)
            live = live + _sum(sizes[tensor] for tensor in new)
            found.append((live, step.call))
        gone = [storage for storage in freed.get(number, ()) if storage in held]
        held.difference_update(gone)
        live = live - _sum(sizes[storage] for storage in gone)
    return found


def _largest(candidates: Sequence[tuple[Dim, int | None]]) -> tuple[Dim | None, int | None]:
    """The largest size, and the first line at which it is reached; a formula where open sizes decide, None where too many may be it."""
    distinct: dict[Dim, int | None] = {}
    for size, line in candidates:
        distinct.setdefault(size, line)
    numbers = [size for size in distinct if isinstance(size, int)]
    formulas = [size for size in distinct if isinstance(size, Expression)]
    if len(formulas) > MOST_CANDIDATES:
        formulas = _by_batch(formulas)
    if len(formulas) > MOST_CANDIDATES:
        return None, None
    best: list[Dim] = [max(numbers)] if numbers else []
    for size in formulas:
        if not any(at_least(other, size) for other in best):
            best = [other for other in best if not at_least(size, other)] + [size]
    if not best:
        return None, None
    found = best[0]
    for size in best[1:]:
        found = maximum(found, size)
    return found, distinct[best[0]] if len(best) == 1 else None


def _by_batch(formulas: Sequence[Expression]) -> list[Expression]:
    """Of sizes that are a number for each example and one besides, those that are not the largest for any batch are left out."""
    lines: dict[Expression, tuple[int, int]] = {}
    for size in formulas:
        if set(symbols(size)) != {_BATCH.symbol}:
            return list(formulas)
        none, one, two = (substitute(size, {_BATCH: count}) for count in (0, 1, 2))
        if not (isinstance(none, int) and isinstance(one, int) and two == 2 * one - none):
            return list(formulas)
        lines[size] = none, one - none
    return [
        size
        for size, (base, slope) in lines.items()
        if not any(other is not size and base <= more and slope <= steeper for other, (more, steeper) in lines.items())
    ]


def _by_call(model: Model, trace: Trace, sizes: Sequence[Dim], weights: str) -> tuple[list[Dim], list[Dim | None]]:
    """For each line of the summary what it makes, and its working set."""
    made: list[list[int]] = [[] for _ in model.calls]
    read: list[dict[int, None]] = [{} for _ in model.calls]
    for step in trace.steps:
        if step.call is None:
            continue
        for tensor in step.reads:
            storage = trace.tensors[tensor].storage
            if storage >= 0 and storage not in made[step.call]:
                read[step.call][storage] = None
        made[step.call] += (tensor for tensor in step.makes if trace.tensors[tensor].storage == tensor)
    calls = [_sum(sizes[tensor] for tensor in own) for own in made]
    sets: list[Dim | None] = []
    for call, own, before in zip(model.calls, calls, read, strict=True):
        params = call.layer.params
        sets.append(None if params is None else own + _sum(sizes[tensor] for tensor in before) + _bytes(params, None, weights))
    return calls, sets
