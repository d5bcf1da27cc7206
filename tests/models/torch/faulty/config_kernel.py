"""A tower built from data classes; a stage too many for the image."""
from dataclasses import dataclass, field
from typing import List

import torch
from torch import nn


@dataclass
class TowerConfig:
    widths: List[int] = field(default_factory=lambda: [16, 32, 64, 128])
    kernel_size: int = 5
    num_classes: int = 10


class Tower(nn.Module):
    def __init__(self, config: TowerConfig):
        super().__init__()
        self.blocks = nn.ModuleList()
        previous = 1
        for width in config.widths:
            self.blocks.append(nn.Sequential(
                nn.Conv2d(previous, width, config.kernel_size),  #~ CNN104 "`blocks.3.0`: (4 - 5 + 2*0) / 1 + 1 leaves a size of 0; it must be at least 1"
                nn.ReLU(),
                nn.MaxPool2d(2) if width < 64 else nn.Identity(),
            ))
            previous = width
        self.head = nn.LazyLinear(config.num_classes)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.head(x.flatten(1))


tower = Tower(TowerConfig())
out = tower(torch.randn(3, 1, 44, 44))
