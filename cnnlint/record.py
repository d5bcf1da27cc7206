"""Frozen, slotted classes that cost little to make.

`dataclass(frozen=True, slots=True)` takes a third of a millisecond a class, since it compiles six methods for each; the sixty kinds of
ir nodes alone would take a tenth of a cold run. `record` compiles only `__init__`; the rest is shared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: Any) -> Callable[[Any], Any]:
        return lambda decorator: decorator


Class = TypeVar("Class", bound=type)


def _own_annotations(cls: type) -> dict[str, Any]:
    """The class's own annotations, without importing `inspect`, which takes as long as all this saves."""
    found: dict[str, Any] = cls.__dict__.get("__annotations__", {})  # noqa: RUF063
    if not found and "__annotate_func__" in cls.__dict__:  # Python 3.14 makes them when they are asked for
        found = cls.__annotations__
    return found


def _refuse(instance: object, *change: object) -> NoReturn:
    raise AttributeError(f"{type(instance).__name__} is frozen")


def _shown(instance: Any) -> str:
    fields = ", ".join(f"{name}={getattr(instance, name)!r}" for name in instance.__match_args__)
    return f"{type(instance).__name__}({fields})"


def _rebuilt(instance: Any) -> tuple[type, tuple[Any, ...]]:
    return type(instance), tuple(getattr(instance, name) for name in instance.__match_args__)


def _equal(one: Any, other: Any) -> Any:
    if type(one) is not type(other):
        return NotImplemented
    return all(getattr(one, name) == getattr(other, name) for name in one.__match_args__)


def _hash(instance: Any) -> int:
    return hash(tuple(getattr(instance, name) for name in instance.__match_args__))


@dataclass_transform(frozen_default=True)
def value(cls: Class) -> Class:
    """A record whose instances are equal where all their fields are."""
    made = record(cls)
    made.__eq__ = _equal  # type: ignore[assignment]
    made.__hash__ = _hash  # type: ignore[assignment]
    return made


@dataclass_transform(frozen_default=True, eq_default=False)
def record(cls: Class) -> Class:
    """The class with slots for its annotated fields, the bases' first, and an `__init__` that takes them in that order.

    Instances can't be changed, and are equal only to themselves.
    """
    inherited: tuple[str, ...] = getattr(cls, "__match_args__", ())
    own = tuple(_own_annotations(cls))
    body = {name: value for name, value in cls.__dict__.items() if name not in ("__dict__", "__weakref__", *own)}
    defaults = {**getattr(cls, "__record_defaults__", {}), **{name: cls.__dict__[name] for name in own if name in cls.__dict__}}
    names = (*inherited, *own)
    body |= {"__slots__": own, "__match_args__": names, "__record_defaults__": defaults}
    body |= {"__setattr__": _refuse, "__delattr__": _refuse, "__repr__": _shown, "__reduce__": _rebuilt}
    made = type(cls)(cls.__name__, cls.__bases__, body)
    setters: dict[str, Any] = {f"_set_{name}": getattr(made, name).__set__ for name in names}
    parameters = ", ".join(f"{name}=_defaults[{name!r}]" if name in defaults else name for name in names)
    lines = [f" _set_{name}(self, {name})" for name in names] or [" pass"]
    scope: dict[str, Any] = {**setters, "_defaults": defaults}
    exec("\n".join([f"def __init__(self, {parameters}):", *lines]), scope)  # noqa: S102  # text of our own, as dataclasses do
    made.__init__ = scope["__init__"]  # type: ignore[misc]  # of this very class
    return made
