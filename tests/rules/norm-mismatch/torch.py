import torch
from torch import nn


# cnnlint: input(batch, 3, 32, 32)
class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, 3)
        self.bn = nn.BatchNorm2d(64)  #~ CNN203 "`bn` normalises 64 channels, but gets 32"

    def forward(self, x):
        return self.bn(self.conv(x))


# cnnlint: input(batch, 10, 512)
class TrailingShape(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm((10, 256))  #~ CNN203 "`norm` normalises a trailing shape of (10, 256), but gets (10, 512)"

    def forward(self, x):
        return self.norm(x)


# An instance norm has no parameters by default, and then takes any number of channels.
# cnnlint: input(batch, 32, 8, 8)
class Harmless(nn.Module):
    def __init__(self):
        super().__init__()
        self.bn = nn.BatchNorm2d(32)
        self.free = nn.InstanceNorm2d(64)

    def forward(self, x):
        return self.free(self.bn(x))


# cnnlint: input(batch, C, 8, 8)
class Symbolic(nn.Module):
    def __init__(self):
        super().__init__()
        self.bn = nn.BatchNorm2d(32)

    def forward(self, x):
        return self.bn(x)


nn.BatchNorm2d(64)(torch.zeros(1, 32, 8, 8))  # cnnlint: ignore[CNN203] to show the message
