"""Activations: as functions, as layers, and as the argument of other layers.

Sources: https://keras.io/api/layers/activations/ and https://keras.io/api/layers/activation_layers/
"""

from __future__ import annotations

import difflib
from typing import Any

from cnnlint.plugin import (
    ELEMENTWISE,
    AxisOutOfRange,
    Built,
    DictValue,
    Door,
    DoubleSoftmax,
    ListValue,
    Mixing,
    Operation,
    Result,
    Shape,
    SoftmaxOverBatchAxis,
    SoftmaxOverOneUnit,
    Tensor,
    Unknown,
    Value,
    equal,
    expect_divisible,
    remark,
)
from cnnlint_keras.framework import below, keras, layer
from cnnlint_keras.names import remember
from cnnlint_keras.sizes import INPUT, at_least_rank, invalid

GIVES, ALONG = "gives", "along"
"""What gave a tensor (a softmax, a sigmoid, an affine layer), and along which axis, counted from the end."""
MIXING = "softmax log_softmax sparsemax"
EACH = (
    "relu relu6 celu elu selu softplus softsign squareplus soft_shrink sparse_plus silu swish gelu tanh tanh_shrink threshold "
    "exponential hard_sigmoid hard_silu hard_swish hard_tanh hard_shrink linear mish leaky_relu log_sigmoid "
    "sparse_sigmoid crelu"
)
NAMES = (*EACH.split(), "sigmoid", *MIXING.split(), "glu")
CUSTOM = "custom_objects"

TF_ONLY = "relu relu6 elu selu softplus softsign silu swish gelu tanh leaky_relu crelu"
OPS = "relu relu6 celu elu selu softplus softsign squareplus soft_shrink sparse_plus silu swish gelu tanh tanh_shrink threshold"
MORE_OPS = "hard_sigmoid hard_silu hard_swish hard_tanh hard_shrink leaky_relu log_sigmoid sparse_sigmoid"


@keras.op(
    *below("activations", EACH),
    *below("ops", f"{OPS} {MORE_OPS}"),
    *below("ops.nn", f"{OPS} {MORE_OPS}"),
    *below("tf.nn", TF_ONLY),
    *below("backend", "relu elu softplus softsign hard_sigmoid"),
)
def activation(x: Tensor, *options: object, **named: object) -> Result:
    """An element for each element."""
    return Result(x.shape, flow=ELEMENTWISE)


HOMES = ("activations", "ops", "ops.nn", "tf.nn", "backend")


@keras.op(*(f"{home}.softmax" for home in HOMES), kind="softmax")
@keras.op(*(f"{home}.log_softmax" for home in HOMES), kind="log_softmax")
@keras.op("activations.sparsemax", "ops.sparsemax", "ops.nn.sparsemax", kind="sparsemax")
def softmax(x: Tensor, axis: object = -1, *options: object, kind: str, **named: object) -> Result:
    """All along an axis in proportion, the last one where none is named."""
    along = -1 if axis is None else axis
    data = given_by(x, None) if kind == "sparsemax" else normalised(x, along, kind)
    return Result(x.shape, flow=Mixing((along,)) if isinstance(along, int) else None, data=data)


@keras.op(*(f"{home}.sigmoid" for home in HOMES), "tf.sigmoid", "tf.math.sigmoid")
def sigmoid(x: Tensor, *options: object, **named: object) -> Result:
    return Result(x.shape, flow=ELEMENTWISE, data=given_by(x, "sigmoid"))


def given_by(x: Tensor, kind: str | None) -> dict[str, Value]:
    """What is known of a tensor as it is given now, and by what."""
    known = {name: value for name, value in x.data.items() if name not in (GIVES, ALONG, INPUT)}
    return known if kind is None else {**known, GIVES: kind}


def normalised(x: Tensor, axis: Value, kind: str) -> dict[str, Value]:
    """What is to be said of a softmax; where it can hardly be meant, that is remarked."""
    shape, known = x.shape, given_by(x, kind)
    if not isinstance(axis, int) or (axis >= 0 and shape.rank is None):
        return known
    along = axis if axis < 0 else axis - len(shape)
    if shape.rank is not None and along == -shape.rank and shape.rank > 1:
        remark(SoftmaxOverBatchAxis(shape, False, batch=shape.batch, argument="axis"))
    if x.data.get(ALONG) == along:
        gives = x.data.get(GIVES)
        if gives == "affine" and equal(shape.dims[along], 1):
            remark(SoftmaxOverOneUnit(shape))
        if gives == "softmax":
            remark(DoubleSoftmax(kind))
    return {**known, ALONG: along}


