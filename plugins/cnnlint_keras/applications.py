"""`keras.applications` where its sources are not found: facts that cnnlint computed from them.

Source: https://keras.io/api/applications/
"""

from __future__ import annotations

from cnnlint.plugin import Door, Shape, Tensor, Value, current_work
from cnnlint_keras.framework import keras

BUILDERS = (
    "ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge DenseNet121 DenseNet169 DenseNet201 EfficientNetB0 "
    "EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4 EfficientNetB5 EfficientNetB6 EfficientNetB7 EfficientNetV2B0 "
    "EfficientNetV2B1 EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2L EfficientNetV2M EfficientNetV2S InceptionResNetV2 InceptionV3 "
    "MobileNet MobileNetV2 MobileNetV3Large MobileNetV3Small NASNetLarge NASNetMobile ResNet101 ResNet101V2 ResNet152 ResNet152V2 "
    "ResNet50 ResNet50V2 VGG16 VGG19 Xception"
)

keras.python("cnnlint_keras", "sources/applications_facts.py", "cnnlint", "FACTS")
keras.python("cnnlint_keras", "sources/applications.py", "cnnlint", "model_from_facts")


@keras.op("cnnlint.uncounted")
def uncounted(x: Shape) -> Shape:
    """What the layers give that are shipped as one; how they come to it is not known, so that costs are lower bounds."""
    current_work().is_exact = False
    return x


def builder(name: str) -> None:
    @keras.native(f"applications.{name}", takes_unknown=True)
    def build(door: Door, /, *given: Value, **keywords: Value) -> Value:
        return door.call(door.framework_value(keras, "cnnlint.model_from_facts"), name, *given, **keywords)


for _name in BUILDERS.split():
    builder(_name)


@keras.native("applications.preprocess_input", takes_unknown=True)
def preprocess_input(door: Door, /, x: Value, *given: Value, **keywords: Value) -> Value:
    """Other numbers in the same shape."""
    return x if not isinstance(x, Tensor) else door.call(door.framework_value(keras, "ops.copy"), x)


@keras.native("applications.decode_predictions", takes_unknown=True)
def decode_predictions(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("the names of the likeliest classes", is_harmless=True)
