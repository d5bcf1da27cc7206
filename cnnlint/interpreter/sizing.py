"""For which input sizes a model runs: it is run once with symbols for the sizes, and what it requires of them is solved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from cnnlint.dims import Dim, Expression, Shape, Symbol, compare, symbol
from cnnlint.failures import OperationFails
from cnnlint.formulas import window_remainder
from cnnlint.graph import InputSizes, Place, Sample
from cnnlint.interpreter.counts import is_spatial
from cnnlint.interpreter.demand import axes_of
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.models import framework_of, is_leaf
from cnnlint.interpreter.runs import Run, follows
from cnnlint.interpreter.sampling import run_apart, samples
from cnnlint.interpreter.size_faults import explain_failure, remark_on_restrictions, report_emptiness
from cnnlint.plugin.framework import Framework
from cnnlint.plugin.window import Window
from cnnlint.solver import Axis, Demand, SizeSet, solve
from cnnlint.values import Instance, Tensor, Value

FEWEST, MOST = 3, 5
"""Numbers of axes that an input with spatial ones has."""


def input_sizes(
    machine: Machine, instance: Instance, run: Run | None, place: Place, *, train: bool, with_samples: bool
) -> InputSizes | None:
    """The sizes that a model takes in place of those it was called with; None where no size is open, or where it fails anyway.

    Where not all conditions are known, `with_samples` tries some sizes. What follows from the set is reported, of the model at `place`.
    """
    if run is None:
        return None
    is_assumed = any(not axis.is_batch for axis in open_axes(run.inputs))
    symbolic, given = (run, {}) if is_assumed else symbolic_run(machine, instance, run, train=train)
    if symbolic is None:
        return None
    axes = open_axes(symbolic.inputs, given)
    if symbolic.failure is not None or all(axis.is_batch for axis in axes):
        return None
    known = {axis.symbol for axis in axes}
    demands = [demand for demand in symbolic.demands if demand.symbols <= known]
    is_complete = not symbolic.lost and len(demands) == len(symbolic.demands) and is_followed(machine, symbolic)
    found = solve(list(dict.fromkeys(demands)), axes, with_pairs=is_complete)
    called = called_sizes(run, found, given)
    if called is not None and not found.accepts({axis.symbol: 1 for axis in axes} | given):
        found, is_complete = solve([], axes), False
    chosen = found.chosen(list(lossless(symbolic.windows)))
    tried: tuple[Sample, ...] = ()
    if with_samples and not is_complete:
        tried = tuple(samples(machine, instance, symbolic, found, given, train=train))
        if any(decided_by_elements(demand) for demand in symbolic.demands):  # a run without a failure proves nothing
            tried = tuple(sample for sample in tried if not sample.runs)
        chosen = next((sample.sizes for sample in tried if sample.runs), None)
    if is_complete:
        explain_failure(machine, run, found, given, place)
        report_emptiness(machine, symbolic, found)
        if run.failure is None:
            remark_on_restrictions(machine, symbolic, found)
    return InputSizes(found, chosen, called, is_complete, is_assumed, tried)


def decided_by_elements(demand: Demand) -> bool:
    """Whether the elements of a tensor, which aren't known, decide if a demand is met."""
    return (
        isinstance(demand.cause, OperationFails) and demand.cause.is_of_elements and any(each.kind == "unknown" for each in demand.symbols)
    )


def called_sizes(run: Run, found: SizeSet, given: Mapping[Symbol, int]) -> tuple[int, ...] | None:
    """The sizes with which the model was called, if they are known and it ran."""
    sizes = tuple(given[axis.symbol] for axis in found.spatial if axis.symbol in given)
    return sizes if run.failure is None and len(sizes) == len(found.spatial) else None


