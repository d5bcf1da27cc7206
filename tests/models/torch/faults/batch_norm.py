from torch import nn


def conv_bn(c_in, c_out, c_norm):
    return nn.Sequential(nn.Conv2d(c_in, c_out, 3, padding=1, bias=False), nn.BatchNorm2d(c_norm), nn.ReLU(inplace=True))


# cnnlint: input(batch, 3, 32, 32)
class OfTheInput(nn.Module):
    def __init__(self):
        super().__init__()
        self.block1 = conv_bn(3, 32, 32)
        self.block2 = conv_bn(32, 64, 32)  #~ CNN203 "`block2.1` normalises 32 channels, but gets 64"
        self.head = nn.Conv2d(64, 10, 1)

    def forward(self, x):
        return self.head(self.block2(self.block1(x)))


# cnnlint: input(batch, 3, 32, 32)
class OfTheOutput(nn.Module):
    def __init__(self):
        super().__init__()
        self.block1 = conv_bn(3, 32, 32)
        self.block2 = conv_bn(32, 64, 64)
        self.head = nn.Conv2d(64, 10, 1)

    def forward(self, x):
        return self.head(self.block2(self.block1(x)))


# cnnlint: input(batch, 30)
class Dense(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(30, 20)
        self.bn = nn.BatchNorm1d(30)  #~ CNN203 "`bn` normalises 30 channels, but gets 20"

    def forward(self, x):
        return self.bn(self.fc(x))
