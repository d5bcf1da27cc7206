"""Models applied apart from all that was found: with symbols for sizes, and at sizes that are tried one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cnnlint.dims import Shape, Symbol, substitute
from cnnlint.graph import Sample
from cnnlint.interpreter import calls
from cnnlint.interpreter.demand import applied
from cnnlint.interpreter.machine import Machine, OutOfBudget, Raised
from cnnlint.interpreter.models import framework_of
from cnnlint.interpreter.runs import NotFollowed, Run, follows
from cnnlint.solver import SizeSet
from cnnlint.values import Instance, Tensor, Value

SAMPLED = (224, 32, 28, 299, 256, 64, 512, 96, 128, 160, 192, 320, 384)
"""The sizes that are tried where not all conditions are known, those first that people mostly use."""


def run_apart(
    machine: Machine, instance: Instance, inputs: Sequence[Value], named: Sequence[str], *, train: bool, must_follow: bool
) -> Run | None:
    """A run of a model that leaves no trace, in the findings or in the model; None where it gives none.

    The last inputs go to the keywords `named`. One that must be followed ends where a size is no formula of the input's any more.
    """
    framework = framework_of(machine, instance)
    if framework is None or framework.convention is None:
        return None
    with machine.recorder.apart():
        machine.recorder.must_follow = must_follow
        machine.store.open()
        depth = len(machine.store.journals)
        try:
            framework.convention.set_training(machine.door, instance, train)
            count = len(inputs) - len(named)
            calls.call(machine, applied(machine, instance), list(inputs[:count]), dict(zip(named, inputs[count:], strict=True)))
        except (Raised, NotFollowed):
            pass
        finally:
            machine.store.unwind(depth - 1)
        return next((run for run in machine.recorder.runs if run.instance is instance), None)


def at_sizes(inputs: Sequence[Value], sizes: Mapping[Symbol, int]) -> list[Value]:
    """The inputs with numbers for symbols."""
    return [resized(value, sizes) if isinstance(value, Tensor) else value for value in inputs]


def resized(tensor: Tensor, sizes: Mapping[Symbol, int]) -> Tensor:
    shape = Shape(tuple(substitute(size, sizes) for size in tensor.shape.dims), leading=tensor.shape.leading)
    return Tensor(shape, tensor.framework, tensor.kind, tensor.dtype, is_contiguous=True, device=tensor.device)


def samples(
    machine: Machine, instance: Instance, symbolic: Run, found: SizeSet, given: Mapping[Symbol, int], *, train: bool
) -> Iterator[Sample]:
    """Which of some sizes the model takes; those that it was called with are not tried again.

    What is not known of the sizes, the batch, is as `given`. Sizes whose run isn't followed to its end are left out.
    """
    known = {axis.symbol: given[axis.symbol] for axis in found.axes if axis.is_batch and axis.symbol in given}
    for size in SAMPLED:
        sizes = {axis.symbol: found.one(axis, size) for axis in found.spatial}
        if not found.accepts({axis.symbol: 1 for axis in found.axes} | known | sizes):
            continue
        try:
            run = run_apart(machine, instance, at_sizes(symbolic.inputs, known | sizes), symbolic.named, train=train, must_follow=False)
        except OutOfBudget:
            return
        if run is not None and (run.failure is not None or (not run.unknown and follows(run.output))):
            yield Sample(tuple(sizes.values()), run.failure is None)