def open_axes(inputs: Sequence[Value], given: Mapping[Symbol, int] = MappingProxyType({})) -> list[Axis]:
    """The batch and the spatial axes of inputs that are symbols, each once; a depth stands for itself where it was given."""
    found: dict[Symbol, Axis] = {}
    for tensor in inputs:
        for size in tensor.shape.dims if isinstance(tensor, Tensor) else ():
            if not isinstance(size, Expression) or size.symbol is None or size.symbol.kind != "size":
                continue
            name = size.symbol.name
            if name == "batch":
                found.setdefault(size.symbol, Axis(size.symbol, name, is_batch=True, stand_in=1))
            elif is_spatial(name):
                found.setdefault(size.symbol, Axis(size.symbol, name, stand_in=given.get(size.symbol) if name == "D" else None))
    return list(found.values())


def symbolic_run(machine: Machine, instance: Instance, run: Run, *, train: bool) -> tuple[Run | None, dict[Symbol, int]]:
    """The model run again, with symbols in place of the sizes that it was called with, and these; None where it doesn't run so."""
    framework = framework_of(machine, instance)
    for inputs, given in symbolic_inputs(framework, run.inputs) if framework is not None else ():
        found = run_apart(machine, instance, inputs, run.named, train=train, must_follow=True)
        if found is not None and found.failure is None:
            return found, given
    return None, {}


def symbolic_inputs(framework: Framework, called: Sequence[Value]) -> Iterator[tuple[list[Value], dict[Symbol, int]]]:
    """The inputs with symbols for the batch and the spatial sizes, and the sizes that these stand for.

    The same size on the same axis is the same symbol. Of three axes the last is the length, and if that doesn't run the second.
    """
    tensors = [value for value in called if isinstance(value, Tensor) and value.shape.rank is not None]
    lines = any(tensor.shape.rank == FEWEST for tensor in tensors)
    for is_last in (True, False) if lines else (True,):
        named: dict[tuple[str, Dim], Expression] = {}
        made = [opened(framework, value, named, is_last) if isinstance(value, Tensor) else value for value in called]
        if named:
            yield made, {dim.symbol: size for (_, size), dim in named.items() if dim.symbol is not None and isinstance(size, int)}


def opened(framework: Framework, tensor: Tensor, named: dict[tuple[str, Dim], Expression], is_last: bool) -> Tensor:
    """A tensor like one that was given, of any size; each symbol is entered in `named` by its axis and the size that it stands for."""
    shape = tensor.shape
    if shape.rank is None or not FEWEST <= shape.rank <= MOST:
        return tensor
    names = axes_of(framework, shape.rank)
    if shape.rank == FEWEST and not is_last:
        names = ("batch", "L", "features")
    dims: list[Dim] = []
    for name, size in zip(names, shape.dims, strict=True):
        if not isinstance(name, str) or not (name == "batch" or is_spatial(name)):
            dims.append(size)
            continue
        if (name, size) not in named:
            others = sum(1 for other, _ in named if other == name)
            named[name, size] = symbol(name if not others else f"{name}{others + 1}")
        dims.append(named[name, size])
    return Tensor(Shape(tuple(dims)), tensor.framework, tensor.kind, tensor.dtype, is_contiguous=True, device=tensor.device)


def is_followed(machine: Machine, run: Run) -> bool:
    """Whether every layer call's shapes, and the output's, are formulas of the input's sizes."""
    framework = framework_of(machine, run.instance)
    assert framework is not None
    return follows(run.output) and all(follows(record.output) for record in run.calls if is_leaf(framework, record.instance))


def lossless(windows: Sequence[Window]) -> Iterator[Demand]:
    """That no window leaves over rows or columns of its input, but only padding."""
    for window in windows:
        if not window.rounds:
            continue
        sizes = zip(window.input, window.kernel, window.stride, window.padding_before, window.padding_after, window.dilation, strict=True)
        for i, k, s, before, after, d in sizes:
            covers = isinstance(k, int) and isinstance(s, int) and (k > s or (window.has_weights and k == s))
            if covers and d == 1 and isinstance(i, Expression):
                yield Demand(compare("<=", window_remainder(i, k, s, before, after), after))
