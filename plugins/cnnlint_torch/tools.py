"""Packages beside PyTorch: those that are told a model's input, with tables that `summaries` fills, and torchvision.

Of torchvision the data sets are a table (`datasets`), all else is followed as source where it is installed.
"""

from __future__ import annotations

from cnnlint.plugin import Framework
from cnnlint_torch.framework import torch


def tool(root: str) -> Framework:
    return Framework(root, (root,), module=torch.module, harmless=(root,), package="cnnlint_torch")


torchsummary, torchinfo, thop, ptflops = tool("torchsummary"), tool("torchinfo"), tool("thop"), tool("ptflops")
fvcore, modelsummary, summaryx, torchstat = tool("fvcore"), tool("pytorch_model_summary"), tool("torchsummaryX"), tool("torchstat")
FOLLOWED = "_C _internally_replaced_utils _meta_registrations _utils extension io models ops prototype transforms tv_tensors utils version"
torchvision = Framework(
    "torchvision",
    ("torchvision",),
    module=torch.module,
    followed=tuple(f"torchvision.{name}" for name in FOLLOWED.split()),
    reexports={"datasets.": "datasets"},
    package="cnnlint_torch",
)
TOOLS = (torchsummary, torchinfo, thop, ptflops, fvcore, modelsummary, summaryx, torchstat, torchvision)
