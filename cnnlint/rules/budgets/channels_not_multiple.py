from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class ChannelsNotMultiple(Rule):
    """A layer's output channels don't fill the vectors of the device which the model is for.

    Why is this bad?
        Hardware computes channels in groups of a fixed size; a group that isn't full takes as long as one that is. The size is the
        `channel-multiple` of the device's profile. Layers whose outputs are the model's own are left alone: a class count is what it is.

    Bad:
        model = Sequential(Conv2d(3, 20, 3), Conv2d(20, 10, 3))  # the profile has channel-multiple = 8

    Good:
        model = Sequential(Conv2d(3, 24, 3), Conv2d(24, 10, 3))

    References:
        Howard et al., Searching for MobileNetV3, arXiv:1905.02244
    """

    code = "CNN411"
    severity: ClassVar[Severity] = "warning"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for model in analysis.models:
            device = model.budget.device if model.budget is not None else None
            if device is None or device.channel_multiple == 1:
                continue
            last = {call.layer.name for call in model.calls if any(shape is not None and shape in model.outputs for shape in call.outputs)}
            last |= {layer.name for layer in [layer for layer in model.layers if layer.filters is not None][-1:] if not model.outputs}
            for layer in model.layers:
                if not isinstance(layer.filters, int) or layer.name in last or not layer.built:
                    continue
                beyond = layer.filters % device.channel_multiple
                if beyond:
                    fuller = layer.filters - beyond + device.channel_multiple
                    message = f"`{layer.name}` has {layer.filters} filters, but `{device.name}` computes them by {device.channel_multiple}s"
                    yield Finding(layer.built[-1], message, f"{fuller} would take as long; the device is that of {device.source}")
