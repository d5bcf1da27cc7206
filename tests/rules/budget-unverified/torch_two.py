from somewhere_else import unknown_builder
from torch import nn


# cnnlint: budget(params=2k)
class Open(nn.Module):  #~ CNN403 "`Open` has at least 1.5k (1,515) parameters; whether its budget of 2k holds is unknown"
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(100, 15)
        self.more = unknown_builder()

    def forward(self, x):
        return self.layer(x)


# cnnlint: budget(params=3k)
class Wide(nn.Module):  #~ CNN403 "`Wide` has at least 1.5k (1,515) parameters; whether its budget of 3k holds is unknown"
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(100, 15)
        self.more = unknown_builder()

    def forward(self, x):
        return self.layer(x)


# cnnlint: budget(params=2k)
class Kept(nn.Module):  # cnnlint: ignore[budget-unverified] the rest has no weights
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(100, 15)
        self.more = unknown_builder()

    def forward(self, x):
        return self.layer(x)
