"""`keras.layers.Layer`: how a layer is named, built at its first call, called, and what it holds.

Source: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cnnlint.plugin import (
    MISSING,
    DictValue,
    Door,
    FrameworkTuple,
    FunctionValue,
    Instance,
    ListValue,
    NativeFunction,
    OperationFails,
    Shape,
    Tensor,
    Unknown,
    UnknownArgument,
    Value,
)
from cnnlint_keras.framework import BASE, is_open, keras
from cnnlint_keras.names import fresh_name, number_parts, remember
from cnnlint_keras.origins import Node, is_symbolic, plain, tensors_of, traced
from cnnlint_keras.shapes import seen_shape, tensor_of_shape
from cnnlint_keras.sizes import IMAGE_DATA_FORMAT

NAME, TRAINABLE, NODES, INPUT_SHAPE, BUILT = "_name", "_trainable", "_inbound_nodes", "_input_shape_arg", "_is_built"
LAYERS = "_layers"
"""Where a sequence keeps its layers; an input layer among them is none of its own."""
TRAINING = "training"
KNOWN = (*BASE, "activity_regularizer", "implementation")

keras.cls("layers.Layer")
keras.alias("layers.Layer", "Layer", "layers.AbstractRNNCell")


def is_layer(value: Value) -> bool:
    return isinstance(value, Instance) and any(base.qualified == "keras.layers.Layer" for base in value.cls.mro)


def is_input(layer: Instance) -> bool:
    return layer.cls.qualified == "keras.layers.InputLayer"


def name_of(layer: Instance) -> str:
    name = layer.contents.get(NAME)
    return name if isinstance(name, str) else layer.cls.name


@keras.native("layers.Layer.__init__", takes_unknown=True)
def initialise(door: Door, layer: Instance, /, *positional: Value, **keywords: Value) -> None:
    taken = {name for cls in layer.cls.mro for name in getattr(cls.declared, "hides", ())}
    strange = next((name for name in keywords if name not in KNOWN and name not in taken), None)
    if strange is not None:
        door.failed(UnknownArgument(layer.cls.name, KNOWN, argument=strange, exception="ValueError"))
    if NAME in layer.contents:
        return
    name = keywords.get("name")
    door.put(layer, NAME, fresh_name(door, layer.cls.name) if name is None else name)
    setting = door.state(keras).contents
    door.put(layer, IMAGE_DATA_FORMAT, setting.get(IMAGE_DATA_FORMAT, "channels_last") if isinstance(setting, dict) else "channels_last")
    trainable = keywords.get("trainable", True)
    door.put(layer, TRAINABLE, trainable if isinstance(trainable, bool) else True)
    shape = stated_input(door, keywords)
    if shape is not None:
        door.put(layer, INPUT_SHAPE, shape)
    door.built(layer)


def stated_input(door: Door, keywords: dict[str, Value]) -> Value:
    """The input shape that a layer's keywords state, without the batch; None where they state none."""
    batched = keywords.get("batch_input_shape", keywords.get("batch_shape"))
    if batched is not None:
        sizes = door.iterate(batched)
        return sizes if isinstance(sizes, Unknown) else tuple(sizes[1:])
    if keywords.get("input_shape") is not None:
        sizes = keywords["input_shape"]
        items = sizes.contents if isinstance(sizes, ListValue) else sizes
        return tuple(items) if isinstance(items, list) else items
    return None if keywords.get("input_dim") is None else (keywords["input_dim"],)


@keras.native("layers.Layer.__setattr__", takes_unknown=True)
def set_attribute(door: Door, layer: Instance, /, name: str, value: Value) -> None:
    """`trainable` reaches all layers below; the rest are plain attributes, of which the layers and variables count."""
    if name != "trainable":
        door.put(layer, name, value)
        return
    for module in walk(layer):
        door.put(module, TRAINABLE, value)


# What a layer holds


def held(value: Value) -> Iterator[Value]:
    """What an attribute holds: itself, or the items of a list, tuple or dict, which Keras looks into as well."""
    items = value.contents if isinstance(value, (ListValue, DictValue)) else value
    if isinstance(items, dict):
        for item in items.values():
            yield from held(item)
    elif isinstance(items, (list, tuple)) and not isinstance(items, FrameworkTuple):
        for item in items:
            yield from held(item)
    else:
        yield items


