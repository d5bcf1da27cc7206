"""`keras.Model` and `keras.Sequential`.

Source: https://keras.io/api/models/
"""

from __future__ import annotations

from collections.abc import Callable

from cnnlint.plugin import ClassValue, DictValue, Door, Instance, ListValue, Tensor, Unknown, Value
from cnnlint_keras.framework import keras
from cnnlint_keras.functional import GRAPH, Graph, fitted, graph_of, run_graph
from cnnlint_keras.module import INPUT_SHAPE, LAYERS, NODES, TRAINABLE, children, is_input, is_layer, name_of
from cnnlint_keras.origins import node_of, plain, tensors_of
from cnnlint_keras.shapes import seen_shape

OUTPUT, OPERATIONS = "_symbolic_output", "_operations"

keras.cls("models.Model", "layers.Layer")
keras.cls("models.Functional", "models.Model")
keras.cls("models.Sequential", "models.Model")
keras.alias("models.Model", "Model", "layers.Model", "models.Network")
keras.alias("models.Functional", "Functional")
keras.alias("models.Sequential", "Sequential", "layers.Sequential")

GIVEN = ("inputs", "outputs", "input", "output")


@keras.native("models.Model.__new__", takes_unknown=True)
def new_model(door: Door, cls: ClassValue, /, *positional: Value, **keywords: Value) -> Value:
    """A model between given tensors is of the class of functional models; one of a subclass stays what it is."""
    states = len(positional) >= 2 or (len(positional) == 1 and "outputs" in keywords) or {"inputs", "outputs"} <= set(keywords)
    functional = door.framework_value(keras, "models.Functional")
    plain_model = door.framework_value(keras, "models.Model")
    return door.instance(functional if states and cls is plain_model else cls)


@keras.native("models.Model.__init__", takes_unknown=True)
def make_model(door: Door, model: Instance, /, *positional: Value, **keywords: Value) -> None:
    given = dict(zip(("inputs", "outputs", "name"), positional, strict=False))
    given |= {{"input": "inputs", "output": "outputs"}.get(name, name): value for name, value in keywords.items()}
    base = {name: value for name, value in given.items() if name not in ("inputs", "outputs")}
    door.call(door.framework_value(keras, "layers.Layer").find("__init__"), model, **base)
    if "inputs" in given and "outputs" in given:
        graph = graph_of(door, given["inputs"], given["outputs"])
        door.put(model, GRAPH, graph)
        door.put(model, OPERATIONS, graph.layers if isinstance(graph, Graph) else ())
        door.put(model, "built", True)


@keras.native("models.Model.call", takes_unknown=True)
def run_model(door: Door, model: Instance, /, inputs: Value = None, *given: Value, **keywords: Value) -> Value:
    graph = model.contents.get(GRAPH)
    if isinstance(graph, Graph):
        return run_graph(door, graph, fitted(door, graph, model, inputs))
    if isinstance(graph, Unknown):
        return graph
    return door.fail("NotImplementedError", f"`{model.cls.name}` has no `call`")


def is_model(layer: Instance) -> bool:
    return any(base.qualified == "keras.models.Model" for base in layer.cls.mro)


# Sequences


@keras.native("models.Sequential.__init__", takes_unknown=True)
def make_sequential(door: Door, model: Instance, /, layers: Value = None, *options: Value, **keywords: Value) -> None:
    door.call(door.framework_value(keras, "layers.Layer").find("__init__"), model, **keywords)
    door.put(model, LAYERS, ListValue())
    if layers is None:
        return
    items = door.iterate(layers)
    if isinstance(items, Unknown):
        lose(door, model, items)
        return
    for item in items:
        add(door, model, item)


def lose(door: Door, model: Instance, cause: Unknown) -> None:
    """The layers of a sequence are not known."""
    kept = model.contents[LAYERS]
    door.touch(kept)
    kept.contents = cause
    door.put(model, OUTPUT, cause)


