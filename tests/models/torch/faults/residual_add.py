import torch
from torch import nn


# cnnlint: input(batch, 64, 56, 56)
class Strided(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(64, 64, 3, 2, 1), nn.BatchNorm2d(64), nn.ReLU(), nn.Conv2d(64, 64, 3, 1, 1))

    def forward(self, x):
        return torch.relu(x + self.body(x))  #~ CNN204 "can't broadcast (batch, 64, 56, 56) with (batch, 64, 28, 28)"


# cnnlint: input(batch, 64, 56, 56)
class Projected(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(64, 64, 3, 2, 1), nn.BatchNorm2d(64), nn.ReLU(), nn.Conv2d(64, 64, 3, 1, 1))
        self.shortcut = nn.Conv2d(64, 64, 1, 2)

    def forward(self, x):
        return torch.relu(self.shortcut(x) + self.body(x))
