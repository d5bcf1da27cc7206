import torch
from torch import nn
from torch.nn import functional as F


class Skip(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.up = nn.ConvTranspose2d(8, 8, 2, stride=2)

    def forward(self, x):
        x = self.conv(x)
        return torch.cat([self.up(F.max_pool2d(x, 2)), x], 1)  #~ CNN108 "`torch.cat`: the branches have the sizes H - H % 2 and H, which differ where H % 2 == 1"


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, stride=2, padding=1)

    def forward(self, x):
        return self.conv(x) + F.avg_pool2d(x, 2)  #~ CNN108 "`+`: the branches have the sizes (H + 1) // 2 and H // 2, which differ where H % 2 == 1"


class Kept(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)

    def forward(self, x):
        x = self.conv(x)
        return x - F.interpolate(F.max_pool2d(x, 2), scale_factor=2)  # cnnlint: ignore[CNN108] only even images


class Padded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.up = nn.ConvTranspose2d(8, 8, 2, stride=2)

    def forward(self, x):
        x = self.conv(x)
        y = self.up(F.max_pool2d(x, 2))
        return torch.cat([F.pad(y, [0, x.size(3) - y.size(3), 0, x.size(2) - y.size(2)]), x], 1)


class Open(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, stride=stride, padding=1)

    def forward(self, x):
        return self.conv(x) + F.avg_pool2d(x, 2)
