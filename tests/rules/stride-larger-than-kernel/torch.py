import torch
from torch import nn


x = torch.randn(8, 64, 28, 28)
shortcut = nn.Conv2d(64, 128, 1, stride=2)  #~ CNN703 "`shortcut`: a kernel of 1 with stride 2 leaves pixels between its windows"
shortcut(x)
pool = nn.MaxPool2d(2, 3)  #~ CNN703 "`pool`: a kernel of 2 with stride 3 leaves pixels between its windows"
pool(x)
kept = nn.Conv2d(64, 128, 1, stride=2)  # cnnlint: ignore[CNN703] as the paper has it
kept(x)
nn.Conv2d(64, 128, 2, stride=2)(x)
nn.Conv2d(64, 128, 2, stride=3, dilation=2)(x)


def build(stride):
    return nn.Conv2d(64, 128, 1, stride=stride)(x)
