"""Assertions about what comes out of a model: one that holds, one that nobody can decide, one that fails."""

import torch
from torch import nn

net = nn.Conv2d(3, 8, 4, stride=4)
out = net(torch.randn(1, 3, 32, 32))
assert out.shape == (1, 8, 8, 8)
assert torch.cuda.is_available()
size = int(input())
assert net(torch.randn(1, 3, size, 32)).shape[2] == 8
assert out.shape[1] == 16, "sixteen channels"  #~ CNN801 "`assert` raises AssertionError: sixteen channels"
