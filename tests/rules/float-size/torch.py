import torch
from torch import nn



class Bottleneck(nn.Module):
    def __init__(self, planes):
        super().__init__()
        self.reduce = nn.Conv2d(planes, planes / 4, 1)  #~ CNN304 "`nn.Conv2d`: `out_channels` must be an int, but is the float 16.0"
        self.expand = nn.Conv2d(planes // 4, planes, 1)


block = Bottleneck(64)
head = nn.Linear(512 / 2, 10)  #~ CNN304 "`nn.Linear`: `in_features` must be an int, but is the float 256.0"
pool = nn.MaxPool2d((2, 2.0))
fine = nn.Linear(int(512 / 2), 10)


# cnnlint: input(batch, 3, 32, 32)
class Pooled(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d((2, 2.0))  #~ CNN304 "`pool`: `kernel_size` must be an int, but is the float 2.0"

    def forward(self, x):
        return self.pool(x)


# cnnlint: input(batch, 3, 32, 32)
class Reshaped(nn.Module):
    def forward(self, x):
        return x.view(x.size(0), x.size(1), x.size(2) / 2, -1)  #~ CNN304 "`x.view`: `shape` must be an int, but is the float 16.0"


def build(width, args):
    return nn.Sequential(nn.Conv2d(3, args.width * 0.5, 3), nn.Conv2d(width, int(width * 0.25), 3))


kept = nn.Linear(512 / 2, 10)  # cnnlint: ignore[float-size] an old framework took it
