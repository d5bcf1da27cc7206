import torch
import torch.nn.functional as F
from torch import nn


# cnnlint: input(batch, 1, 101, 101)
class Doubled(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(1, 16, 3, padding=1)
        self.bottom = nn.Conv2d(16, 32, 3, padding=1)
        self.up = nn.ConvTranspose2d(32, 16, 2, stride=2)

    def forward(self, x):
        skip = self.down(x)
        x = self.up(self.bottom(F.max_pool2d(skip, 2)))
        return torch.cat([skip, x], 1)  #~ CNN205 "joins along axis 1, but gets (batch, 16, 101, 101) and (batch, 16, 100, 100), which differ on axis 2"


# cnnlint: input(batch, 1, 101, 101)
class Resized(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(1, 16, 3, padding=1)
        self.bottom = nn.Conv2d(16, 32, 3, padding=1)
        self.up = nn.ConvTranspose2d(32, 16, 2, stride=2)

    def forward(self, x):
        skip = self.down(x)
        x = self.up(self.bottom(F.max_pool2d(skip, 2)))
        if x.shape[2:] != skip.shape[2:]:
            x = F.interpolate(x, size=skip.shape[2:])
        return torch.cat([skip, x], 1)