@keras.native("models.Sequential.add", takes_unknown=True)
def add(door: Door, model: Instance, /, layer: Value, rebuild: Value = True) -> None:
    """Append a layer; behind a stated input it is called at once, as Keras builds the sequence."""
    kept = model.contents.get(LAYERS)
    if not isinstance(kept, ListValue) or isinstance(kept.contents, Unknown):
        return
    origin = node_of(layer)
    if origin is not None and origin.is_input:
        layer = origin.layer
    if isinstance(layer, Unknown) or not isinstance(layer, Instance):
        if isinstance(layer, Unknown) or not isinstance(layer, (Tensor, int, str, tuple, ListValue, type(None))):
            lose(door, model, layer if isinstance(layer, Unknown) else door.unknown("what is added to a sequence"))
            return
        door.fail("ValueError", "only layers can be added to a Sequential")
    if not is_layer(layer):
        lose(door, model, door.unknown(f"a `{layer.cls.name}` that is added to a sequence"))
        return
    if not kept.contents:
        begin(door, model, kept, layer)
    door.touch(kept)
    kept.contents.append(layer)
    current = model.contents.get(OUTPUT)
    if is_input(layer):
        nodes = layer.contents.get(NODES, ())
        door.put(model, OUTPUT, nodes[0].outputs[0] if nodes else None)
    elif isinstance(current, Tensor):
        with door.standing_at(layer):
            door.put(model, OUTPUT, door.call(layer, current))


def begin(door: Door, model: Instance, kept: ListValue, layer: Instance) -> None:
    """What the first layer says of the input: an argument of its constructor, or the inputs of a model."""
    if is_input(layer):
        return
    stated, kind = layer.contents.get(INPUT_SHAPE), door.framework_value(keras, "layers.InputLayer")
    own = stated_inputs(door, layer) or []
    if stated is None and len(own) != 1:
        return
    if stated is not None:
        with door.standing_at(layer):
            made = door.call(kind, input_shape=stated)
    else:
        made = door.call(kind, batch_shape=seen_shape(door, own[0][1], is_static=True))
    if isinstance(made, Instance):
        door.touch(kept)
        assert isinstance(kept.contents, list)
        kept.contents.append(made)
        nodes = made.contents.get(NODES, ())
        door.put(model, OUTPUT, nodes[0].outputs[0] if nodes else None)


@keras.native("models.Sequential.pop")
def pop(door: Door, model: Instance, /, rebuild: Value = True) -> Value:
    kept = model.contents.get(LAYERS)
    if not isinstance(kept, ListValue) or isinstance(kept.contents, Unknown) or not kept.contents:
        return door.unknown("the last layer of a sequence")
    door.touch(kept)
    taken = kept.contents.pop()
    if isinstance(model.contents.get(OUTPUT), Tensor):
        last = kept.contents[-1].contents.get(NODES, ()) if kept.contents else ()
        door.put(model, OUTPUT, last[-1].outputs[0] if last else None)
    return taken


@keras.native("models.Sequential.call", takes_unknown=True)
def run_sequential(door: Door, model: Instance, /, inputs: Value, *given: Value, **keywords: Value) -> Value:
    kept = model.contents.get(LAYERS)
    if not isinstance(kept, ListValue) or isinstance(kept.contents, Unknown):
        return kept.contents if isinstance(kept, ListValue) else door.unknown("the layers of a sequence")
    graph = graph_within(model)
    result = fitted(door, graph, model, inputs)[0] if graph is not None else inputs
    for layer in kept.contents:
        if not is_input(layer):
            with door.standing_at(layer):
                result = door.call(layer, result)
    return result


def graph_within(model: Instance) -> Graph | None:
    """The input and the output of a sequence that was built for a stated input."""
    kept, output = model.contents.get(LAYERS), model.contents.get(OUTPUT)
    if not isinstance(kept, ListValue) or not isinstance(kept.contents, list) or not isinstance(output, Tensor):
        return None
    nodes = kept.contents[0].contents.get(NODES, ()) if kept.contents else ()
    return Graph(nodes[0].outputs[0], output, (), ()) if nodes and is_input(kept.contents[0]) else None


