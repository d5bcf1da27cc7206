import torch
from torch import nn


shared = nn.Conv2d(32, 64, 3, groups=3)  #~ CNN305 "`nn.Conv2d`: `in_channels` must be divisible by groups: 32 % 3 = 2"
filters = nn.Conv2d(32, 50, 3, groups=4)  #~ CNN305 "`nn.Conv2d`: `out_channels` must be divisible by groups: 50 % 4 = 2"
norm = nn.GroupNorm(32, 48)  #~ CNN305 "`nn.GroupNorm`: `num_channels` must be divisible by num_groups: 48 % 32 = 16"
fine = nn.Conv2d(32, 64, 3, groups=32)
also_fine = nn.GroupNorm(32, 64)


def build(width):
    return nn.Sequential(nn.Conv2d(width, 64, 3, groups=4), nn.GroupNorm(32, width))


kept = nn.GroupNorm(32, 40)  # cnnlint: ignore[groups-not-dividing] the width follows
