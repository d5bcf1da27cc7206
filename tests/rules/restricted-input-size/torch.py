import torch
from torch import nn


class Flattened(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5)
        self.fc = nn.Linear(16 * 28 * 28, 10)  #~ CNN107 "`fc` lets the model take only the input sizes H, W = 32"

    def forward(self, x):
        return self.fc(torch.flatten(self.conv(x), 1))


class Folded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5, padding=2)

    def forward(self, x):
        x = self.conv(x)
        n, c, h, w = x.shape
        return x.view(n, c, h // 2, 2, w // 2, 2)  #~ CNN107 "`x.view` lets the model take only the input sizes multiples of 2 (up to 4,096)"


class Kept(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5)
        self.fc = nn.Linear(16 * 24 * 24, 10)  # cnnlint: ignore[CNN107] digits are 28 x 28

    def forward(self, x):
        return self.fc(torch.flatten(self.conv(x), 1))


class Pooled(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        return self.fc(torch.flatten(self.pool(self.conv(x)), 1))


class Open(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5)
        self.fc = nn.Linear(features, 10)

    def forward(self, x):
        return self.fc(torch.flatten(self.conv(x), 1))
