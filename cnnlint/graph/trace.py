"""What operations of a run read and made, in order of time: what memory and receptive fields are computed from."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cnnlint.dims import Dim, Shape
from cnnlint.flows import Flow, flow_with_sizes
from cnnlint.record import value


class TracedTensor(NamedTuple):  # a tuple costs a tenth of a record to make, and a model has thousands
    """A tensor of a run. `storage` is the number of the tensor that its memory was made for: its own, or that of which it is a view.

    `dtype` is None where it is not known. `flow` says how its elements come from those that the step read which made it.
    """

    shape: Shape
    dtype: str | None
    storage: int
    flow: Flow | None = None


class Step(NamedTuple):
    """One operation: the numbers of the tensors that it read and made. `call` is the line of the summary that it belongs to, if any.

    What it makes may lie in the memory of what it read. `writes` are those that it overwrote, `gives` those that it gave back as they are.
    Weights are no tensors of a run, unless they are computed in it.
    """

    call: int | None
    reads: tuple[int, ...]
    makes: tuple[int, ...]
    writes: tuple[int, ...] = ()
    gives: tuple[int, ...] = ()


@value
class Trace:
    """The data flow of a run. `inputs` and `outputs` are numbers of `tensors`, `given` those that each line of the summary gives.

    Where it isn't `is_complete` something was made that no operation accounts for, or a shape is not known.
    """

    tensors: tuple[TracedTensor, ...]
    steps: tuple[Step, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    is_complete: bool
    given: tuple[tuple[int, ...], ...] = ()

    def with_sizes(self, size: Callable[[Dim], Dim]) -> Trace:
        """The trace with each size of a shape or a window replaced by what `size` makes of it."""
        tensors = tuple(
            TracedTensor(
                Shape(tuple(map(size, tensor.shape.dims)), tensor.shape.leading),
                tensor.dtype,
                tensor.storage,
                None if tensor.flow is None else flow_with_sizes(tensor.flow, size),
            )
            for tensor in self.tensors
        )
        return Trace(tensors, self.steps, self.inputs, self.outputs, self.is_complete, self.given)
