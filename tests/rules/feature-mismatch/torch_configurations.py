from torch import nn


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(3, channels, 3)
        self.fc = nn.Linear(64, 10)  #~ CNN202 "`narrow.fc` expects 64 input features, but gets 32"

    def forward(self, x):
        x = self.conv(x).mean((2, 3))
        return self.fc(x)


# cnnlint: input(batch, 3, 32, 32)
class Net(nn.Module):
    """One class in three configurations, of which two fail: one finding, which names the first of them."""

    def __init__(self):
        super().__init__()
        self.wide = Block(64)
        self.narrow = Block(32)
        self.thin = Block(16)

    def forward(self, x):
        return self.wide(x), self.narrow(x), self.thin(x)
