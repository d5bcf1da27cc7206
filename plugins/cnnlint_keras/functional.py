"""Functional models: the graph between inputs and outputs, and running it on other tensors.

Source: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from dataclasses import dataclass

from cnnlint.plugin import (
    ChannelMismatch,
    DictValue,
    Dim,
    Door,
    Instance,
    ListValue,
    NativeFunction,
    OperationFails,
    Shape,
    Tensor,
    Unknown,
    Value,
    WrongRank,
    differ,
    equal,
)
from cnnlint_keras.framework import BATCH, keras
from cnnlint_keras.module import NODES, name_of
from cnnlint_keras.origins import Node, is_symbolic, mapped, node_of, tensors_of
from cnnlint_keras.shapes import sizes_of, tensor_of_shape
from cnnlint_keras.sizes import INPUT

GRAPH = "_graph"


@dataclass(frozen=True, eq=False)
class Graph:
    """A functional model: its inputs and outputs as they were given, its nodes in the order in which they run, and its layers."""

    inputs: Value
    outputs: Value
    nodes: tuple[Node, ...]
    layers: tuple[Instance, ...]

    def input_tensors(self) -> list[Tensor]:
        return list(tensors_of(self.inputs))


# Inputs


keras.cls("layers.InputLayer", "layers.Layer")


@keras.native("Input", "layers.Input", "tf.keras.Input", "models.Input", takes_unknown=True)
def make_input(
    door: Door,
    /,
    shape: Value = None,
    batch_size: Value = None,
    dtype: Value = None,
    *options: Value,
    **keywords: Value,
) -> Value:
    """The symbolic tensor that an input layer gives. In the older order a name followed the batch size."""
    name = keywords.get("name")
    if isinstance(dtype, str) and name is None and dtype not in DTYPES:
        name, dtype = dtype, options[0] if options else None
    batched = keywords.get("batch_shape", keywords.get("batch_input_shape"))
    tensor = keywords.get("tensor", keywords.get("input_tensor"))
    if isinstance(tensor, Tensor):
        return tensor if is_symbolic(tensor) else input_of(door, Tensor(tensor.shape, keras, dtype=tensor.dtype), name)
    if isinstance(shape, Unknown) or isinstance(batched, Unknown):
        return input_of(door, Tensor(Shape((), leading=True), keras), name)
    number = sum(1 for key in names_used(door) if key == "input_layer")
    before = f"{name}." if number and isinstance(name, str) else ""
    if batched is not None:
        made = tensor_of_shape(door, batched)
        sizes: Value = made.shape.dims if isinstance(made, Tensor) else made
    else:
        rest = sizes_of(door, shape, before, "shape")
        first: Dim = batch_size if isinstance(batch_size, int) else BATCH
        sizes = rest if isinstance(rest, Unknown) else (first, *rest)
    known = Shape((), leading=True) if not isinstance(sizes, tuple) else Shape(sizes)
    return input_of(door, Tensor(known, keras, dtype=dtype if isinstance(dtype, str) else "float32"), name)


DTYPES = ("float16", "float32", "float64", "bfloat16", "int8", "int16", "int32", "int64", "uint8", "bool", "string")


def names_used(door: Door) -> list[str]:
    contents = door.state(keras).contents
    return [key[1] for key in contents if isinstance(key, tuple)] if isinstance(contents, dict) else []


def input_of(door: Door, tensor: Tensor, name: Value) -> Tensor:
    """The tensor as what an input layer of its own gives."""
    tensor.data = {INPUT: True}
    made = door.call(door.framework_value(keras, "layers.InputLayer"), **({} if name is None else {"name": name}))
    node = Node(made, None, (), {}, [tensor])
    tensor.origin = node
    door.put(made, NODES, (node,))
    return tensor


@keras.native("layers.InputLayer.__init__", takes_unknown=True)
def make_input_layer(door: Door, made: Instance, /, shape: Value = None, *options: Value, **keywords: Value) -> None:
    """An input layer that is built by hand, as the first of a sequence."""
    name = {"name": keywords["name"]} if keywords.get("name") is not None else {}
    door.call(door.framework_value(keras, "layers.Layer").find("__init__"), made, **name)
    stated = shape if shape is not None else keywords.get("input_shape")
    batched = keywords.get("batch_shape", keywords.get("batch_input_shape"))
    if stated is None and batched is None:
        return
    if batched is not None:
        tensor = tensor_of_shape(door, batched)
    else:
        rest = sizes_of(door, stated, argument="shape" if shape is not None else "input_shape")
        tensor = rest if isinstance(rest, Unknown) else Tensor(Shape((BATCH, *rest)), keras)
    known = tensor if isinstance(tensor, Tensor) else Tensor(Shape((), leading=True), keras)
    known.data = {INPUT: True}
    node = Node(made, None, (), {}, [known])
    known.origin = node
    door.put(made, NODES, (node,))


# The graph


def graph_of(door: Door, inputs: Value, outputs: Value) -> Graph | Unknown:
    """The graph between inputs and outputs; Unknown where some of it is.

    Fails as Keras does where an output needs an input that is not among them.
    """
    given, wanted = list(tensors_of(inputs)), list(tensors_of(outputs))
    unknown = unknown_in((inputs, outputs))
    if unknown is not None:
        return unknown
    if not given or not wanted or any(node_of(tensor) is None for tensor in (*given, *wanted)):
        return door.unknown("a model between tensors that are not all symbolic")
    order, ranks = traversed(given, wanted)
    for node in order:
        for tensor in node.parents() if not node.is_input else node.outputs:
            if node.is_input and not any(tensor is one for one in given):
                name = name_of(node.layer) if node.layer is not None else "an operation"
                return door.fail("ValueError", f"the outputs depend on the input `{name}`, which is not among the inputs of the model")
    return ordered(inputs, outputs, given, order, ranks)


def unknown_in(value: Value) -> Unknown | None:
    items = value.contents if isinstance(value, (ListValue, DictValue)) else value
    if isinstance(items, Unknown):
        return items
    parts = items.values() if isinstance(items, dict) else items if isinstance(items, (list, tuple)) else ()
    return next((found for part in parts if (found := unknown_in(part)) is not None), None)


def traversed(given: list[Tensor], wanted: list[Tensor]) -> tuple[list[Node], dict[object, int]]:
    """The nodes, parents first, and the order in which a search from the outputs meets the layers.

    An input that another layer gave bounds the graph. The search keeps its own stack: graphs are deeper than Python's.
    """
    order: list[Node] = []
    ranks: dict[object, int] = {}
    bounds = {id(tensor) for tensor in given}
    entered: set[Node] = set()
    for output in wanted:
        stack: list[tuple[Node | None, list[Tensor]]] = [(None, [output])]
        while stack:
            node, left = stack[-1]
            if not left:
                stack.pop()
                if node is not None:
                    order.append(node)
                continue
            tensor = left.pop(0)
            parent = node_of(tensor)
            if parent is None or parent in entered or (id(tensor) in bounds and not parent.is_input):
                continue
            entered.add(parent)
            ranks.setdefault(parent.owner, len(ranks))
            stack.append((parent, parent.parents()))
    return order, ranks


def ordered(inputs: Value, outputs: Value, given: list[Tensor], order: list[Node], ranks: dict[object, int]) -> Graph:
    """The graph with its layers by depth, the deepest first, and those of one depth as the search met them."""
    depths: dict[Node, int] = {}
    owners: dict[object, int] = {}
    inside = set(order)
    for node in reversed(order):
        depth = max(depths.setdefault(node, 0), owners.get(node.owner, 0))
        owners[node.owner] = depths[node] = depth
        for tensor in node.parents():
            parent = node_of(tensor)
            if parent in inside and parent is not None:
                depths[parent] = max(depth + 1, depths.get(parent, 0))
    for tensor in given:
        unused = node_of(tensor)
        if unused is not None and unused.is_input and unused not in depths:
            depths[unused] = owners[unused.owner] = 0
            ranks[unused.owner] = -1
    by_depth = sorted(owners, key=lambda owner: (-owners[owner], ranks[owner]))
    layers = tuple(owner for owner in by_depth if isinstance(owner, Instance))
    nodes = sorted(depths, key=lambda node: (-depths[node], ranks[node.owner]))
    return Graph(inputs, outputs, tuple(nodes), layers)


# Running it


def run_graph(door: Door, graph: Graph, given: list[Value]) -> Value:
    """What the model gives for these inputs: every node in turn, on what those before it gave."""
    values: dict[Tensor, Value] = dict(zip(graph.input_tensors(), given, strict=True))

    def known(tensor: Tensor) -> Value:
        return values.get(tensor, tensor)

    for node in graph.nodes:
        if node.is_input:
            show_input(door, node, values)
            continue
        if all(output in values for output in node.outputs):
            continue
        positional = [mapped(value, known) for value in node.positional]
        keywords = {name: mapped(value, known) for name, value in node.keywords.items()}
        result = door.call(applied(node), *positional, **keywords)
        found = list(tensors_of(result))
        if len(found) == len(node.outputs):
            values.update(zip(node.outputs, found, strict=True))
        else:
            cause = result if isinstance(result, Unknown) else door.unknown("what a layer gives when its model runs")
            values.update(dict.fromkeys(node.outputs, cause))
    return mapped(graph.outputs, known)


def applied(node: Node) -> Value:
    """What a node calls."""
    if node.layer is not None:
        return node.layer
    operation = node.operation
    assert operation is not None
    return NativeFunction(operation.name, lambda machine, *given, **named: operation(*given, **named), takes_unknown=True)


def show_input(door: Door, node: Node, values: dict[Tensor, Value]) -> None:
    """Let the input layer be seen as a layer of the model, which takes nothing and gives the input."""
    (tensor,) = node.outputs
    assert node.layer is not None
    give = NativeFunction("call", lambda machine, layer: values.get(tensor, tensor), takes_unknown=True)
    door.apply_layer(node.layer, give, [], {})


def fitted(door: Door, graph: Graph, model: Instance, inputs: Value) -> list[Value]:
    """The inputs of a call in the order of the model's own, each of the rank that it wants.

    Raises WrongRank, ChannelMismatch and OperationFails where Keras finds an input incompatible.
    """
    wanted = graph.input_tensors()
    given = by_name(graph, inputs)
    if len(given) != len(wanted):
        raise OperationFails(f"`{name_of(model)}` takes {len(wanted)} inputs, but gets {len(given)}", exception="ValueError")
    return [compatible(tensor, own) if isinstance(tensor, Tensor) else tensor for tensor, own in zip(given, wanted, strict=True)]


def by_name(graph: Graph, inputs: Value) -> list[Value]:
    """The inputs that were given, those of a dict by the names of the input layers."""
    items = inputs.contents if isinstance(inputs, (ListValue, DictValue)) else inputs
    if isinstance(items, dict):
        own = graph.inputs.contents if isinstance(graph.inputs, DictValue) else None
        keys = sorted(own, key=str) if isinstance(own, dict) else [input_name(tensor) for tensor in graph.input_tensors()]
        return [items[key] for key in keys if key in items]
    if isinstance(items, (list, tuple)):
        return [part for item in items for part in by_name(graph, item)]
    return [items]


def input_name(tensor: Tensor) -> str:
    node = node_of(tensor)
    return name_of(node.layer) if node is not None and node.layer is not None else "input"


def compatible(given: Tensor, own: Tensor) -> Tensor:
    """The input as the model takes it: a last axis of 1 that is missing or too many makes no difference."""
    got, want = given.shape, own.shape
    if got.leading or want.leading:
        return given
    if len(got) == len(want) + 1 and got.dims[-1] == 1:
        got = Shape(got.dims[:-1])
    elif len(got) == len(want) - 1 and want.dims[-1] == 1:
        got = Shape((*got.dims, 1))
    if len(got) != len(want):
        raise WrongRank(str(len(want)), given.shape, exception="ValueError")
    for axis in range(1, len(want)):
        if fixed(want.dims[axis]) and differ(got.dims[axis], want.dims[axis]) and not equal(got.dims[axis], want.dims[axis]):
            if axis == len(want) - 1 and len(want) > 2:
                raise ChannelMismatch(want.dims[axis], got.dims[axis], exception="ValueError")
            raise OperationFails(f"the model `{input_name(own)}` takes {want}, but gets {given.shape}", exception="ValueError")
    return given if got is given.shape else Tensor(got, given.framework, dtype=given.dtype)


def fixed(dim: Dim) -> bool:
    return isinstance(dim, int)
