"""Places moved together, in all that holds some."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cnnlint.graph.model import Place

Holder = TypeVar("Holder")

_MODULES = ("cnnlint.graph.", "cnnlint.diagnostics")
_PLACELESS = frozenset({"Span", "Trace"})


def with_places(holder: Holder, move: Callable[[Place], Place]) -> Holder:
    """The same model, diagnostic, note or tuple of such, with every place in it moved; what doesn't change is the same object."""
    return _moved(holder, move, {})  # type: ignore[no-any-return]  # of the same class


def _moved(holder: Any, move: Callable[[Place], Place], done: dict[int, tuple[Any, Any]]) -> Any:
    """`done` has what was seen, by its identity, so that what is shared is shared again."""
    if isinstance(holder, Place):
        return move(holder)
    is_tuple = isinstance(holder, tuple)
    kind = type(holder)
    if not is_tuple and (not kind.__module__.startswith(_MODULES) or kind.__name__ in _PLACELESS):
        return holder
    if id(holder) in done:
        return done[id(holder)][1]
    before = list(holder) if is_tuple else [getattr(holder, name) for name in kind.__match_args__]
    after = [_moved(value, move, done) for value in before]
    if all(a is b for a, b in zip(before, after, strict=True)):
        moved = holder
    else:
        moved = tuple(after) if is_tuple else kind(*after)
    done[id(holder)] = (holder, moved)
    return moved
