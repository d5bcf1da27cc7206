import torch
from torch import nn


def double_conv(c_in, c_out):
    return nn.Sequential(nn.Conv2d(c_in, c_out, 3, padding=1), nn.ReLU(), nn.Conv2d(c_out, c_out, 3, padding=1), nn.ReLU())


# cnnlint: input(batch, 1, 128, 128)
class ForgetsTheSkip(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = double_conv(1, 32)
        self.down2 = double_conv(32, 64)
        self.pool = nn.MaxPool2d(2)
        self.up = nn.ConvTranspose2d(64, 32, 2, stride=2)
        self.merge = double_conv(32, 32)  #~ CNN201 "`merge.0` expects 32 input channels, but gets 64"
        self.head = nn.Conv2d(32, 2, 1)

    def forward(self, x):
        skip = self.down1(x)
        x = self.up(self.down2(self.pool(skip)))
        return self.head(self.merge(torch.cat((skip, x), dim=1)))


# cnnlint: input(batch, 1, 128, 128)
class Doubles(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = double_conv(1, 32)
        self.down2 = double_conv(32, 64)
        self.pool = nn.MaxPool2d(2)
        self.up = nn.ConvTranspose2d(64, 32, 2, stride=2)
        self.merge = double_conv(2 * 32, 32)
        self.head = nn.Conv2d(32, 2, 1)

    def forward(self, x):
        skip = self.down1(x)
        x = self.up(self.down2(self.pool(skip)))
        return self.head(self.merge(torch.cat((skip, x), dim=1)))
