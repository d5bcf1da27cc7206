"""How the model graph reads PyTorch's modules."""

from __future__ import annotations

from collections.abc import Mapping

from cnnlint.plugin import Convention, Operation, Value, tensors_within
from cnnlint_torch.devices import device_asked
from cnnlint_torch.dtypes import CAST
from cnnlint_torch.framework import torch
from cnnlint_torch.module import children, is_saved, is_single_leaf, own_buffers, own_parameters, register_tensor, set_training
from cnnlint_torch.moving import allocated, opened
from cnnlint_torch.precision import may_autocast
from cnnlint_torch.refitting import REFITTING

torch.convention = Convention(
    children=children,
    parameters=own_parameters,
    buffers=own_buffers,
    register=register_tensor,
    set_training=set_training,
    is_single_leaf=is_single_leaf,
    is_saved=is_saved,
    storage=allocated,
    opened=opened,
    containers={"list": "nn.ModuleList", "tuple": "nn.ModuleList", "dict": "nn.ModuleDict"},
    listing=("parameters", "named_parameters"),
    refitting=REFITTING,
    filters=lambda module: module.contents.get("out_channels", module.contents.get("out_features")),
)


def finish(operation: Operation, positional: tuple[Value, ...], keywords: Mapping[str, Value], result: Value) -> None:
    """A new tensor lies where the call says; under autocast it may be of another precision than its operands."""
    device, casts, is_trained = keywords.get("device"), may_autocast(), keywords.get("requires_grad") is True
    if device is None and not casts and not is_trained:
        return
    operands = tensors_within((*positional, *keywords.values()))
    for made in tensors_within((result,)):
        if any(made is operand for operand in operands):
            continue
        made.requires_grad = made.requires_grad or is_trained
        if device is not None:
            made.device = device_asked(device)
        if casts and made.dtype in CAST:
            made.dtype = None


torch.finish = finish