@keras.op("activations.glu", "ops.glu", "ops.nn.glu")
def glu(x: Tensor, axis: object = -1) -> Shape:
    """One half of an axis gates the other."""
    shape = x.shape
    if not isinstance(axis, int) or (shape.leading and axis >= 0) or not -len(shape.dims) <= axis < len(shape.dims):
        return Shape((), leading=True)
    expect_divisible("axis", shape.dims[axis], 2, "2")
    return shape.replaced(axis, shape.dims[axis] // 2)


def activated(layer: Any, x: Value, value: Value | None = None) -> Value:
    """The tensor as a layer's activation leaves it: in its shape, unless the program's own function changes that.

    Raises InvalidArgument for a name that Keras does not know.
    """
    found = layer.activation if value is None else value
    if isinstance(found, str):
        expect_known(layer.door, found)
        return glu(x) if found == "glu" else marked(x, found)
    if isinstance(found, (Unknown, DictValue)):
        return marked(x, "")
    if found is None or not isinstance(x, Tensor):
        return x
    return layer.door.call(found, x)


def marked(x: Value, name: str) -> Value:
    """The tensor that a layer has just made, as given by the activation of this name; by none that is known where it is empty."""
    if name == "linear" or not isinstance(x, Tensor):
        return x
    x.data = normalised(x, -1, name) if name in ("softmax", "log_softmax") else given_by(x, name if name == "sigmoid" else None)
    return x


def expect_known(door: Door, name: str) -> None:
    """Raises InvalidArgument for a name that is no activation's, unless the program registered names of its own."""
    contents = door.state(keras).contents
    plain = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
    if name in NAMES or plain in NAMES or "." in name or (isinstance(contents, dict) and contents.get(CUSTOM)):
        return
    near = difflib.get_close_matches(name, NAMES, 1)
    raise invalid("activation", f"must be the name of an activation, but is {name!r}" + (f"; there is {near[0]!r}" if near else ""))


@keras.native(
    "utils.get_custom_objects",
    "saving.get_custom_objects",
    "utils.CustomObjectScope",
    "utils.custom_object_scope",
    "saving.CustomObjectScope",
    "saving.custom_object_scope",
    takes_unknown=True,
)
def custom_objects(door: Door, /, *given: Value, **keywords: Value) -> Value:
    """The program names things itself: a name that Keras does not know may be one of its own."""
    remember(door, door.state(keras), CUSTOM, True)
    return door.unknown("the names that a program registers", is_harmless=True)


@keras.native("activations.get", takes_unknown=True)
def get(door: Door, /, identifier: Value) -> Value:
    if isinstance(identifier, str):
        expect_known(door, identifier)
        return door.framework_value(keras, f"activations.{identifier}") if identifier in NAMES else door.unknown("an activation")
    return door.framework_value(keras, "activations.linear") if identifier is None else identifier


@keras.native("activations.serialize", takes_unknown=True)
def serialize(door: Door, /, activation: Value, **keywords: Value) -> Value:
    return door.unknown("the name of an activation", is_harmless=True)


def kept(x: Tensor, value: object = None) -> Result:
    return Result(x.shape, flow=Mixing((-1,)) if value in MIXING.split() else ELEMENTWISE, data=x.data)


same = Operation("same", kept, keras)


@layer("Activation")
class Activation:
    def parameters(activation: object) -> dict[str, object]:
        return {}

    def forward(self, inputs: Tensor) -> Value:
        return activated(self, same(inputs, self.activation))  # type: ignore[attr-defined]


@layer("ReLU")
class ReLU:
    def parameters(max_value: object = None, negative_slope: object = 0.0, threshold: object = 0.0, **older: object) -> dict[str, object]:
        for name, value in (("max_value", max_value), ("negative_slope", negative_slope), ("threshold", threshold)):
            if isinstance(value, (int, float)) and value < 0:
                raise invalid(name, f"must not be negative, but is {value}")
        for name, value in (("negative_slope", negative_slope), ("threshold", threshold)):
            if value is None:
                raise invalid(name, "must not be None", is_absent=True)
        return {}

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE)


@layer("LeakyReLU")
class LeakyReLU:
    def parameters(negative_slope: object = 0.3, **older: object) -> dict[str, object]:
        slope = older.get("alpha", negative_slope)
        if slope is None or (isinstance(slope, (int, float)) and slope < 0):
            raise invalid("negative_slope", f"must not be negative, but is {slope}", is_absent=slope is None)
        return {}

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE)


@layer("ELU")
class ELU:
    def parameters(alpha: object = 1.0) -> dict[str, object]:
        return {}

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE)


@layer("ThresholdedReLU")
class ThresholdedReLU:
    def parameters(theta: object = 1.0) -> dict[str, object]:
        return {}

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE)


@layer("Softmax")
class Softmax:
    def parameters(axis: object = -1) -> dict[str, object]:
        return {}

    def forward(self, inputs: Tensor) -> Result:
        """An axis beyond the last is refused where the layer runs."""
        shape, axis = inputs.shape, self.axis  # type: ignore[attr-defined]
        if shape.rank is not None and isinstance(axis, int) and not -shape.rank <= axis < shape.rank:
            raise AxisOutOfRange(axis, -shape.rank, shape.rank - 1, shape, argument="axis", exception="ValueError")
        flow = Mixing((axis,)) if isinstance(axis, int) else None
        return Result(shape, flow=flow, data=normalised(inputs, axis, "softmax"))


@layer("PReLU", hides="alpha_initializer alpha_regularizer alpha_constraint")
class PReLU:
    """One slope for each element of an image, or for each index of the axes that are not shared."""

    def parameters(*initialisers: object, shared_axes: object = None) -> dict[str, object]:
        return {}

    def build(self, inputs: Tensor) -> Built:
        shape = at_least_rank(inputs, 1)
        if shape.leading:
            return Built({"alpha": Shape((), leading=True)})
        sizes = list(shape.dims[1:])
        shared = self.shared_axes  # type: ignore[attr-defined]
        shared = shared.contents if isinstance(shared, ListValue) else (shared,) if isinstance(shared, int) else shared
        for axis in shared if isinstance(shared, (list, tuple)) else ():
            if isinstance(axis, int) and not 1 - len(sizes) <= axis <= len(sizes):
                raise invalid("shared_axes", f"must name axes of {shape}, but holds {axis}", "IndexError")
            if isinstance(axis, int):
                sizes[axis - 1] = 1
        return Built({"alpha": Shape(tuple(sizes))})

    def forward(self, inputs: Tensor) -> Result:
        return Result(inputs.shape, flow=ELEMENTWISE)
