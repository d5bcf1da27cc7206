"""Containers of modules that are added to one another: new containers that hold the modules of both."""

import torch
from torch import nn

ends = nn.Sequential(nn.Conv2d(3, 4, 3)) + nn.Sequential(nn.ReLU(), nn.Conv2d(4, 5, 3))
ends(torch.randn(1, 3, 8, 8))  #= (1, 4, 6, 6) | (1, 5, 4, 4)


class Both(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.ModuleList([nn.Linear(8, 6)])
        self.second = nn.ModuleList([nn.Linear(6, 4)])

    def forward(self, x):
        for layer in self.first + self.second:
            x = layer(x)  #= (2, 6) | (2, 4)
        for layer in self.first + [nn.Identity()]:
            x = layer(torch.cat([x, x], 1))  #= (2, 6) | (2, 12)
        return x


net = Both()  #= total params=82
net(torch.randn(2, 8))