def stated_inputs(door: Door, model: Instance) -> list[tuple[str, Tensor]] | None:
    """The inputs that a model itself states, by name; None for one that does not."""
    graph = model.contents.get(GRAPH)
    found = graph if isinstance(graph, Graph) else graph_within(model)
    if found is None:
        return None
    named = []
    for tensor in found.input_tensors():
        node = node_of(tensor)
        named.append((name_of(node.layer) if node is not None and node.layer is not None else "input", plain(tensor)))
    return named


def packed(door: Door, model: Instance, tensors: list[Tensor]) -> Value:
    """The inputs as the one argument of a call."""
    graph = model.contents.get(GRAPH)
    if isinstance(graph, Graph) and isinstance(graph.inputs, DictValue) and isinstance(graph.inputs.contents, dict):
        return DictValue(dict(zip(sorted(graph.inputs.contents, key=str), tensors, strict=False)))
    return tensors[0] if len(tensors) == 1 else ListValue(tensors)


# What a program reads


@keras.attribute("models.Model.layers")
def layers(door: Door, model: Instance, /) -> Value:
    kept = model.contents.get(LAYERS)
    if isinstance(kept, ListValue) and isinstance(kept.contents, Unknown):
        return kept.contents
    if holds_several(door, model):
        return door.unknown("the layers of a model")
    return ListValue([child for _, child in children(model)])


def holds_several(door: Door, model: Instance) -> bool:
    """Whether a layer of a model stands for several, of which only the whole is known; of one that is asked for them some may be frozen."""
    several = [child for _, child in children(model) if child.cls.find("stands_for_several") is True]
    for child in several:
        door.put(child, TRAINABLE, door.unknown(f"which layers of `{name_of(model)}` are trained"))
    return bool(several)


@keras.native("models.Model.get_layer", takes_unknown=True)
def get_layer(door: Door, model: Instance, /, name: Value = None, index: Value = None) -> Value:
    found = children(model)
    if holds_several(door, model):
        return door.unknown("a layer of a model")
    if isinstance(index, int) and -len(found) <= index < len(found):
        return found[index][1]
    if not isinstance(name, str) or graph_unknown(model) is not None:
        return door.unknown("a layer of a model")
    for own, child in found:
        if own == name:
            return child
    return door.fail("ValueError", f"no layer is named `{name}`; there are {', '.join(f'`{own}`' for own, _ in found) or 'none'}")


def graph_unknown(model: Instance) -> Unknown | None:
    """Why it is not known which layers a model has; None where it is."""
    kept = model.contents.get(LAYERS)
    held = kept.contents if isinstance(kept, ListValue) else model.contents.get(GRAPH)
    return held if isinstance(held, Unknown) else None


@keras.attribute("models.Model.input")
def input_(door: Door, model: Instance, /) -> Value:
    return ends(door, model, lambda graph: graph.inputs)


@keras.attribute("models.Model.inputs")
def inputs(door: Door, model: Instance, /) -> Value:
    return ends(door, model, lambda graph: ListValue(tensors_of(graph.inputs)))


@keras.attribute("models.Model.output")
def output(door: Door, model: Instance, /) -> Value:
    return ends(door, model, lambda graph: graph.outputs)


@keras.attribute("models.Model.outputs")
def outputs(door: Door, model: Instance, /) -> Value:
    return ends(door, model, lambda graph: ListValue(tensors_of(graph.outputs)))


@keras.attribute("models.Model.input_shape")
def input_shape(door: Door, model: Instance, /) -> Value:
    return shape_of_ends(door, model, lambda graph: graph.inputs)


@keras.attribute("models.Model.output_shape")
def output_shape(door: Door, model: Instance, /) -> Value:
    return shape_of_ends(door, model, lambda graph: graph.outputs)


def shape_of_ends(door: Door, model: Instance, which: Callable[[Graph], Value]) -> Value:
    found = ends(door, model, which)
    return found if isinstance(found, Unknown) else seen_shape(door, found, is_static=True)


def ends(door: Door, model: Instance, which: Callable[[Graph], Value]) -> Value:
    graph = model.contents.get(GRAPH)
    found = graph if isinstance(graph, Graph) else graph_within(model)
    if found is not None:
        return which(found)
    unknown = graph_unknown(model)
    return door.unknown("the inputs and outputs of a model that states none") if unknown is None else unknown
