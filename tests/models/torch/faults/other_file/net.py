from torch import nn

from blocks import ConvBlock, Head, Residual


# cnnlint: input(batch, 3, 64, 64)
class Wrong(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = ConvBlock(3, 32, stride=2)
        self.body = nn.Sequential(Residual(32), ConvBlock(32, 64, stride=2), Residual(32))  #~ CNN201 "`body.2.body.0.conv` expects 32 input channels, but gets 64"
        self.head = Head(32, 10)

    def forward(self, x):
        return self.head(self.body(self.stem(x)))


# cnnlint: input(batch, 3, 64, 64)
class Right(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = ConvBlock(3, 32, stride=2)
        self.body = nn.Sequential(Residual(32), ConvBlock(32, 64, stride=2), Residual(64))
        self.head = Head(64, 10)

    def forward(self, x):
        return self.head(self.body(self.stem(x)))
