from torch import nn


# cnnlint: budget(params=750)
class Half(nn.Module):  #~ CNN401 "`Half` has 1.5k (1,515) parameters, but a budget of 750"
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(100, 15)

    def forward(self, x):
        return self.layer(x)


# cnnlint: budget(params=1.5k)
class Most(nn.Module):  #~ CNN401 "`Most` has 1.5k (1,515) parameters, but a budget of 1.5k"
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(100, 15)

    def forward(self, x):
        return self.layer(x)


# cnnlint: budget(params=1k)
class Kept(nn.Module):  # cnnlint: ignore[CNN401] until it is pruned
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(100, 15)

    def forward(self, x):
        return self.layer(x)
