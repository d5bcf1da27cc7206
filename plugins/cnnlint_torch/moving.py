"""Modules moved to another dtype or device, and where `to` takes what it is given.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from cnnlint.plugin import ELSEWHERE, Choice, ClassValue, Door, FunctionValue, Instance, Tensor, Unknown, Value
from cnnlint_torch.constants import DTYPE_CLASS, dtype_name
from cnnlint_torch.devices import device_asked, device_name
from cnnlint_torch.dtypes import convert_storage
from cnnlint_torch.framework import torch
from cnnlint_torch.module import entries, walk, walked
from cnnlint_torch.precision import FLOATING, default_dtype, unknown_precision
from cnnlint_torch.promotion import FLOATING as FLOATS
from cnnlint_torch.promotion import category


@dataclass(frozen=True)
class Destination:
    """What a tensor is converted to: None keeps what it has, ELSEWHERE stands for what is not known."""

    dtype: str | None = None
    device: str | None = None


def destination(given: Sequence[Value], named: Mapping[str, Value]) -> Destination:
    """The meaning of the arguments of `to`: a dtype, a device, both, or a tensor that has them."""
    dtype = device = None
    if "dtype" in named:
        dtype = None if named["dtype"] is None else dtype_name(named["dtype"]) or ELSEWHERE
    if "device" in named:
        device = device_asked(named["device"])
    for value in (*given, *(named[name] for name in ("other", "tensor") if name in named)):
        kind = kind_of(value)
        if kind in ("dtype", "both"):
            dtype = (value.dtype if isinstance(value, Tensor) else dtype_name(value)) or ELSEWHERE
        if kind in ("device", "both"):
            device = (value.device if isinstance(value, Tensor) else device_name(value)) or ELSEWHERE
    return Destination(dtype, device)


def kind_of(value: Value) -> str:
    """Whether an argument of `to` says a dtype, a device, both (perhaps) or neither."""
    if isinstance(value, Choice):
        kinds = {kind_of(option.value) for option in value.alternatives} - {""}
        return "both" if len(kinds) > 1 else next(iter(kinds), "")
    if isinstance(value, ClassValue) or (isinstance(value, Instance) and value.cls is DTYPE_CLASS):
        return "dtype"
    if isinstance(value, (str, Instance)) or (isinstance(value, int) and not isinstance(value, bool)):
        return "device"
    if isinstance(value, Unknown):
        return "device" if value.is_harmless else "both"
    return "both" if isinstance(value, Tensor) else ""


def move(door: Door, module: Instance, to: Destination, *, also_integers: bool = False) -> None:
    """Convert the parameters and buffers of a module and of all below; the dtype only of those that hold floats, unless said."""
    for _, owner in walked(door, module):
        move_own(door, owner, to, also_integers)


def move_own(door: Door, owner: Instance, to: Destination, also_integers: bool) -> None:
    if isinstance(owner.cls.find("_apply"), FunctionValue):
        to = Destination(ELSEWHERE, ELSEWHERE)  # the user's own way of doing it
    for group in ("_parameters", "_buffers"):
        for value in entries(owner, group).values():
            options = [option.value for option in value.alternatives] if isinstance(value, Choice) else [value]
            for tensor in options:
                if isinstance(tensor, Tensor):
                    move_tensor(door, tensor, to, also_integers)


def move_tensor(door: Door, tensor: Tensor, to: Destination, also_integers: bool) -> None:
    dtype = tensor.dtype
    if to.dtype is not None and (also_integers or dtype is None or category(dtype) == FLOATS):
        dtype = to.dtype if to.dtype != ELSEWHERE else FLOATING if dtype is not None and not also_integers else None
    convert_storage(door, tensor, dtype, tensor.device if to.device is None else to.device)


@torch.native("nn.Module.to", takes_unknown=True)
def to(door: Door, module: Instance, /, *given: Value, **named: Value) -> Value:
    move(door, module, destination(given, named))
    return module


PRECISIONS = {"float": "float32", "double": "float64", "half": "float16", "bfloat16": "bfloat16"}
DEVICES = ("cpu", "cuda", "xpu")


@torch.native("nn.Module.float", takes_unknown=True)
def as_float(door: Door, module: Instance, /) -> Value:
    move(door, module, Destination(PRECISIONS["float"]))
    return module


@torch.native("nn.Module.double", takes_unknown=True)
def as_double(door: Door, module: Instance, /) -> Value:
    move(door, module, Destination(PRECISIONS["double"]))
    return module


@torch.native("nn.Module.half", takes_unknown=True)
def as_half(door: Door, module: Instance, /) -> Value:
    move(door, module, Destination(PRECISIONS["half"]))
    return module


@torch.native("nn.Module.bfloat16", takes_unknown=True)
def as_bfloat16(door: Door, module: Instance, /) -> Value:
    move(door, module, Destination(PRECISIONS["bfloat16"]))
    return module


@torch.native("nn.Module.type", takes_unknown=True)
def as_type(door: Door, module: Instance, /, dst_type: Value) -> Value:
    """All parameters and buffers, those of integers as well."""
    move(door, module, Destination(dtype_name(dst_type) or ELSEWHERE), also_integers=True)
    return module


@torch.native("nn.Module.cpu", takes_unknown=True)
def on_cpu(door: Door, module: Instance, /) -> Value:
    move(door, module, Destination(device="cpu"))
    return module


@torch.native("nn.Module.cuda", takes_unknown=True)
def on_cuda(door: Door, module: Instance, /, device: Value = None) -> Value:
    move(door, module, Destination(device="cuda" if device is None else device_asked(device)))
    return module


@torch.native("nn.Module.xpu", takes_unknown=True)
def on_xpu(door: Door, module: Instance, /, device: Value = None) -> Value:
    move(door, module, Destination(device="xpu" if device is None else ELSEWHERE))
    return module


@torch.native("nn.Module.to_empty", "nn.Module.ipu", "nn.Module.mtia", takes_unknown=True)
def elsewhere(door: Door, module: Instance, /, *given: Value, **named: Value) -> Value:
    move(door, module, Destination(device=ELSEWHERE))
    return module


def allocated(hidden: Mapping[str, Value]) -> tuple[str | None, str | None]:
    """The dtype and the device of a layer's weights, by its arguments `dtype` and `device`."""
    return dtype_name(hidden.get("dtype"), default_dtype()) or FLOATING, device_asked(hidden.get("device"))


@contextmanager
def opened(door: Door, module: Instance) -> Iterator[None]:
    """A model as its users may call it: in any precision, on any device, under autocast."""
    for _, owner in walk(module):
        move_own(door, owner, Destination(ELSEWHERE, ELSEWHERE), also_integers=False)
    with unknown_precision(door):
        yield
