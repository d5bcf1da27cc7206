import torch
from torch import nn


# cnnlint: input(batch, 3, 224, 224)
class Stem(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, stride=2, padding=3)  #~ CNN102 "`conv1`: (224 - 7 + 2*3) / 2 + 1 = 112.5, rounded down to 112"

    def forward(self, x):
        return self.conv1(x)


# cnnlint: input(batch, 3, 25, 24)
class OddPool(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)  #~ CNN102 "`pool`: (25 - 2 + 2*0) / 2 + 1 = 12.5 rows, rounded down to 12"

    def forward(self, x):
        return self.pool(x)


# cnnlint: input(batch, 3, 32, 32)
class Dilated(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, stride=2, dilation=2)  #~ CNN102 "`conv`: (32 - (2*(3 - 1) + 1) + 2*0) / 2 + 1 = 14.5, rounded down to 14"

    def forward(self, x):
        return self.conv(x)


# cnnlint: input(batch, 3, 24, 24)
class Even(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.up = nn.ConvTranspose2d(3, 3, 3, stride=2)
        self.ceil = nn.MaxPool2d(3, 2, ceil_mode=True)

    def forward(self, x):
        return self.ceil(self.up(self.pool(x))[..., :24])


# cnnlint: input(batch, 3, H, W)
class Symbolic(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        return self.pool(x)


nn.Conv2d(3, 64, 7, stride=2, padding=3)(torch.zeros(1, 3, 224, 224))  # cnnlint: ignore[CNN102] only padding is lost
