"""How the model graph reads PyTorch's modules."""

from __future__ import annotations

from cnnlint.plugin import Convention
from cnnlint_torch.framework import torch
from cnnlint_torch.module import children, is_single_leaf, own_buffers, own_parameters, register_tensor, set_training
from cnnlint_torch.moving import allocated, opened

torch.convention = Convention(
    children=children,
    parameters=own_parameters,
    buffers=own_buffers,
    register=register_tensor,
    set_training=set_training,
    is_single_leaf=is_single_leaf,
    storage=allocated,
    opened=opened,
)