def children(layer: Instance) -> list[tuple[str, Instance]]:
    """The layers that a layer holds, by their names, in the order in which it got them."""
    found: dict[Instance, None] = {}
    for key, value in layer.contents.items():
        if key != NODES:
            found.update(dict.fromkeys(item for item in held(value) if is_layer(item) and not (key == LAYERS and is_input(item))))
    return [(name_of(child), child) for child in found if child is not layer]


def walk(layer: Instance, seen: set[Instance] | None = None) -> Iterator[Instance]:
    """The layer and all below it, each once."""
    seen = set() if seen is None else seen
    if layer in seen:
        return
    seen.add(layer)
    yield layer
    for _, child in children(layer):
        yield from walk(child, seen)


def own_weights(layer: Instance) -> list[tuple[str, Tensor]]:
    """A layer's own variables by attribute name; they are parameters all, trainable or not."""
    found: dict[Tensor, str] = {}
    for key, value in layer.contents.items():
        if key == NODES or (isinstance(value, Tensor) and value.kind != keras.parameter):
            continue
        for item in held(value):
            if isinstance(item, Tensor) and item.kind == keras.parameter:
                found.setdefault(item, key)
    return [(name, tensor) for tensor, name in found.items()]


def is_trainable(layer: Instance, tensor: Tensor) -> bool:
    """Whether training is known to change a variable."""
    trained = layer.contents.get(TRAINABLE, True)
    return tensor.requires_grad and trained is not False and not isinstance(trained, Unknown)


def all_weights(layer: Instance) -> list[tuple[Tensor, bool]]:
    """The variables of a layer and of all below it, each once, and whether training changes them."""
    found: dict[Tensor, bool] = {}
    for module in walk(layer):
        for _, tensor in own_weights(module):
            found.setdefault(tensor, is_trainable(module, tensor))
    return list(found.items())


def register_weight(door: Door, layer: Instance, name: str, value: Value, is_parameter: bool) -> None:
    """Give a layer a variable; what Keras does not train is one as well."""
    if isinstance(value, Tensor) and not is_parameter:
        value = Tensor(value.shape, keras, keras.parameter, value.dtype, requires_grad=False)
    door.put(layer, name, value)


# Calling


@keras.native("layers.Layer.__call__", takes_unknown=True)
def call_layer(door: Door, layer: Instance, /, *positional: Value, **keywords: Value) -> Value:
    """Build the layer at its first call, and run its `call`; a call on symbolic tensors becomes part of their graph."""
    if positional and is_layer(positional[0]):
        wrong = f"`{layer.cls.name}` gets the layer `{name_of(positional[0])}`, which was never called, where it needs a tensor"
        door.fail("ValueError", wrong)
    function = layer.cls.find("call")
    if function is MISSING:
        return door.fail("NotImplementedError", f"`{layer.cls.name}` has no `call`")

    def run(machine: object, layer: Instance, *given: Value, **named: Value) -> Value:
        build_first(door, layer, given, named)
        if not was_built:
            number_parts(door, layer)
        return door.call(function, layer, *given, **named)

    symbolic = is_symbolic((positional, DictValue(dict(keywords))))
    was_built = bool(own_weights(layer))
    mode, kept = keywords.get("training"), context(door)
    if isinstance(mode, bool):
        remember(door, door.state(keras), TRAINING, mode)
    given = tuple(plain(value) for value in positional)
    named = {name: plain(value) for name, value in keywords.items()}
    wrapped = NativeFunction("call", run, takes_unknown=True)
    result = door.apply_layer(layer, wrapped, list(given), accepted(door, function, named, len(given)), is_kept=not symbolic)
    if isinstance(mode, bool):
        remember(door, door.state(keras), TRAINING, kept)
    if not symbolic:
        return result
    if not was_built:
        expect_known_weights(door, layer, (*given, *named.values()))
    node = Node(layer, None, positional, keywords)
    made = traced(node, result)
    door.put(layer, NODES, (*listed(layer, NODES), node))
    return made


def expect_known_weights(door: Door, layer: Instance, given: tuple[Value, ...]) -> None:
    """Fails where a weight would depend on a size that the input leaves open, as Keras does when it allocates the weight."""
    for _, tensor in own_weights(layer):
        if any(is_open(dim) for dim in tensor.shape.dims):
            shapes = ", ".join(str(one.shape) for one in tensors_of(given))
            reason = f"the weights of `{name_of(layer)}` depend on a size that its input {shapes} leaves open"
            door.failed(OperationFails(reason, exception="ValueError"))


