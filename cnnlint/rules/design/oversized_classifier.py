from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule
from cnnlint.rules._proof import greater

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import FileAnalysis, LayerCall, Model


@dataclass(frozen=True)
class OversizedClassifier(Rule):
    """One layer behind the feature maps of a convolutional network holds more than half of its parameters.

    Why is this bad?
        A fully connected layer on a flattened feature map has a weight for each pixel, channel and output. Averaging the map
        first needs a fraction of them, and takes images of any size.

    Bad:
        # cnnlint: input(batch, 3, 32, 32)
        net = Sequential(Conv2d(3, 16, kernel_size=3), ReLU(), Flatten(), Linear(16 * 30 * 30, 10))

    Good:
        # cnnlint: input(batch, 3, 32, 32)
        net = Sequential(Conv2d(3, 16, kernel_size=3), ReLU(), AdaptiveAvgPool2d(1), Flatten(), Linear(16, 10))

    References:
        Lin, Chen & Yan, Network in network, arXiv:1312.4400, section 3.2
    """

    code = "CNN706"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for model in analysis.models:
            for call in model.calls if model.params_exact else ():
                params = call.layer.params
                if params is not None and is_behind_maps(model, call) and greater(2 * params, model.params):
                    numbers = f"{params} of the {model.params} parameters"
                    if isinstance(params, int) and isinstance(model.params, int):
                        numbers = f"{params:,} of the {model.params:,} parameters = {params * 100 // model.params} %"
                    here = [place for place in call.layer.built if place.path == analysis.path]
                    yield Finding(here[-1] if here else model.place, f"`{call.layer.name or call.layer.type}` holds {numbers}")


def is_behind_maps(model: Model, call: LayerCall) -> bool:
    """Whether a layer call gets rows, which came of more than one pixel of the last feature map that a layer before it gave."""
    inputs = call.inputs
    if len(inputs) != 1 or inputs[0] is None or inputs[0].rank != 2:
        return False
    earlier = model.calls[: model.calls.index(call)]
    maps = (shape for each in reversed(earlier) for shape in each.outputs if shape is not None and (shape.rank or 0) > 3)
    last = next(maps, None)
    return last is not None and greater(inputs[0][-1], last[1])
