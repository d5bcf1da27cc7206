from somewhere_else import unknown_builder
from torch import nn


# cnnlint: budget(params=2k)
class Open(nn.Module):  #~ CNN403 "`Open` has at least 1.5k (1,515) parameters; whether its budget of 2k holds is unknown"
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(100, 15)
        self.more = unknown_builder()

    def forward(self, x):
        return self.fc(x)


# cnnlint: budget(params=2k)
class Verified(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(100, 15)

    def forward(self, x):
        return self.fc(x)
