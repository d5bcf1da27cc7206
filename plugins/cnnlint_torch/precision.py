"""The dtype that new tensors get, and automatic mixed precision.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.set_default_dtype.html,
https://docs.pytorch.org/docs/stable/amp.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cnnlint.plugin import ClassValue, Door, Instance, Unknown, Value
from cnnlint_torch.constants import DTYPES, dtype_name
from cnnlint_torch.framework import below, torch

FLOATING = "floating"
"""The dtype of a tensor of floats of which nobody knows how wide they are."""

STATE = Instance(ClassValue("precision", module="torch"))
"""What the program has set, written through the journal as if it were an object of the program: `default` and `autocast`."""
STATE.contents = {"default": "float32", "autocast": False}
STATE.born = 0


def default_dtype() -> str:
    """The dtype of new tensors of floats."""
    value = STATE.contents["default"]
    return value if isinstance(value, str) else FLOATING


def may_autocast() -> bool:
    """Whether operations here may compute in another precision than that of their operands."""
    return STATE.contents["autocast"] is not False


@torch.native("set_default_dtype", "set_default_tensor_type", takes_unknown=True)
def set_default_dtype(door: Door, /, dtype: Value) -> None:
    name = dtype_name(dtype)
    door.put(STATE, "default", FLOATING if name is None else name)


@torch.native("get_default_dtype")
def get_default_dtype(door: Door) -> Value:
    return DTYPES.get(default_dtype(), Unknown("the default dtype"))


AUTOCASTS = (
    *below("", "autocast"),
    *below("amp", "autocast"),
    *below("amp.autocast_mode", "autocast"),
    *below("cpu.amp", "autocast"),
    *below("cuda.amp", "autocast"),
    *below("cuda.amp.autocast_mode", "autocast"),
)
torch.cls("autocast")
torch.alias("autocast", *AUTOCASTS[1:])


@torch.native("autocast.__init__", takes_unknown=True)
def prepare(door: Door, context: Instance, /, *given: Value, **named: Value) -> None:
    door.put(context, "enabled", named.get("enabled", True))


@torch.native("autocast.__enter__", takes_unknown=True)
def enter(door: Door, context: Instance, /) -> Value:
    door.put(context, "before", STATE.contents["autocast"])
    door.put(STATE, "autocast", context.contents.get("enabled"))
    return context


@torch.native("autocast.__exit__", takes_unknown=True)
def leave(door: Door, context: Instance, /, *given: Value) -> None:
    door.put(STATE, "autocast", context.contents.get("before"))


@torch.native("autocast.__call__", takes_unknown=True)
def decorate(door: Door, context: Instance, /, function: Value) -> Value:
    """The function itself; that operations in it are cast is taken to hold from here on everywhere."""
    door.put(STATE, "autocast", True)
    return function


@contextmanager
def unknown_precision(door: Door) -> Iterator[None]:
    """Let operations be ones that may be cast, since whoever calls the model may do so."""
    before = STATE.contents["autocast"]
    door.put(STATE, "autocast", True)
    try:
        yield
    finally:
        door.put(STATE, "autocast", before)