def listed(layer: Instance, name: str) -> tuple[Value, ...]:
    """What a layer keeps in a tuple; none where ways differ in it."""
    kept = layer.contents.get(name, ())
    return kept if isinstance(kept, tuple) else ()


def context(door: Door) -> Value:
    """The `training` of the call under way; None where nobody said."""
    contents = door.state(keras).contents
    return contents.get(TRAINING) if isinstance(contents, dict) else None


def accepted(door: Door, function: Value, keywords: dict[str, Value], given: int) -> dict[str, Value]:
    """The keywords that a layer's function takes: `training` and `mask` only where it has them; `training` from the call around."""
    if not isinstance(function, FunctionValue):
        return {name: value for name, value in keywords.items() if name not in ("training", "mask")}
    names = [parameter.name for parameter in function.definition.parameters]
    takes_all = any(parameter.kind == "**" for parameter in function.definition.parameters)
    found = {name: value for name, value in keywords.items() if takes_all or name in names or name not in ("training", "mask")}
    mode = context(door)
    if "training" in names and found.get("training") is None and mode is not None and names.index("training") > given:
        found["training"] = mode
    return found


def build_first(door: Door, layer: Instance, positional: tuple[Value, ...], keywords: dict[str, Value]) -> None:
    """Run the program's own `build` before the first call; what a declared layer needs, its call makes."""
    build = layer.cls.find("build")
    if layer.contents.get("built") is True or not isinstance(build, FunctionValue):
        return
    takes = [parameter.name for parameter in build.definition.parameters[1:] if parameter.kind in ("positional-only", "ordinary")]
    shapes = [
        seen_shape(door, value, is_static=True) for value in (*positional, *keywords.values()) if any(True for _ in tensors_of(value))
    ]
    if not shapes and positional:
        shapes = [positional[0]]
    door.call(door.attribute(layer, "build"), *shapes[: max(1, len(takes))])
    door.put(layer, "built", True)


@keras.native("layers.Layer.build", takes_unknown=True)
def build(door: Door, layer: Instance, /, *shapes: Value, **keywords: Value) -> None:
    """A layer without weights of its own is built by being asked to."""
    door.put(layer, "built", True)


@keras.native("layers.Layer.add_weight", "layers.Layer.add_variable", takes_unknown=True)
def add_weight(
    door: Door,
    layer: Instance,
    /,
    shape: Value = None,
    initializer: Value = None,
    dtype: Value = None,
    trainable: Value = True,
    *options: Value,
    **keywords: Value,
) -> Value:
    """A variable of this shape, which the layer holds whether or not it is kept under a name. The older order began with a name."""
    if isinstance(shape, str):
        shape = keywords.get("shape", initializer)
    made = tensor_of_shape(door, () if shape is None else shape)
    if not isinstance(made, Tensor):
        return made
    weight = Tensor(made.shape, keras, keras.parameter, requires_grad=trainable is not False)
    door.put(layer, "_weights", (*listed(layer, "_weights"), weight))
    return weight


# What a program reads


@keras.attribute("layers.Layer.name")
def name(door: Door, layer: Instance, /) -> Value:
    return layer.contents.get(NAME, layer.cls.name)


@keras.attribute("layers.Layer.trainable")
def trainable(door: Door, layer: Instance, /) -> Value:
    return layer.contents.get(TRAINABLE, True)


@keras.attribute("layers.Layer.built")
def is_built(door: Door, layer: Instance, /) -> Value:
    return layer.contents.get("built", BUILT in layer.contents)


@keras.attribute("layers.Layer.weights", "layers.Layer.variables")
def weights(door: Door, layer: Instance, /) -> Value:
    return ListValue([tensor for tensor, _ in all_weights(layer)])


@keras.attribute("layers.Layer.trainable_weights", "layers.Layer.trainable_variables")
def trainable_weights(door: Door, layer: Instance, /) -> Value:
    return ListValue([tensor for tensor, trains in all_weights(layer) if trains])


@keras.attribute("layers.Layer.non_trainable_weights", "layers.Layer.non_trainable_variables")
def non_trainable_weights(door: Door, layer: Instance, /) -> Value:
    return ListValue([tensor for tensor, trains in all_weights(layer) if not trains])


@keras.native("layers.Layer.get_weights")
def get_weights(door: Door, layer: Instance, /) -> Value:
    return ListValue([Tensor(tensor.shape, keras) for tensor, _ in all_weights(layer)])


@keras.native("layers.Layer.count_params")
def count_params(door: Door, layer: Instance, /) -> Value:
    total: Value = 0
    for tensor, _ in all_weights(layer):
        total = total + tensor.shape.numel
    return total


