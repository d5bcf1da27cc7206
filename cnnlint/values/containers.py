"""Lists, dicts, sets, slices and iterators of abstract values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from cnnlint.record import value
from cnnlint.values.base import Mutable, Value
from cnnlint.values.unknown import Unknown


class FrameworkTuple(tuple[Value, ...]):
    """A tuple of a class that a framework declares: the sizes of a tensor, a pair of results.

    A plugin's subclass says which: `framework` and `kind` are as in `Tensor`. Slices and sums are of the same class.
    `may_equal_lists` where some version of it equals a list of the same items.
    """

    __slots__ = ()

    framework: ClassVar[Any] = None
    kind: ClassVar[str] = ""
    may_equal_lists: ClassVar[bool] = False

    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        return type(self)(found) if isinstance(index, slice) else found

    def __add__(self, other: tuple[Value, ...]) -> tuple[Value, ...]:
        return type(self)(super().__add__(other))


class FrameworkNumber:
    """A number of a class that a framework declares: mixed into `int` or `float`, so that it computes as one.

    A plugin's subclass says which: `framework` and `kind` are as in `Tensor`.
    """

    __slots__ = ()

    framework: ClassVar[Any] = None
    kind: ClassVar[str] = ""


class ListValue(Mutable):
    """`contents` is a Python list of values, or an `Unknown` when the length or order is not known."""

    __slots__ = ()

    contents: list[Value] | Unknown

    def __init__(self, items: Iterable[Value] | Unknown = ()) -> None:
        super().__init__(items if isinstance(items, Unknown) else list(items))


class DictValue(Mutable):
    """`contents` maps values to values in insertion order, or is an `Unknown`.

    Keys are hashable values: known ones by equality, instances, functions and tensors by identity.
    """

    __slots__ = ("default_factory",)

    contents: dict[Value, Value] | Unknown

    def __init__(self, entries: dict[Value, Value] | Unknown | None = None, default_factory: Value = None) -> None:
        super().__init__({} if entries is None else entries)
        self.default_factory = default_factory


class SetValue(Mutable):
    """`contents` is a dict whose keys are the members, in insertion order, or an `Unknown`."""

    __slots__ = ("is_frozen",)

    contents: dict[Value, None] | Unknown

    def __init__(self, items: Iterable[Value] | Unknown = (), is_frozen: bool = False) -> None:
        super().__init__(items if isinstance(items, Unknown) else dict.fromkeys(items))
        self.is_frozen = is_frozen


@value
class SliceValue:
    """`lower:upper:step` with values."""

    lower: Value
    upper: Value
    step: Value


class IteratorValue(Mutable):
    """An iterator: `contents` counts the items taken.

    `items` are all of them, or a function from position to item for one without an end.
    """

    __slots__ = ("items", "kind")

    contents: int

    def __init__(self, items: list[Value] | Callable[[int], Value], kind: str = "iterator") -> None:
        super().__init__(0)
        self.items = items
        self.kind = kind

    @property
    def is_endless(self) -> bool:
        return callable(self.items)
