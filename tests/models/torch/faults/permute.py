import torch
from torch import nn


# cnnlint: input(batch, 3, 32, 48)
class BackTwice(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(3)
        self.conv = nn.Conv2d(3, 8, 3)  #~ CNN201 "`conv` expects 3 input channels, but gets 48"

    def forward(self, x):
        x = self.norm(x.permute(0, 2, 3, 1))
        return self.conv(x.permute(0, 2, 1, 3))


# cnnlint: input(batch, 3, 32, 48)
class TooFew(nn.Module):
    def forward(self, x):
        return x.permute(0, 2, 1)  #~ CNN208 "`x.permute` expects 3 axes, but gets 4: (batch, 3, 32, 48)"


# cnnlint: input(batch, 3, 32, 48)
class Back(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(3)
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        x = self.norm(x.permute(0, 2, 3, 1))
        return self.conv(x.permute(0, 3, 1, 2))


# cnnlint: input(batch, 10, 64)
class ViewAfterTranspose(nn.Module):
    def forward(self, x):
        return x.transpose(1, 2).view(x.size(0), 640)  #~ CNN801 "raises RuntimeError: "


# cnnlint: input(batch, 10, 64)
class ReshapeAfterTranspose(nn.Module):
    def forward(self, x):
        return x.transpose(1, 2).reshape(x.size(0), 640)
