import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, planes):
        super().__init__()
        self.conv = nn.Conv2d(3, planes, 3)
        self.norm = nn.BatchNorm2d(inplanes)  #~ CNN802 "`inplanes` is not defined; did you mean `planes`?"


class Block(nn.Module):
    def forward(self, x):
        return F.relu(x)  #~ CNN802 "`F` is not defined"


block = Block()


def build():
    return Net(64)


net = build()
