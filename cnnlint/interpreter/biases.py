"""Whether nothing but a normalisation reads what a layer with a bias gives, so that the bias changes nothing that is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnlint.graph import Occurrence
from cnnlint.interpreter.machine import Site
from cnnlint.interpreter.placing import declaration_of
from cnnlint.interpreter.syntax import nodes_below
from cnnlint.interpreter.tensors import tensors_in
from cnnlint.oddities import BiasBeforeNorm
from cnnlint.source import ir
from cnnlint.values import Tensor

if TYPE_CHECKING:
    from cnnlint.interpreter.recorder import Recorder
    from cnnlint.interpreter.runs import CallRecord, Run


def judge_biases(recorder: Recorder) -> None:
    """Say of each bias before a normalisation whether nothing else reads it, in any run of any layer that is built at its place."""
    for occurrence in recorder.oddities.values():
        failure = occurrence.failure
        if isinstance(failure, BiasBeforeNorm) and failure.norm:
            failure.is_sole_reader = is_settled(failure.site) and read_by_norms_alone(recorder, occurrence)


def read_by_norms_alone(recorder: Recorder, occurrence: Occurrence) -> bool:
    call = occurrence.written.call if occurrence.written is not None else None
    outputs = [
        (run, record.output)
        for run in recorder.runs
        for record in run.calls
        if call is not None and record.instance.site is not None and record.instance.site.place == call.place
    ]
    return bool(outputs) and all(output in recorder.normalised and is_read_once(run, output) for run, output in outputs)


def is_read_once(run: Run, tensor: Tensor) -> bool:
    """Whether just one layer call of a run that is understood reads a tensor, and the run doesn't give it away."""
    if run.unknown or run.failure is not None or any(given is tensor for given in tensors_in(run.output)):
        return False
    readers: dict[int, CallRecord | None] = {}
    known: set[Tensor] = set()
    for record, operations in run.applied:
        for applied in operations:
            if any(read is tensor for read in applied.read) and (applied.wrote or not known.issuperset(applied.gave)):
                readers[id(record)] = record  # else it only hands on what one inside of it made
            known.update(applied.gave)
    return len(readers) == 1 and all(record is not None and declaration_of(record.instance) is not None for record in readers.values())


def is_settled(norm: Site | None) -> bool:
    """Whether a normalisation is built by its own name and under no condition, so that no other argument puts something else there."""
    if norm is None or not isinstance(norm.node, ir.Call):
        return False
    function = norm.function
    if function is None:
        return True
    root = norm.node.function
    while isinstance(root, ir.Attribute):
        root = root.value
    names = {parameter.name for parameter in function.definition.parameters}
    conditional = (node for node in nodes_below(function.definition.body) if isinstance(node, (ir.If, ir.Conditional, ir.Boolean)))
    is_below = any(inner.span == norm.node.span for node in conditional for inner in nodes_below(node))
    return isinstance(root, ir.Name) and root.id not in names and not is_below
