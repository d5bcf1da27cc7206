"""No input is known: what is proven holds for every input."""
import torch
from torch import nn


class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3)
        self.conv2 = nn.Conv2d(16, 32, 3)
        self.conv3 = nn.Conv2d(64, 64, 3)  #~ CNN201 "`conv3` expects 64 input channels, but gets 32"

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = torch.relu(self.conv2(x))
        return torch.relu(self.conv3(x))


class Parameters(nn.Module):
    def __init__(self, channels, width):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, padding=1)
        self.conv2 = nn.Conv2d(width, 2 * width, 3, padding=1)
        self.conv3 = nn.Conv2d(width, width, 3, padding=1)  #~ CNN201 "`conv3` expects width input channels, but gets 2*width"

    def forward(self, x):
        return self.conv3(self.conv2(self.conv1(x)))


class Free(nn.Module):
    def __init__(self, channels, width):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, width, 3, padding=1)

    def forward(self, x):
        return self.conv2(self.conv1(x))


class Features(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 100), nn.ReLU(), nn.Linear(10, 10))  #~ CNN202 "`net.4` expects 10 input features, but gets 100"

    def forward(self, x):
        return self.net(x)
