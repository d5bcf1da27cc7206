"""The variables that a layer keeps, as its call sees them.

Source: https://flax.readthedocs.io/en/latest/guides/flax_fundamentals/flax_basics.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.plugin import DictValue, Dim, Expression, OperationFails, Tensor, Undetermined, Unknown, Value, expect_equal
from cnnlint_flax.variables import PARAMS, STATISTICS, VARIABLES


def weight(layer: Any, name: str, needed: tuple[Dim | Value | None, ...] = ()) -> Tensor:
    """A variable of a layer.

    Raises OperationFails with linen's ScopeParamShapeError where a size of it is proven to be another than is needed; None is any.
    """
    tensor = kept(layer, name)
    for have, need in zip(tensor.shape.dims, needed, strict=False):
        if isinstance(need, (int, Expression)):
            sizes = ", ".join("?" if one is None else str(one) for one in needed)
            reason = f"the parameter `{name}` needs the shape ({sizes}), but was given with {tensor.shape}"
            expect_equal(have, need, OperationFails(reason, exception="ScopeParamShapeError"))
    return tensor


def kept(layer: Any, name: str) -> Tensor:
    try:
        held = getattr(layer, VARIABLES)
    except Undetermined:
        held = None
    entries = held.contents if isinstance(held, DictValue) else None
    if isinstance(entries, dict):
        for collection in (PARAMS, STATISTICS):
            if isinstance(entries.get((collection, name)), Tensor):
                found: Tensor = entries[collection, name]
                return found
        raise Undetermined(Unknown(f"`{name}` of a layer"))
    found_here = getattr(layer, name)
    if not isinstance(found_here, Tensor):
        raise Undetermined(found_here if isinstance(found_here, Unknown) else Unknown(f"`{name}` of a layer"))
    return found_here
