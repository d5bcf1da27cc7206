import torch
from torch import nn


# cnnlint: input(batch, 3, 32, 32)
class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5, stride=5)
        self.fc1 = nn.Linear(400, 120)  #~ CNN202 "`fc1` expects 400 input features, but gets 16 * 6 * 6 = 576"

    def forward(self, x):
        x = self.conv(x[..., :30, :30])
        return self.fc1(torch.flatten(x, 1))


# cnnlint: input(batch, 100)
class NoFactors(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(100, 120)
        self.fc2 = nn.Linear(84, 10)  #~ CNN202 "`fc2` expects 84 input features, but gets 120"

    def forward(self, x):
        return self.fc2(self.fc1(x))


# cnnlint: input(batch, 16, 5, 5)
class Fits(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(16 * 5 * 5, 120)

    def forward(self, x):
        return self.fc1(torch.flatten(x, 1))


# cnnlint: input(batch, 16, H, W)
class Symbolic(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(16 * 5 * 5, 120)

    def forward(self, x):
        return self.fc1(torch.flatten(x, 1))


nn.Linear(400, 120)(torch.zeros(1, 576))  # cnnlint: ignore[feature-mismatch] to show the message
