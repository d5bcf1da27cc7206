from torch import nn


# cnnlint: input(batch, 3, 33, 33)
class Fits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 4, padding="same", dilation=2)
        self.down = nn.Conv2d(16, 32, 3, stride=2, padding="valid")

    def forward(self, x):
        x = self.conv(x)  #= (batch, 16, 33, 33)
        return self.down(x)  #= (batch, 32, 16, 16)


class Strided(nn.Module):
    def __init__(self, stride=2):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, stride=stride, padding="same")  #~ CNN308 "`nn.Conv2d`: `stride` must be 1 where padding is 'same', but is 2"

    def forward(self, x):
        return self.conv(x)
