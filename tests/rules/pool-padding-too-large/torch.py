import torch
from torch import nn


x = torch.randn(1, 64, 28, 28)
pool = nn.MaxPool2d(2, stride=2, padding=2)  #~ CNN306 "`pool`: `padding` must be at most half of the kernel size 2, but is 2: 2*2 > 2"
pool(x)
nn.functional.avg_pool2d(x, 3, padding=2)  #~ CNN306 "`nn.functional.avg_pool2d`: `padding` must be at most half of the kernel size 3, but is 2: 2*2 > 3"

fine = nn.MaxPool2d(3, stride=2, padding=1)
fine(x)
dilated = nn.MaxPool2d(2, dilation=2, padding=1)
dilated(x)


class Open(nn.Module):
    def __init__(self, size, padding):
        super().__init__()
        self.pool = nn.MaxPool2d(size, padding=padding)

    def forward(self, x):
        return self.pool(x)


kept = nn.MaxPool2d(2, padding=2)  # cnnlint: ignore[CNN306] never applied in practice
kept(x)
