"""For which input sizes a model runs: it is run once with symbols for the sizes, and what it requires of them is solved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from cnnlint.dims import Dim, Expression, Shape, Symbol, compare, symbol, symbols
from cnnlint.formulas import window_remainder
from cnnlint.graph import InputSizes
from cnnlint.interpreter import calls
from cnnlint.interpreter.demand import applied, axes_of, is_spatial
from cnnlint.interpreter.machine import Machine, Raised
from cnnlint.interpreter.models import framework_of, is_leaf
from cnnlint.interpreter.runs import Run
from cnnlint.interpreter.tensors import tensors_in
from cnnlint.plugin.framework import Framework
from cnnlint.plugin.window import Window
from cnnlint.solver import Axis, Demand, SizeSet, solve
from cnnlint.values import Instance, Tensor, Unknown, Value

FEWEST, MOST = 3, 5
"""Numbers of axes that an input with spatial ones has."""


def input_sizes(machine: Machine, instance: Instance, run: Run | None, *, train: bool) -> InputSizes | None:
    """The sizes that a model takes in place of those it was called with; None where no size is open, or where it fails anyway."""
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
    found = solve(list(dict.fromkeys(demands)), axes)
    return InputSizes(found, found.chosen(list(lossless(symbolic.windows))), called_sizes(run, found, given), is_complete, is_assumed)


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
    """The model run again, with symbols in place of the sizes that it was called with, and these; None where it doesn't run so.

    It leaves no trace, in the findings or in the model.
    """
    framework = framework_of(machine, instance)
    if framework is None or framework.convention is None:
        return None, {}
    for inputs, given in symbolic_inputs(framework, run.inputs):
        with machine.recorder.apart():
            machine.store.open()
            depth = len(machine.store.journals)
            try:
                framework.convention.set_training(machine.door, instance, train)
                count = len(inputs) - len(run.named)
                calls.call(machine, applied(machine, instance), inputs[:count], dict(zip(run.named, inputs[count:], strict=True)))
            except Raised:
                pass
            finally:
                machine.store.unwind(depth - 1)
            found = next((each for each in machine.recorder.runs if each.instance is instance), None)
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
    outputs = [record.output for record in run.calls if is_leaf(framework, record.instance)]
    return not isinstance(run.output, Unknown) and all(
        tensor is not None and is_formula(tensor.shape) for output in (*outputs, run.output) for tensor in tensors_in(output)
    )


def is_formula(shape: Shape) -> bool:
    return not shape.leading and not any(
        found.kind == "unknown" for size in shape if isinstance(size, Expression) for found in symbols(size)
    )


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
