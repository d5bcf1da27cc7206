"""For which input sizes a model runs: it is run once with symbols for the sizes, and what it requires of them is solved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from cnnlint.dims import Dim, Expression, Shape, Symbol, compare, symbol, symbols
from cnnlint.graph import InputSizes
from cnnlint.interpreter import calls
from cnnlint.interpreter.demand import AXES, is_spatial
from cnnlint.interpreter.machine import Machine, Raised
from cnnlint.interpreter.models import framework_of, is_leaf
from cnnlint.interpreter.runs import Run
from cnnlint.interpreter.tensors import tensors_in
from cnnlint.plugin.window import Window
from cnnlint.solver import Axis, Demand, solve
from cnnlint.values import Instance, Tensor, Unknown, Value

FEWEST, MOST = 3, 5
"""Numbers of axes that an input with spatial ones has."""


def input_sizes(machine: Machine, instance: Instance, run: Run | None, *, train: bool) -> InputSizes | None:
    """The sizes that a model takes in place of those it was called with; None where no size is open, or where it fails anyway."""
    if run is None:
        return None
    is_assumed = any(not axis.is_batch for axis in open_axes(run))
    if not is_assumed:
        again = symbolic_run(machine, instance, run, train=train)
        if again is None:
            return None
        given, run = run, again
        axes = open_axes(run, given.inputs)
    else:
        axes = open_axes(run)
    if run.raised is not None or not any(not axis.is_batch for axis in axes):
        return None
    known = {axis.symbol for axis in axes}
    demands = [demand for demand in run.demands if demand.symbols <= known]
    is_sampled = bool(run.lost) or len(demands) < len(run.demands) or not is_followed(machine, run)
    found = solve(list(dict.fromkeys(demands)), axes)
    chosen = found.chosen(list(lossless(run.windows)))
    examples = () if chosen is None else (chosen,)
    return InputSizes(found, found.text, found.least(), found.multiples(), examples, chosen, is_sampled, is_assumed)


def open_axes(run: Run, given: Sequence[Value] = ()) -> list[Axis]:
    """The batch and the spatial axes of the inputs that are symbols, each once, with the sizes that were given in their place."""
    found: dict[Symbol, Axis] = {}
    for tensor, called in zip_longest(run.inputs, given):
        if not isinstance(tensor, Tensor):
            continue
        sizes = called.shape.dims if isinstance(called, Tensor) else ()
        for size, stated in zip_longest(tensor.shape.dims, sizes):
            if isinstance(size, Expression) and size.symbol is not None and size.symbol.kind == "size":
                name = size.symbol.name
                if name != "batch" and not is_spatial(name):
                    continue
                number = stated if isinstance(stated, int) else None
                found.setdefault(size.symbol, Axis(size.symbol, name, name == "batch", number))
    return list(found.values())


def symbolic_run(machine: Machine, instance: Instance, run: Run, *, train: bool) -> Run | None:
    """The model run again, with symbols in place of the sizes that it was called with; without a trace in findings or in the model."""
    framework = framework_of(machine, instance)
    if framework is None or framework.convention is None:
        return None
    for inputs in symbolic_inputs(run.inputs):
        with machine.recorder.apart():
            machine.store.open()
            depth = len(machine.store.journals)
            try:
                framework.convention.set_training(machine.door, instance, train)
                calls.call(machine, instance, inputs, {})
            except Raised:
                pass
            finally:
                machine.store.unwind(depth - 1)
            found = next((each for each in machine.recorder.runs if each.instance is instance), None)
        if found is not None and found.raised is None:
            return found
    return None


def symbolic_inputs(given: Sequence[Value]) -> Iterator[list[Value]]:
    """The inputs with symbols for the batch and the spatial sizes, the same symbol for the same size on the same axis."""
    tensors = [value for value in given if isinstance(value, Tensor) and value.shape.rank is not None]
    lines = any(tensor.shape.rank == FEWEST for tensor in tensors)
    for is_last in (True, False) if lines else (True,):
        named: dict[tuple[str, Dim], Expression] = {}
        made = [opened(value, named, is_last) if isinstance(value, Tensor) else value for value in given]
        if named:
            yield made


def opened(tensor: Tensor, named: dict[tuple[str, Dim], Expression], is_last: bool) -> Tensor:
    """A tensor like one that was given, of any size: of one with three axes the last is the length, or the second."""
    shape = tensor.shape
    if shape.rank is None or not FEWEST <= shape.rank <= MOST:
        return tensor
    names = AXES[shape.rank]
    if shape.rank == FEWEST and not is_last:
        names = ("batch", "L", "features")
    dims: list[Dim] = []
    for name, size in zip(names, shape.dims, strict=True):
        if name != "batch" and not is_spatial(name):
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
                yield Demand(compare("<=", (i + before + after - k) % s, after))
