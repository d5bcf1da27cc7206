from torch import nn


# cnnlint: input(batch, 64, 56, 56)
class Wider(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(64, 256, 1)

    def forward(self, x):
        out = self.conv(x)
        out += x  #~ CNN204 "can't broadcast (batch, 256, 56, 56) with (batch, 64, 56, 56)"
        return out


# In place, the left side can't be stretched: `gate = gate + x` would work.
# cnnlint: input(batch, 64, 56, 56)
class Stretched(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)

    def forward(self, x):
        gate = self.pool(x)
        gate += x  #~ CNN801 "`+=` raises RuntimeError: "
        return gate


# cnnlint: input(batch, 64, 56, 56)
class Gated(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)

    def forward(self, x):
        x += self.pool(x)
        return x
