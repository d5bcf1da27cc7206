"""The tensors in what a layer takes or gives."""

from __future__ import annotations

from cnnlint.dims import Shape
from cnnlint.values import Choice, DictValue, Instance, ListValue, Tensor, Unknown, Value


def tensors_in(value: Value) -> list[Tensor | None]:
    """The tensors in a value, flattened in order; one of unknown shape for what is not known, None for what is no tensor."""
    match value:
        case Unknown() | Choice():
            return [Tensor(Shape((), leading=True))]
        case Tensor():
            return [value]
        case tuple() | list():
            return [tensor for item in value for tensor in tensors_in(item)]
        case ListValue():
            return tensors_in(value.contents)
        case DictValue():
            return tensors_in(value.contents if isinstance(value.contents, Unknown) else list(value.contents.values()))
        case Instance():
            return tensors_in(value.payload) if isinstance(value.payload, (tuple, ListValue, DictValue)) else [None]
    return [None]
