"""One tensor goes to several layers that are all built for another width: one finding, which names the other places."""

import torch
from torch import nn


# cnnlint: input(batch, 3, 32, 32)
class Branches(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 160, 3, padding=1)
        self.b1 = nn.Conv2d(192, 16, 1)  #~ CNN201 "`b1` expects 192 input channels, but gets 160"
        self.b2 = nn.Conv2d(192, 24, 3, padding=1)
        self.b3 = nn.Conv2d(128, 24, 1)  #~ CNN201 "`b3` expects 128 input channels, but gets 160"
        self.pool = nn.MaxPool2d(3, 1, 1)
        self.b4 = nn.Conv2d(192, 24, 1)  #~ CNN201 "`b4` expects 192 input channels, but gets 160"

    def forward(self, x):
        x = self.stem(x)
        return torch.cat([self.b1(x), self.b2(x), self.b3(x), self.b4(self.pool(x))], 1)