@keras.attribute("layers.Layer.output")
def output(door: Door, layer: Instance, /) -> Value:
    """The symbolic tensor that the layer's first call gave."""
    return first_call(door, layer, lambda node: tuple(node.outputs))


@keras.attribute("layers.Layer.input")
def input_(door: Door, layer: Instance, /) -> Value:
    return first_call(door, layer, lambda node: tuple(node.outputs) if node.is_input else tuple(node.parents()))


def first_call(door: Door, layer: Instance, tensors: Callable[[Node], tuple[Tensor, ...]]) -> Value:
    nodes = layer.contents.get(NODES, ())
    if not isinstance(nodes, tuple) or not nodes:
        return door.fail("AttributeError", f"the layer `{name_of(layer)}` has never been called, so that it has no input and no output")
    found = tensors(nodes[0])
    return found[0] if len(found) == 1 else ListValue(found)


@keras.native("layers.Layer.get_output_at")
def output_at(door: Door, layer: Instance, /, node_index: int) -> Value:
    nodes = layer.contents.get(NODES, ())
    if not isinstance(nodes, tuple) or not -len(nodes) <= node_index < len(nodes):
        return door.unknown("the output of a call of a layer")
    return nodes[node_index].outputs[0]


@keras.attribute("layers.Layer.output_shape", "layers.Layer.input_shape")
def shapes_of(door: Door, layer: Instance, /) -> Value:
    return door.unknown("the shapes of a layer's calls")


@keras.attribute(
    "layers.Layer.dtype",
    "layers.Layer.compute_dtype",
    "layers.Layer.variable_dtype",
    "layers.Layer.dtype_policy",
    "layers.Layer.losses",
    "layers.Layer.metrics",
    "layers.Layer.metrics_variables",
    "layers.Layer.updates",
    "layers.Layer.supports_masking",
    "layers.Layer.path",
    "layers.Layer.input_dtype",
    "layers.Layer.quantization_mode",
)
def not_followed(door: Door, layer: Instance, /) -> Value:
    return door.unknown("an attribute of a layer that is not followed", is_harmless=True, is_free=True)


@keras.native("layers.Layer.get_config", takes_unknown=True)
def config(door: Door, layer: Instance, /) -> Value:
    """A fresh dict, which a layer's own `get_config` adds to."""
    return DictValue({"name": layer.contents.get(NAME), "trainable": layer.contents.get(TRAINABLE, True), "dtype": "float32"})


@keras.native("layers.Layer.compute_output_shape", takes_unknown=True)
def output_shape(door: Door, layer: Instance, /, *shapes: Value, **keywords: Value) -> Value:
    """The shape that a call on a tensor of this shape gives."""
    result = door.call(layer, *(tensor_of_shape(door, shape) for shape in shapes))
    return seen_shape(door, result, is_static=True) if isinstance(result, Tensor) else door.unknown("the output shape of a layer")


@keras.native("layers.Layer.compute_mask", takes_unknown=True)
def compute_mask(door: Door, layer: Instance, /, *given: Value, **keywords: Value) -> Value:
    return None


EFFECTS = (
    "add_loss add_metric add_update set_weights load_own_variables save_own_variables build_from_config quantize "
    "reset_states reset_state load_weights save_weights enable_lora _build_at_init adapt"
)


@keras.native(*(f"layers.Layer.{effect}" for effect in EFFECTS.split()), takes_unknown=True)
def for_effect(door: Door, layer: Instance, /, *given: Value, **keywords: Value) -> None:
    """Methods that change no shape and give nothing."""
    return


def set_training(door: Door, model: Instance, mode: bool) -> None:
    remember(door, door.state(keras), TRAINING, mode)


keras.cls("Variable", "Tensor")


@keras.native("Variable.__new__", "tf.Variable", takes_unknown=True)
def new_variable(door: Door, /, *given: Value, **keywords: Value) -> Value:
    """A variable of the shape that is stated, or of that of its first value."""
    values = [value for value in (*given, keywords.get("initializer"), keywords.get("initial_value")) if isinstance(value, Tensor)]
    if keywords.get("shape") is not None:
        made = tensor_of_shape(door, keywords["shape"])
        shape = made.shape if isinstance(made, Tensor) else Shape((), leading=True)
    else:
        shape = values[0].shape if values else Shape((), leading=True)
    return Tensor(shape, keras, keras.parameter, requires_grad=keywords.get("trainable", True) is not False)
