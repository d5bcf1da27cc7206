from torch import nn


# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(macs=176k)
class Half(nn.Module):  #~ CNN402 "`Half` needs 352.8k MACs, but has a budget of 176k"
    def __init__(self):
        super().__init__()
        self.layer = nn.Conv2d(3, 6, 5)

    def forward(self, x):
        return self.layer(x)


# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(macs=352k)
class Most(nn.Module):  #~ CNN402 "`Most` needs 352.8k MACs, but has a budget of 352k"
    def __init__(self):
        super().__init__()
        self.layer = nn.Conv2d(3, 6, 5)

    def forward(self, x):
        return self.layer(x)


# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(macs=176k)
class Kept(nn.Module):  # cnnlint: ignore[macs-over-budget] until it is pruned
    def __init__(self):
        super().__init__()
        self.layer = nn.Conv2d(3, 6, 5)

    def forward(self, x):
        return self.layer(x)
