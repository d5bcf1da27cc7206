"""Packages beside PyTorch that are told a model's input: their tables are filled by `summaries`."""

from __future__ import annotations

from cnnlint.plugin import Framework
from cnnlint_torch.framework import torch


def tool(root: str) -> Framework:
    return Framework(root, (root,), module=torch.module, harmless=(root,), package="cnnlint_torch")


torchsummary, torchinfo, thop, ptflops = tool("torchsummary"), tool("torchinfo"), tool("thop"), tool("ptflops")
fvcore, modelsummary, summaryx, torchstat = tool("fvcore"), tool("pytorch_model_summary"), tool("torchsummaryX"), tool("torchstat")
TOOLS = (torchsummary, torchinfo, thop, ptflops, fvcore, modelsummary, summaryx, torchstat)
