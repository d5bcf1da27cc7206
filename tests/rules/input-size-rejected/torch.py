import torch
from torch import nn


class Patches(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 16, 16)

    def forward(self, x):
        if x.shape[2] % 16 or x.shape[3] % 16:
            raise ValueError("the size is no multiple of the patch's")  #~ CNN106 "`Patches` takes input sizes multiples of 16, but is called with 100 x 100: the size is no multiple of the patch's"
        return self.embed(x).flatten(2)


# cnnlint: input(1, 3, 64, 64)
class Kept(nn.Module):
    def forward(self, x):
        assert x.shape[2] == 96 and x.shape[3] >= 64, "size"  # cnnlint: ignore[CNN106] known
        return x


# cnnlint: input(1, 3, 96, 60)
class Fixed(nn.Module):
    def forward(self, x):
        assert x.shape[2] == 96 and x.shape[3] >= 64, "size"  #~ CNN106 "`Fixed` takes input sizes H = 96, W >= 64, but is called with 96 x 60: size"
        return x


# cnnlint: input(1, 3, h, w)
class Guarded(nn.Module):
    def forward(self, x):
        if x.shape[2] < 8:
            raise ValueError("too small")
        return x


Patches()(torch.randn(2, 3, 100, 100))
