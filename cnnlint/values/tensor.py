"""Tensors without elements: a shape and what else decides whether an operation works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cnnlint.dims import Dims, Shape
from cnnlint.values.base import Mutable

if TYPE_CHECKING:
    from cnnlint.flows import Flow
    from cnnlint.values.base import Value


ELSEWHERE = "?"
"""The device of a tensor that is not known, though those of the tensors that it was made of may be."""


class Tensor(Mutable):
    """A tensor: `contents` is its shape, so that an in-place change of shape is seen under every name.

    `framework` and `kind` (a path such as `Tensor` or `nn.Parameter`) say whose class it is an instance of. `dtype` is None where
    not known, as is `device`, which is known only where the program names it. `values` are its elements, row by row, where they
    are few and known. `is_contiguous` is None where the memory order is not known. `padded` is the explicit padding that was put
    behind its spatial axes by the operation that made it. `base` is the tensor on whose memory it lies, where that is another's.
    `flow` says how its elements come from those of the tensors that it was made of.
    `origin` is what a plugin knows of how a symbolic tensor came about: two
    of different origin are different values, whatever their shapes. `is_doubtful` for what came out of a layer that fails, and all that is
    computed from it.
    """

    __slots__ = (
        "_device",
        "_dtype",
        "_storage",
        "base",
        "data",
        "flow",
        "framework",
        "is_contiguous",
        "is_doubtful",
        "kind",
        "origin",
        "padded",
        "requires_grad",
        "values",
    )

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
        device: str | None = None,
    ) -> None:
        super().__init__(shape)
        self.framework = framework
        self.kind = kind
        self._dtype = dtype
        self._device = device
        self._storage: Mutable | None = None
        self.requires_grad = requires_grad
        self.values = values
        self.is_contiguous = is_contiguous
        self.padded = padded
        self.data = data or {}
        self.is_doubtful = False
        self.origin: Any = None
        self.base: Tensor | None = None
        self.flow: Flow | None = None

    @property
    def shape(self) -> Shape:
        return self.contents

    @property
    def dtype(self) -> str | None:
        return self._dtype if self._storage is None else stored(self._storage, "dtype")

    @dtype.setter
    def dtype(self, dtype: str | None) -> None:
        """For a tensor that is just being made; a later change goes through `storage`."""
        self._dtype = dtype

    @property
    def device(self) -> str | None:
        return self._device if self._storage is None else stored(self._storage, "device")

    @device.setter
    def device(self, device: str | None) -> None:
        """As for `dtype`."""
        self._device = device

    @property
    def storage(self) -> Mutable:
        """The `dtype` and `device` as the contents of a value of its own, for what converts a tensor in place: the journal puts them back.

        It counts as born with the tensor, so that a journal opened since then keeps what they were.
        """
        if self._storage is None:
            self._storage = Mutable({"dtype": self._dtype, "device": self._device})
            self._storage.born = self.born
        return self._storage

    def __copy__(self) -> Tensor:
        """A tensor that is alike, with a storage of its own."""
        made = Tensor(self.contents, self.framework, self.kind, self.dtype, requires_grad=self.requires_grad, values=self.values)
        made.is_contiguous, made.padded, made.data, made.is_doubtful = self.is_contiguous, self.padded, self.data, self.is_doubtful
        made._device = self.device
        made.origin = self.origin
        return made

    def __repr__(self) -> str:
        return f"<{self.kind} {self.contents}>"


def stored(storage: Mutable, name: str) -> str | None:
    value = storage.contents.get(name) if isinstance(storage.contents, dict) else None
    return value if isinstance(value, str) else None
