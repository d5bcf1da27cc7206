from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import FailureRule
from cnnlint_keras import faults

if TYPE_CHECKING:
    from cnnlint.plugin import Severity


@dataclass(frozen=True)
class ChannelsFirstInput(FailureRule[faults.ChannelsFirstInput]):
    """An image seems to be stated with its channels first, where they stand last.

    Why is this bad?
        With channels last, (3, 224, 224) is an image of 3 x 224 pixels with 224 channels. The first layers may run on it, and see
        nothing of what their author thinks of.

    Bad:
        inputs = keras.Input(shape=(3, 224, 224))
        keras.layers.Conv2D(8, 3)(inputs)

    Good:
        inputs = keras.Input(shape=(224, 224, 3))
        keras.layers.Conv2D(8, 3)(inputs)

    References:
        https://keras.io/api/utils/config_utils/#set_image_data_format-function
    """

    code = "CNN252"
    severity: ClassVar[Severity] = "info"

    def message(self, subject: str, failure: faults.ChannelsFirstInput) -> str:
        _, H, W, channels = failure.shape.dims
        return f"`{subject}` has its channels last, so that the input {failure.shape} is {H} x {W} pixels with {channels} channels each"

    def help(self, failure: faults.ChannelsFirstInput) -> str:
        _, channels, H, W = failure.shape.dims
        return f'state the input as ({H}, {W}, {channels}), or give the layers `data_format="channels_first"`'
