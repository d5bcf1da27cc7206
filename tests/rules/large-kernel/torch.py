import torch
from torch import nn


x = torch.randn(8, 64, 28, 28)
conv = nn.Conv2d(64, 64, 11, padding=5)  #~ CNN705 "`conv` has a kernel of 11 x 11; above 7 x 7 smaller ones in a row cost less"
conv(x)
other = nn.Conv2d(64, 64, (9, 8))  #~ CNN705 "`other` has a kernel of 9 x 8; above 7 x 7"
other(x)
kept = nn.Conv2d(64, 64, 13, groups=64)  # cnnlint: ignore[CNN705] depthwise
kept(x)
nn.Conv2d(64, 64, 7)(x)
nn.Conv2d(64, 64, (1, 15))(x)
nn.AvgPool2d(14)(x)
nn.Conv1d(64, 64, 80)(torch.randn(8, 64, 1000))


def build(size):
    return nn.Conv2d(64, 64, size)(x)
