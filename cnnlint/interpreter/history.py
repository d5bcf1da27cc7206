"""What happens to tensors, step by step, while models run: recorded only where somebody asks where a size comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cnnlint.dims import Shape
from cnnlint.failures import LayerFailure
from cnnlint.interpreter import placing
from cnnlint.interpreter.machine import Machine, Site
from cnnlint.plugin.operation import tensors_within
from cnnlint.plugin.window import Window
from cnnlint.values import Instance, Tensor, Value

if TYPE_CHECKING:
    from cnnlint.interpreter.runs import CallRecord, Run


@dataclass(slots=True, eq=False)
class Step:
    """A layer call or an operation: the tensors and shapes that it got and gave, and the steps that made what it got.

    `arguments` are the sizes that a layer was built with, by name.
    """

    subject: str
    site: Site | None
    layer: Instance | None
    run: Run | None
    inputs: list[Tensor]
    gets: list[Shape]
    sources: list[Step | None]
    outputs: list[Tensor]
    gives: list[Shape]
    windows: list[Window]
    arguments: dict[str, Value] = field(default_factory=dict)
    failure: LayerFailure | None = None


class History:
    """The steps of one file's analysis, in order."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.steps: list[Step] = []
        self.made: dict[int, Step] = {}  # by the identity of tensors, which the steps keep alive
        self.pending: LayerFailure | None = None

    @property
    def is_inside_a_layer(self) -> bool:
        stack = self.machine.recorder.stack
        return bool(stack) and placing.declaration_of(stack[-1].instance) is not None

    def failed(self, failure: LayerFailure) -> None:
        """What is noted next failed."""
        self.pending = failure

    def operated(self, given: Sequence[Value], result: Value, windows: Sequence[Window] = ()) -> None:
        """An operation that no layer made for itself, if it has to do with tensors."""
        if self.machine.muted or self.is_inside_a_layer:
            return
        inputs, outputs = tensors_within(given), tensors_within((result,))
        if (not inputs and not outputs) or (outputs and all(id(tensor) in self.made and tensor not in inputs for tensor in outputs)):
            return  # nothing to do with tensors, or what only hands on what was made in it
        site = self.machine.site
        subject = "" if site is None else placing.expression_text(site.node)
        self.note(Step(subject, site, None, None, [], [], [], [], [], list(windows)), given, result)

    def applied(self, record: CallRecord, result: Value, windows: Sequence[Window]) -> None:
        """A layer was called, or another module, which has steps of its own."""
        layer = record.instance
        declaration = placing.declaration_of(layer)
        if (
            self.machine.muted
            or declaration is None
            or any(placing.declaration_of(outer.instance) for outer in self.machine.recorder.stack[:-1])
        ):
            return
        names = [parameter.name for parameter in declaration.parameters]
        step = Step(placing.subject_of(self.machine, layer, record), record.site, layer, None, [], [], [], [], [], list(windows))
        step.arguments = {name: layer.contents[name] for name in names if name in layer.contents}
        self.note(step, record.inputs, result)

    def note(self, step: Step, given: Iterable[Value], result: Value) -> None:
        step.run = self.machine.recorder.active
        step.inputs = tensors_within(given)
        step.gets = [tensor.shape for tensor in step.inputs]
        step.sources = [self.made.get(id(tensor)) for tensor in step.inputs]
        step.outputs = tensors_within((result,))
        step.gives = [tensor.shape for tensor in step.outputs]
        step.failure, self.pending = self.pending, None
        for tensor in step.outputs:
            self.made[id(tensor)] = step
        self.steps.append(step)
