"""`torch.nn.modules.utils`: what layers, and many models, use to make one number a number for every axis.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html
"""

from __future__ import annotations

from cnnlint_torch.framework import below, torch

torch.python(
    "cnnlint_torch",
    "sources/tuples.py",
    "nn.modules.utils",
    *below("", "_ntuple _single _pair _triple _quadruple _reverse_repeat_tuple _list_with_default"),
)
