"""The base of all modules, linen's and nnx's: how one is called, and which are being called.

Sources: https://flax.readthedocs.io/en/latest/api_reference/flax.linen/module.html,
https://flax.readthedocs.io/en/latest/api_reference/flax.nnx/module.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cnnlint.plugin import Door, FunctionValue, Instance, NativeFunction, Value
from cnnlint_flax.framework import LINEN, NNX, flax

FORWARD = "__call__"
BINDING = "bind"
"""What stands in the place of a method where a module is only bound to its variables."""
STACK = "stack"

flax.cls("Module")
flax.cls(LINEN, "Module")
flax.cls(NNX, "Module")


@dataclass(frozen=True)
class Frame:
    """A method of a module that is being called: what it may make of its module, and the method's name."""

    module: Instance
    mode: str
    method: str


PLAIN, SETUP, COMPACT = "plain", "setup", "compact"


def is_linen(value: Value) -> bool:
    return isinstance(value, Instance) and any(base.qualified == f"flax.{LINEN}" for base in value.cls.mro)


def is_nnx(value: Value) -> bool:
    return isinstance(value, Instance) and any(base.qualified == f"flax.{NNX}" for base in value.cls.mro)


def stack_of(door: Door) -> tuple[Frame, ...]:
    """The methods that are being called, the innermost last."""
    contents = door.state(flax).contents
    found = contents.get(STACK, ()) if isinstance(contents, dict) else ()
    return found if isinstance(found, tuple) else ()


def set_stack(door: Door, frames: tuple[Frame, ...]) -> None:
    state = door.state(flax)
    door.touch(state)
    if isinstance(state.contents, dict):
        state.contents[STACK] = frames


@contextmanager
def within(door: Door, frame: Frame) -> Iterator[None]:
    """Let a method be the innermost one that is being called."""
    outer = stack_of(door)
    set_stack(door, (*outer, frame))
    try:
        yield
    finally:
        set_stack(door, outer)


@contextmanager
def at_top(door: Door) -> Iterator[None]:
    """Let no module be called: what `init` and `apply` run has nothing around it."""
    outer = stack_of(door)
    set_stack(door, ())
    try:
        yield
    finally:
        set_stack(door, outer)


def name_of(function: Value) -> str:
    return function.name if isinstance(function, (FunctionValue, NativeFunction)) else ""


def is_compact(function: Value) -> bool:
    """Whether a method was decorated as one that may make submodules."""
    return isinstance(function, FunctionValue) and function.contents.get("compact") is True


def applied(door: Door, frame: Frame, function: Value, positional: tuple[Value, ...], keywords: dict[str, Value]) -> Value:
    """Call a method; of what a call of the module runs as a layer call, unless that runs already: `super().__call__(x)`."""
    around = stack_of(door)
    is_inside = bool(around) and around[-1].module is frame.module and around[-1].method == FORWARD
    with within(door, frame):
        if frame.method == FORWARD and not is_inside:
            return door.apply_layer(frame.module, function, list(positional), keywords)
        return door.call(function, frame.module, *positional, **keywords)
