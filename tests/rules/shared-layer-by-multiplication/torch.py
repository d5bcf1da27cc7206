import torch
from torch import nn


layers = nn.Sequential(*[nn.Linear(8, 8)] * 3)  #~ CNN506 "`*` puts the same `Linear` into 3 places, which share its weights"
blocks = nn.ModuleList([nn.Conv2d(8, 8, 3), nn.ReLU()] * 4)  #~ CNN506 "`*` puts the same `Conv2d` into 4 places, which share its weights"
kept = nn.Sequential(*[nn.Linear(8, 8)] * 2)  # cnnlint: ignore[CNN506] weights are shared
activations = nn.Sequential(*[nn.ReLU()] * 3)
once = nn.Sequential(*[nn.Linear(8, 8)] * 1)
shared = nn.Linear(8, 8)
meant = nn.Sequential(*[shared] * 3)
widths = [8] * 3


def build(depth):
    return nn.Sequential(*[nn.Linear(8, 8)] * depth)
