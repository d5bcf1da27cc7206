import torch
from torch import nn


# cnnlint: input(batch, 8, 25, 25)
class OddSize(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.up = nn.Upsample(scale_factor=2)

    def forward(self, x):
        return torch.cat([x, self.up(self.pool(x))], dim=1)  #~ CNN205 "joins along axis 1, but gets (batch, 8, 25, 25) and (batch, 8, 24, 24), which differ on axis 2"


# cnnlint: input(batch, 8, 24, 24)
class WrongAxis(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 16, 1)

    def forward(self, x):
        return torch.cat((x, self.conv(x)), 2)  #~ CNN205 "joins along axis 2, but gets (batch, 8, 24, 24) and (batch, 16, 24, 24), which differ on axis 1"


# cnnlint: input(batch, 8, 24, 24)
class EvenSize(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.up = nn.Upsample(scale_factor=2)

    def forward(self, x):
        return torch.cat([x, self.up(self.pool(x))], dim=1)


# cnnlint: input(batch, 8, H, W)
class Symbolic(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.up = nn.Upsample(scale_factor=2)

    def forward(self, x):
        return torch.cat([x, self.up(self.pool(x))], dim=1)


torch.stack([torch.zeros(2, 3), torch.zeros(2, 4)])  #~ CNN205 "`torch.stack` joins along a new axis, but gets (2, 3) and (2, 4), which differ on axis 1"
torch.cat([torch.zeros(2, 3), torch.zeros(3, 3)], 1)  # cnnlint: ignore[CNN205] to show the message
