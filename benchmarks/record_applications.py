"""Writes the facts about `keras.applications` that the plugin ships for where Keras is not installed.

`python benchmarks/record_applications.py SOURCES > plugins/cnnlint_keras/sources/applications_facts.py`: SOURCES is the folder with
the unpacked package of Keras, from whose sources cnnlint itself computes every figure; nothing is imported from there.
"""

from __future__ import annotations

import argparse
import pathlib
import sys

from cnnlint.errors import CnnlintError
from cnnlint.graph import Model
from cnnlint.interpreter import Analyser, Target
from cnnlint.registry import load_registry
from cnnlint.source import on_large_stack
from cnnlint.values import FunctionValue

BUILDERS = (
    "ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge DenseNet121 DenseNet169 DenseNet201 EfficientNetB0 "
    "EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4 EfficientNetB5 EfficientNetB6 EfficientNetB7 EfficientNetV2B0 "
    "EfficientNetV2B1 EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2L EfficientNetV2M EfficientNetV2S InceptionResNetV2 InceptionV3 "
    "MobileNet MobileNetV2 MobileNetV3Large MobileNetV3Small NASNetLarge NASNetMobile ResNet101 ResNet101V2 ResNet152 ResNet152V2 "
    "ResNet50 ResNet50V2 VGG16 VGG19 Xception"
)
OTHER_CLASSES = 500
HEAD = '''"""Facts about `keras.applications`, written by `benchmarks/record_applications.py`.

By builder: its parameters' names; the input of the whole model; parameters and trained ones of the whole model for 1000 classes, and
of each further class, and parameters and trained ones without the top; what that gives for an input of H by W, or None where its
layers depend on that.
"""

FACTS = {'''


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=pathlib.Path)
    options = parser.parse_args()
    on_large_stack(lambda: write(Analyser(load_registry(print), (options.sources,))))


def write(analyser: Analyser) -> None:
    print(HEAD)
    for name in BUILDERS.split():
        print(row(analyser, name), flush=True)
    print("}")


def row(analyser: Analyser, name: str) -> str:
    """The facts of one builder as an entry of the table."""
    whole = model_of(analyser, f"{name}(weights=None)")
    more = model_of(analyser, f"{name}(weights=None, classes={OTHER_CLASSES})")
    body = body_of(analyser, name)
    each_class = (integer(whole.params) - integer(more.params)) // (1000 - OTHER_CLASSES)
    (shape,) = whole.inputs
    assert shape is not None
    input_size = None if any(not isinstance(size, int) for size in shape.dims[1:]) else tuple(shape.dims[1:])
    own = (0, 0) if body is None else (integer(body.params), integer(body.trainable_params))
    counts = (integer(whole.params), integer(whole.trainable_params), each_class, *own)
    lines = [f"    {name!r}: (", f"        {names_of(analyser, name)!r},", f"        {input_size!r},", f"        {counts!r},"]
    return "\n".join([*lines, f"        {sizes_of(body)},", "    ),"])


def body_of(analyser: Analyser, name: str) -> Model | None:
    """A model without its top, of any size; None for one whose layers depend on the size."""
    try:
        return model_of(analyser, f"{name}(weights=None, include_top=False, input_shape=(None, None, 3))")
    except CnnlintError as error:
        print(error, file=sys.stderr)
        return None


def sizes_of(body: Model | None) -> str:
    """The output sizes as a function of the input's; None where that is too large to be written down."""
    if body is None:
        return "None"
    (output,) = body.outputs
    assert output is not None
    sizes = ", ".join(str(size) for size in output.dims[1:])
    return "None" if "?" in sizes else f"lambda H, W: ({sizes})"


def integer(count: object) -> int:
    assert isinstance(count, int), count
    return count


def model_of(analyser: Analyser, expression: str) -> Model:
    (model,) = analyser.summarise(Target(expression, None, "keras.applications", expression), ())
    if not model.exact:
        raise CnnlintError(f"{expression}: {model.unknown[0].reason if model.unknown else 'not exact'}")
    return model


def names_of(analyser: Analyser, name: str) -> tuple[str, ...]:
    """The parameters of a builder, in order."""
    module = analyser.machine.importer.find("keras.applications")
    function = analyser.machine.door.attribute(module, name)
    assert isinstance(function, FunctionValue)
    return tuple(parameter.name for parameter in function.definition.parameters)


if __name__ == "__main__":
    main()
