import torch
from torch import nn


# cnnlint: input(batch, 8, 7, 7)
class TooMuch(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=2)  #~ CNN307 "`output_padding`"

    def forward(self, x):
        return self.up(x)


# cnnlint: input(batch, 1, 28, 28)
class Missing(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(1, 8, 3, stride=2, padding=1)
        self.up = nn.ConvTranspose2d(8, 1, 3, stride=2, padding=1)

    def forward(self, x):
        return torch.abs(self.up(self.down(x)) - x)  #~ CNN204 "can't broadcast (batch, 1, 27, 27) with (batch, 1, 28, 28)"


# cnnlint: input(batch, 1, 28, 28)
class Fits(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(1, 8, 3, stride=2, padding=1)
        self.up = nn.ConvTranspose2d(8, 1, 3, stride=2, padding=1, output_padding=1)

    def forward(self, x):
        return torch.abs(self.up(self.down(x)) - x)
