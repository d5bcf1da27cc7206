"""What a context perhaps catches leaves names that are perhaps not bound."""

import torch
from somewhere import found, quiet
from torch import nn


class Alone(nn.Module):
    def __init__(self):
        super().__init__()
        self.__dict__.update(found)

    def forward(self, x):
        with quiet():
            size = self.size
        return x * size


Alone()(torch.randn(2))
