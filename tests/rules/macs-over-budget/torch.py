from torch import nn


# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(macs=300k)
class Over(nn.Module):  #~ CNN402 "`Over` needs 352.8k MACs, but has a budget of 300k"
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 5)

    def forward(self, x):
        return self.conv(x)  #= (batch, 6, 28, 28) macs=352800


# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(macs=352.8k)
class Within(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 5)

    def forward(self, x):
        return self.conv(x)
