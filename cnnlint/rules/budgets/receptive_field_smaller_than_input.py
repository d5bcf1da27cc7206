from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import FileAnalysis, Model


@dataclass(frozen=True)
class ReceptiveFieldSmallerThanInput(Rule):
    """No output of a model depends on the whole of its input.

    Why is this bad?
        What lies further apart than the receptive field can't be told from what lies elsewhere: a detector finds no object that is
        larger, a segmentation doesn't know its surroundings. Often that is meant; then leave the rule off.

    Bad:
        # cnnlint: input(batch, 3, 224, 224)
        model = Sequential(Conv2d(3, 16, 3), Conv2d(16, 16, 3))  # 5 of 224 pixels

    Good:
        # cnnlint: input(batch, 3, 224, 224)
        model = Sequential(Conv2d(3, 16, 3), AdaptiveAvgPool2d(1))

    References:
        Luo et al., Understanding the effective receptive field, arXiv:1701.04128
    """

    code = "CNN412"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for model in analysis.models:
            sizes = None if model.error is not None else _seen(model)
            if sizes:
                seen, whole = ("x".join(str(size) for size in side) for side in zip(*sizes, strict=True))
                yield Finding(model.place, f"each output of `{model.name}` depends on at most {seen} of {whole} pixels of its input")


def _seen(model: Model) -> list[tuple[int, int]]:
    """The field and the input's size on each axis, where every field is known to be smaller."""
    from cnnlint.graph import receptive_fields  # `cnnlint explain` imports every rule, and the graph costs start-up time

    if model.trace is None or len(model.trace.outputs) != 1 or len(model.trace.inputs) != 1:
        return []
    found = receptive_fields(model.trace, len(model.calls))
    shape = model.trace.tensors[model.trace.inputs[0]].shape
    sizes = []
    for axis, field in zip(found.axes, found.model, strict=True):
        size = shape.dims[axis]
        if field is None or field.size is None or not isinstance(size, int) or field.size >= size:
            return []
        sizes.append((field.size, size))
    return sizes
