from somewhere_else import unknown_builder
from torch import nn


# cnnlint: budget(params=1k)
class Over(nn.Module):  #~ CNN401 "`Over` has 1.5k (1,515) parameters, but a budget of 1k"
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(100, 15)

    def forward(self, x):
        return self.fc(x)


class Within(nn.Module):  # cnnlint: budget(params=1515)
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(100, 15)

    def forward(self, x):
        return self.fc(x)


# The lower bound is over it already.
# cnnlint: budget(params=1k)
class LowerBound(nn.Module):  #~ CNN401 "`LowerBound` has at least 1.5k (1,515) parameters, but a budget of 1k"
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(100, 15)
        self.more = unknown_builder()

    def forward(self, x):
        return self.fc(x)


