import torch
from torch import nn


# cnnlint: input(batch, 64, 56, 56)
class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(64, 64, 3, stride=2, padding=1)

    def forward(self, x):
        return self.conv(x) + x  #~ CNN204 "can't broadcast (batch, 64, 28, 28) with (batch, 64, 56, 56): axis -1 is 28 on the left, 56 on the right, and neither is 1"


# cnnlint: input(batch, 64, 56, 56)
class InPlace(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(64, 128, 1)

    def forward(self, x):
        out = self.conv(x)
        out += x  #~ CNN204 "can't broadcast (batch, 128, 56, 56) with (batch, 64, 56, 56): axis -3 is 128 on the left, 64 on the right, and neither is 1"
        return out


# cnnlint: input(batch, 64, 56, 56)
class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)

    def forward(self, x):
        return x * self.pool(x)


# cnnlint: input(batch, 64, H, W)
class Symbolic(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(64, 64, 3, stride=2, padding=1)

    def forward(self, x):
        return self.conv(x) + x


torch.zeros(2, 3) + torch.zeros(2, 4)  # cnnlint: ignore[unbroadcastable] to show the message
