from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from cnnlint.plugin import Finding, Rule

if TYPE_CHECKING:
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class LayerNotOnDevice(Rule):
    """A model has a layer that the device which it is for doesn't run.

    Why is this bad?
        Accelerators for small devices run a fixed list of layers; one that is missing ends the export, or falls back to the processor
        for as long as the whole rest takes. The list is that of the device's profile: names of layers, perhaps with wildcards.

    Bad:
        model = Sequential(Conv2d(3, 8, 3), SiLU())  # the profile has layers = ["Conv2d", "ReLU"]

    Good:
        model = Sequential(Conv2d(3, 8, 3), ReLU())

    References:
        Banbury et al., MicroNets, arXiv:2010.11267
    """

    code = "CNN410"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for model in analysis.models:
            device = model.budget.device if model.budget is not None else None
            if device is None or not device.layers:
                continue
            for layer in model.layers:
                kind = layer.type.rpartition(".")[2]
                if layer.is_leaf and layer.built and not any(fnmatchcase(kind, pattern) for pattern in device.layers):
                    message = f"`{layer.name}` of `{model.name}` is a {kind}, which `{device.name}` doesn't run"
                    yield Finding(layer.built[-1], message, f"what it runs is stated by {device.source}: {', '.join(device.layers)}")
