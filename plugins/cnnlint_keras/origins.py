"""Where a symbolic tensor comes from: the layer or operation that gave it, and what that was called with.

A functional model is the part of this graph between its inputs and its outputs.
Source: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cnnlint.plugin import DictValue, Instance, ListValue, Operation, Tensor, Value, tensors_within
from cnnlint_keras.framework import keras


@dataclass(eq=False)
class Node:
    """One symbolic application: of a layer, or of an operation outside of all layers; `outputs` are the tensors it gave, in order.

    The node of an input layer was applied to nothing.
    """

    layer: Instance | None
    operation: Operation | None
    positional: tuple[Value, ...]
    keywords: dict[str, Value]
    outputs: list[Tensor] = field(default_factory=list)

    @property
    def is_input(self) -> bool:
        return not self.positional and not self.keywords and self.operation is None

    @property
    def owner(self) -> object:
        """What is applied: a layer's nodes have one owner, each operation is its own."""
        return self if self.layer is None else self.layer

    def parents(self) -> list[Tensor]:
        """The symbolic tensors that it was applied to."""
        return [tensor for tensor in tensors_of((self.positional, self.keywords)) if node_of(tensor) is not None]


def node_of(tensor: Value) -> Node | None:
    """The node that gave a tensor; None for one that is not symbolic."""
    origin = tensor.origin if isinstance(tensor, Tensor) else None
    return origin if isinstance(origin, Node) else None


def tensors_of(value: Value) -> Iterator[Tensor]:
    """The tensors in a nested value, in order; those of a dict in the order of its keys, as Keras flattens it."""
    held = value.contents if isinstance(value, (ListValue, DictValue)) else value
    if isinstance(held, Tensor):
        yield held
    elif isinstance(held, (tuple, list)):
        for item in held:
            yield from tensors_of(item)
    elif isinstance(held, dict):
        for key in sorted(held, key=str):
            yield from tensors_of(held[key])


def mapped(value: Value, change: Callable[[Tensor], Value]) -> Value:
    """A nested value with every tensor changed."""
    match value:
        case Tensor():
            return change(value)
        case tuple() if type(value) is tuple:
            return tuple(mapped(item, change) for item in value)
        case ListValue(contents=list() as items):
            return ListValue([mapped(item, change) for item in items])
        case DictValue(contents=dict() as entries):
            return DictValue({key: mapped(item, change) for key, item in entries.items()})
    return value


def is_symbolic(value: Value) -> bool:
    return any(node_of(tensor) is not None for tensor in tensors_of(value))


def plain(value: Value) -> Value:
    """A nested value whose tensors have forgotten where they come from: what a layer's own function sees."""
    return mapped(value, forgetting) if is_symbolic(value) else value


def forgetting(tensor: Tensor) -> Tensor:
    made = copy.copy(tensor)
    made.origin = None
    return made


def traced(node: Node, result: Value) -> Value:
    """The result of a node, its tensors marked as what the node gave."""

    def mark(tensor: Tensor) -> Tensor:
        made = copy.copy(tensor)
        made.origin = node
        node.outputs.append(made)
        return made

    return mapped(result, mark)


def record_operation(operation: Operation, positional: tuple[Value, ...], keywords: Value, result: Value) -> None:
    """An operation outside of all layers was applied to symbolic tensors: what it gave is symbolic too."""
    if not is_symbolic((positional, DictValue(dict(keywords)))):
        return
    node = Node(None, operation, positional, dict(keywords))
    for tensor in tensors_within((result,)):
        if tensor.origin is None:
            tensor.origin = node
            node.outputs.append(tensor)


keras.finish = record_operation
