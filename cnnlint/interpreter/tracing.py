"""From the operations that a run recorded to the trace of the model graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import compress

from cnnlint.graph.trace import Step, Trace, TracedTensor
from cnnlint.interpreter.runs import CallRecord, Run
from cnnlint.interpreter.tensors import tensors_in
from cnnlint.values import Tensor

NOWHERE = -1


class _Numbering:
    """Numbers the tensors of a run; weights have none."""

    def __init__(self, run: Run, weights: Set[Tensor]) -> None:
        self.run = run
        self.weights = weights
        self.numbers: dict[Tensor, int] = {}
        self.tensors: list[TracedTensor] = []
        self.is_complete = True

    def add(self, tensor: Tensor) -> int:
        """The number of a tensor that appears for the first time."""
        number = self.numbers[tensor] = len(self.tensors)
        base = tensor.base
        while base is not None and base.base is not None:
            base = base.base
        storage = number
        if base in self.weights:
            storage = NOWHERE
        elif base is not None and base in self.numbers:
            storage = self.tensors[self.numbers[base]].storage
        self.is_complete = self.is_complete and not tensor.shape.leading
        self.tensors.append(TracedTensor(tensor.shape, tensor.dtype, storage, tensor.flow))
        return number

    def read(self, tensors: Iterable[Tensor]) -> tuple[int, ...]:
        """The numbers of what an operation read; what was there before the run and is no input of it costs the run nothing."""
        found: dict[int, None] = {}
        for tensor in tensors:
            number = self.numbers.get(tensor)
            if number is not None:
                found[number] = None
            elif tensor.born > self.run.born and tensor not in self.weights:
                self.is_complete = False
        return tuple(found)


def trace_of(run: Run, rows: Sequence[bool], weights: Set[Tensor]) -> Trace:
    """The data flow of a run; `rows` says which of its calls have a line in the summary, `weights` are the model's tensors."""
    numbering = _Numbering(run, weights)
    inputs = tuple(numbering.add(tensor) for value in run.inputs for tensor in tensors_in(value) if tensor is not None)
    places = _places(run.calls, rows)
    steps = []
    for record, operations in run.applied:
        call = None if record is None else places.get(id(record))
        for applied in operations:
            reads = numbering.read(applied.read)
            if len(applied.gave) == 1 and not applied.wrote and applied.gave[0] not in numbering.numbers and applied.gave[0] not in weights:
                steps.append(Step(call, reads, (numbering.add(applied.gave[0]),)))
                continue
            new = [tensor for tensor in applied.gave if tensor not in numbering.numbers and tensor not in weights]
            gives = tuple(numbering.numbers[tensor] for tensor in applied.gave if tensor in applied.read and tensor in numbering.numbers)
            writes = numbering.read(applied.wrote)
            if new or gives or writes:  # else it only hands on what one inside of it made
                steps.append(Step(call, reads, tuple(map(numbering.add, new)), writes, gives))
    given = [tensor for tensor in tensors_in(run.output) if tensor is not None]
    outputs = numbering.read(given)
    is_complete = numbering.is_complete and run.is_exact and run.raised is None and all(tensor in numbering.numbers for tensor in given)
    of_calls = tuple(
        tuple(numbering.numbers[tensor] for tensor in tensors_in(record.output) if tensor in numbering.numbers)
        for record in compress(run.calls, rows)
    )
    return Trace(tuple(numbering.tensors), tuple(steps), inputs, outputs, is_complete, of_calls)


def _places(calls: Sequence[CallRecord], rows: Sequence[bool]) -> dict[int, int]:
    """For each call, by identity, the line of the summary that it is or is inside of."""
    places: dict[int, int] = {}
    line, end = -1, 0
    for number, record in enumerate(calls):
        if rows[number]:
            line, end = line + 1, max(record.end, number + 1)
        if number < end:
            places[id(record)] = line
    return places
