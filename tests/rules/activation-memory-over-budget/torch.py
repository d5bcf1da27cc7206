import torch
from torch import nn


# (3 * 32 * 32 + 16 * 32 * 32) * 4 bytes while the convolution runs
# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(activation-memory=64KiB)
class Plain(nn.Module):  #~ CNN405 "`Plain` needs 76 KiB for activations at once (in `conv`), but has a budget of 64 KiB"
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)

    def forward(self, x):
        return self.conv(x)


# the nearest harmless neighbour: a quarter of the bytes
# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(activation-memory=64KiB, activations=int8)
class Quantised(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)

    def forward(self, x):
        return self.conv(x)


# written in place the activation takes nothing
# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(activation-memory=76KiB)
class InPlace(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)
        self.act = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.act(self.conv(x))


# a second one: functions count as layers do, and what is read again stays
# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(activation-memory=100KiB)
class Kept(nn.Module):  #~ CNN405 "`Kept` needs 192 KiB for activations at once, but has a budget of 100 KiB"
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)

    def forward(self, x):
        x = self.conv(x)
        return x + torch.relu(x)


# an unknown dimension: nothing is proven of every size
# cnnlint: input(batch, 3, H, W)
# cnnlint: budget(activation-memory=64KiB)
class Open(nn.Module):  #~ CNN403 "`Open` has at least 76*H*W bytes for activations at once; whether its budget of 64 KiB holds is unknown"
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)

    def forward(self, x):
        return self.conv(x)


# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(activation-memory=64KiB)
class Known(nn.Module):  # cnnlint: ignore[activation-memory-over-budget] it runs by tiles
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)

    def forward(self, x):
        return self.conv(x)
