"""A model that checks its own input; one that is to be overridden, and one whose input nobody states, say nothing."""

import torch
from torch import nn


class Patches(nn.Module):
    def __init__(self, size=32):
        super().__init__()
        self.size = size
        self.conv = nn.Conv2d(3, 8, 4, stride=4)

    def forward(self, x):
        if x.shape[2] != self.size:
            raise ValueError(f"expected {self.size} rows, not {x.shape[2]}")  #~ CNN801 "`Patches` raises ValueError: expected 32 rows, not 28"
        assert x.shape[3] == self.size, "wrong width"
        return self.conv(x)


class Base(nn.Module):
    def forward(self, x):
        raise NotImplementedError("to be overridden")


class Unasked(nn.Module):
    def forward(self, x):
        if x.shape[1] != 3:
            raise ValueError("three channels, please")
        return x


net = Patches()
out = net(torch.randn(1, 3, 32, 32))
assert out.shape == (1, 8, 8, 8)


def guarded():
    try:
        return Patches()(torch.randn(1, 3, 30, 32))
    except ValueError:
        return None


def with_rows_of_any_size(size):
    return Patches()(torch.randn(1, 3, size, 32))


guarded()
with_rows_of_any_size(int(input()))
net(torch.randn(1, 3, 28, 32))
