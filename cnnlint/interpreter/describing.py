"""Values in the words of a message."""

from __future__ import annotations

from cnnlint.values import ClassValue, FunctionValue, Instance, ModuleValue, NativeFunction, Tensor, Value


def described(value: Value) -> str:
    """A value in a message: what kind of thing it is."""
    if isinstance(value, Instance):
        return f"a `{value.cls.name}`"
    if isinstance(value, ClassValue):
        return f"class `{value.name}`"
    if isinstance(value, ModuleValue):
        return f"module `{value.name}`"
    if isinstance(value, Tensor):
        return f"a tensor of shape {value.shape}"
    if value is None:
        return "None"
    if isinstance(value, (FunctionValue, NativeFunction)):
        return f"function `{value.name}`"
    return f"a `{type(value).__name__.removesuffix('Value').lower()}`"
