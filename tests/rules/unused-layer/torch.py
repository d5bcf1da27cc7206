import torch
from torch import nn



# cnnlint: input(batch, 8)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 8)
        self.fc2 = nn.Linear(8, 8)  #~ CNN502 "`Net.fc2` has 72 parameters, but is never used"
        self.norm = nn.BatchNorm1d(8)  #~ CNN502 "`Net.norm` has 16 parameters, but is never used"
        self.kept = nn.Linear(8, 8)  # cnnlint: ignore[CNN502] old checkpoints have it
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.fc1(self.fc1(x))


# cnnlint: input(batch, 8)
class Used(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.extra = nn.Linear(8, 8)
        self.named = nn.Linear(8, 8)
        self.tied = nn.Linear(8, 8)

    def forward(self, x):
        if self.training:
            x = self.extra(x)
        return nn.functional.linear(self.fc(x), self.tied.weight)


name = "named"


# cnnlint: input(batch, 8)
class Open(nn.Module):
    def __init__(self, use):
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.other = nn.Linear(8, 8)
        self.use = use

    def forward(self, x):
        return self.use(self, x)
