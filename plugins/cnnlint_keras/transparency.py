"""What surrounds models and changes none: saving and loading of weights, plots, copies, utilities.

Source: https://keras.io/api/utils/
"""

from __future__ import annotations

from cnnlint.plugin import Door, Instance, ListValue, Shape, Tensor, Unknown, Value
from cnnlint_keras.framework import below, keras
from cnnlint_keras.loss import CLASSES
from cnnlint_keras.origins import Node, node_of, tensors_of
from cnnlint_keras.shaping import sizes_in

keras.alias("utils.file_utils.get_file", "utils.data_utils.get_file", "utils.get_file")


@keras.native("utils.file_utils.get_file", takes_unknown=True)
def get_file(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("the path of a file", is_free=True, is_harmless=True)


@keras.native("ops.operation_utils.get_source_inputs", "utils.get_source_inputs", "utils.layer_utils.get_source_inputs", takes_unknown=True)
def source_inputs(door: Door, /, tensor: Value, *options: Value, **keywords: Value) -> Value:
    """The inputs that a symbolic tensor was computed from."""
    found: dict[Tensor, None] = {}
    seen: set[Node] = set()
    left = list(tensors_of(tensor))
    while left:
        one = left.pop(0)
        node = node_of(one)
        if node is None or node in seen:
            continue
        seen.add(node)
        if node.is_input:
            found.update(dict.fromkeys(node.outputs))
        else:
            left.extend(node.parents())
    return ListValue(found)


@keras.native("utils.to_categorical", "utils.np_utils.to_categorical", takes_unknown=True)
def to_categorical(door: Door, /, x: Value, num_classes: Value = None, *options: Value, **keywords: Value) -> Value:
    """A row of zeros with one 1 for each label; the older data sets have a last axis of 1, which goes."""
    sizes = sizes_in(num_classes) if num_classes is not None else None
    if num_classes is None and isinstance(x, Tensor) and CLASSES in x.data:
        sizes = (x.data[CLASSES][1],)
    if not isinstance(x, Tensor) or x.shape.leading or sizes is None:
        return door.unknown("one-hot labels")
    dims = x.shape.dims[:-1] if len(x.shape) > 1 and x.shape.dims[-1] == 1 else x.shape.dims
    return Tensor(Shape((*dims, *sizes)), keras, dtype="float32")


@keras.native("utils.plot_model", "utils.vis_utils.plot_model", "utils.model_to_dot", takes_unknown=True)
def plotted(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("a picture of a model", is_harmless=True)


@keras.native(
    *below("models", "load_model model_from_json model_from_config"), "saving.load_model", "tf.saved_model.load", takes_unknown=True
)
def loaded(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("a model that is loaded from a file")


@keras.native("models.clone_model", takes_unknown=True)
def cloned(door: Door, /, model: Value, *given: Value, **keywords: Value) -> Value:
    """A model of the same layers; where nothing says otherwise it is as good as the original."""
    return model if isinstance(model, Instance) and not given and not keywords else door.unknown("a model that is cloned")


@keras.native(*below("models", "save_model"), "saving.save_model", "saving.save_weights", "tf.saved_model.save", takes_unknown=True)
def saved(door: Door, /, *given: Value, **keywords: Value) -> None:
    return


@keras.native(
    "layers.serialize", "layers.deserialize", "saving.serialize_keras_object", "saving.deserialize_keras_object", takes_unknown=True
)
def serialised(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("a layer that is written or read as a configuration")


@keras.native("utils.layer_utils.count_params", takes_unknown=True)
def count(door: Door, /, weights: Value) -> Value:
    """The elements of a list of weights."""
    items = door.iterate(weights)
    total: Value = 0
    for item in [] if isinstance(items, Unknown) else items:
        if isinstance(item, Tensor):
            total = total + item.shape.numel
    return total
