import torch
from torch import nn


# cnnlint: input(batch, 3072)
class Unpacking(nn.Module):
    def forward(self, x):
        batch, channels, height, width = x.shape  #~ CNN801 "`batch, channels, height, width` raises ValueError: unpacking into 4 targets, but there are 2 values"
        return x


# cnnlint: input(batch, 3072)
class Subscript(nn.Module):
    def forward(self, x):
        return x.reshape(x.shape[0], x.shape[2])  #~ CNN801 "`subscript` raises IndexError: index 2 is out of range for 2 items"


# cnnlint: input(batch, 3, 32, 32)
class Fits(nn.Module):
    def forward(self, x):
        batch, channels, height, width = x.shape
        return x


class Open(nn.Module):
    def forward(self, x):
        batch, channels, height, width = x.shape
        return x[5]


a, b = torch.zeros(3, 2).shape[0], torch.zeros(3)[5]  # cnnlint: ignore[CNN801] to show the message
