"""Tensors without elements: a shape and what else decides whether an operation works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cnnlint.dims import Dims, Shape
from cnnlint.values.base import Mutable

if TYPE_CHECKING:
    from cnnlint.values.base import Value


class Tensor(Mutable):
    """A tensor: `contents` is its shape, so that an in-place change of shape is seen under every name.

    `framework` and `kind` (a path such as `Tensor` or `nn.Parameter`) say whose class it is an instance of. `dtype` is None where
    not known. `values` are its elements, row by row, where they are few and known. `is_contiguous` is None where the memory order is
    not known. `is_doubtful` for what came out of a layer that fails, and all that is computed from it. `padded` is the explicit padding that was put behind its spatial axes by the operation that made it.
    """

    __slots__ = ("data", "dtype", "framework", "is_contiguous", "is_doubtful", "kind", "padded", "requires_grad", "values")

    contents: Shape

    def __init__(
        self,
        shape: Shape,
        framework: Any = None,
        kind: str = "Tensor",
        dtype: str | None = None,
        *,
        requires_grad: bool = False,
        values: tuple[Value, ...] | None = None,
        is_contiguous: bool | None = None,
        padded: Dims | None = None,
        data: Mapping[str, Value] | None = None,
    ) -> None:
        super().__init__(shape)
        self.framework = framework
        self.kind = kind
        self.dtype = dtype
        self.requires_grad = requires_grad
        self.values = values
        self.is_contiguous = is_contiguous
        self.padded = padded
        self.data = data or {}
        self.is_doubtful = False

    @property
    def shape(self) -> Shape:
        return self.contents

    def __repr__(self) -> str:
        return f"<{self.kind} {self.contents}>"
