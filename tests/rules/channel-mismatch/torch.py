import torch
from torch import nn


# cnnlint: input(batch, 3, 32, 32)
class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.conv2 = nn.Conv2d(32, 16, 5)  #~ CNN201 "`conv2` expects 32 input channels, but gets 6"

    def forward(self, x):
        x = self.conv1(x)  #= (batch, 6, 28, 28) params=456 macs=352800
        return self.conv2(x)


# No input is known, but the chain of channels is.
class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 6, 5),
            nn.ReLU(),
            nn.Conv2d(8, 16, 5),  #~ CNN201 "`layers.2` expects 8 input channels, but gets 6"
        )

    def forward(self, x):
        return self.layers(x)


# The number is made where the block is built.
class DoubleConv(nn.Module):
    def __init__(self, in_ch, out_ch):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(in_ch, out_ch, 3, padding=1), nn.Conv2d(out_ch, out_ch, 3, padding=1))

    def forward(self, x):
        return self.conv(x)


# cnnlint: input(batch, 3, 32, 32)
class Blocks(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = DoubleConv(3, 64)
        self.down2 = DoubleConv(128, 128)  #~ CNN201 "expects 128 input channels, but gets 64"

    def forward(self, x):
        return self.down2(self.down1(x))


# cnnlint: input(batch, 3, 32, 32)
class Fits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5, groups=2)

    def forward(self, x):
        return self.conv2(self.conv1(x))


# cnnlint: input(batch, C, 32, 32)
class Symbolic(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, 6, 5)

    def forward(self, x):
        return self.conv(x)


nn.Conv2d(32, 16, 5)(torch.zeros(1, 6, 8, 8))  # cnnlint: ignore[CNN201] to show the message
