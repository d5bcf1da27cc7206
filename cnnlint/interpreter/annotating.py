"""Shapes in annotations: `Float[Tensor, "batch 1000"]`, as jaxtyping has them.

Source: https://docs.kidger.site/jaxtyping/api/array/
"""

from __future__ import annotations

from collections.abc import Iterator

from cnnlint.graph import Declared
from cnnlint.source import StatedShape, ir
from cnnlint.values import FunctionValue, Value

KINDS = ("Float", "BFloat", "Complex", "Int", "UInt", "Bool", "Shaped", "Num", "Inexact", "Real", "Integer")


def annotated_output(function: Value) -> Declared | None:
    """What the annotation of a function's result says of the shape that it gives; None where it says nothing that can be checked."""
    if not isinstance(function, FunctionValue) or not isinstance(function.definition, ir.FunctionDefinition):
        return None
    returns = function.definition.returns
    shape = None if returns is None else annotated_shape(returns)
    return None if shape is None or returns is None else Declared((shape,), f"{function.module.path}:{returns.span.line}")


def annotated_shape(node: ir.Node) -> StatedShape | None:
    """The shape in an annotation; sizes that are no number and no name become names that occur nowhere else."""
    match node:
        case ir.Subscript(value=kind, index=ir.Display(elements=(_, ir.Constant(value=str() as text)))):
            name = kind.id if isinstance(kind, ir.Name) else kind.attr if isinstance(kind, ir.Attribute) else ""
            words = text.split()
            if name.rstrip("0123456789") not in KINDS or any(word.startswith("*") or "..." in word for word in words):
                return None
            return StatedShape(tuple(sizes(words)), None)
    return None


def sizes(words: list[str]) -> Iterator[int | str]:
    for place, word in enumerate(words):
        size = word.rpartition("=")[2]
        if size.isdecimal():
            yield int(size)
        else:
            yield size if size.isidentifier() and size != "_" else f"{size} on axis {place}"
