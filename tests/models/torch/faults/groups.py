import torch
from torch import nn


class ResNeXtBlock(nn.Module):
    def __init__(self, channels, width, cardinality):
        super().__init__()
        self.reduce = nn.Conv2d(channels, width, 1)
        self.grouped = nn.Conv2d(width, width, 3, padding=1, groups=cardinality)
        self.expand = nn.Conv2d(width, channels, 1)

    def forward(self, x):
        return x + self.expand(self.grouped(self.reduce(x)))


# cnnlint: input(batch, 64, 8, 8)
def fits():
    return ResNeXtBlock(64, 48, cardinality=16)


def does_not_fit():
    return ResNeXtBlock(64, 40, cardinality=16)  #~ CNN305 "`nn.Conv2d`: `in_channels` must be divisible by groups: 40 % 16 = 8"


# cnnlint: input(batch, 32, 8, 8)
class WeightsOfOneGroup(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(64, 32, 3, 3))

    def forward(self, x):
        return nn.functional.conv2d(x, self.weight, padding=1, groups=4)  #~ CNN201 "expects 128 input channels, but gets 32"
