import torch
from torch import nn


# cnnlint: input(batch, 3, 224, 224)
class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 96, 11, stride=4)  #~ CNN101 "`conv1`: (224 - 11 + 2*0) / 4 + 1 = 54.25, rounded down to 54; the last row and column are read by nothing"

    def forward(self, x):
        return self.conv1(x)  #= (batch, 96, 54, 54)


# cnnlint: input(batch, 3, 225, 225)
class PatchEmbedding(nn.Module):
    def __init__(self):
        super().__init__()
        self.proj = nn.Conv2d(3, 768, 16, stride=16)  #~ CNN101 "`proj`: (225 - 16 + 2*0) / 16 + 1 = 14.0625, rounded down to 14; the last row and column are read by nothing"

    def forward(self, x):
        return self.proj(x)


# Each axis for itself; three axes have slices too.
# cnnlint: input(batch, 8, 24, 25, 27)
class PerAxis(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool3d(3, 2, padding=(1, 0, 0))
        self.conv = nn.Conv3d(8, 8, (1, 5, 6), stride=(1, 4, 5))  #~ CNN101 "`conv`: (12 - 5 + 2*0) / 4 + 1 = 2.75 rows, rounded down to 2, and (13 - 6 + 2*0) / 5 + 1 = 2.4 columns, rounded down to 2; the last 3 rows and the last 2 columns are read by nothing"

    def forward(self, x):
        return self.conv(self.pool(x))


# The remainder is only padding: (224 - 7 + 2*3) / 2 + 1 = 112.5, as in a ResNet.
# cnnlint: input(batch, 3, 224, 224)
class OnlyPaddingIsLost(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, stride=2, padding=3)

    def forward(self, x):
        return self.conv1(x)


# cnnlint: input(batch, 3, 25, 25)
class Harmless(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.ceil = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.shortcut = nn.Conv2d(3, 8, 1, stride=2)

    def forward(self, x):
        return self.pool(x), self.ceil(x[..., :24]), self.shortcut(x[..., :24])


# Nothing is known of H and W.
# cnnlint: input(batch, 3, H, W)
class Symbolic(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 96, 11, stride=4)

    def forward(self, x):
        return self.conv1(x)


nn.Conv2d(3, 96, 11, stride=4)(torch.zeros(1, 3, 224, 224))  # cnnlint: ignore[output-loses-input] as the article has it
