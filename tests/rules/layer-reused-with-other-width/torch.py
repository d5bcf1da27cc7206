import torch
from torch import nn



# cnnlint: input(batch, 3, 32, 32)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3)
        self.conv2 = nn.Conv2d(16, 32, 3)

    def forward(self, x):
        x = self.conv1(x)
        return self.conv1(x)  #~ CNN213 "`conv1` expects 3 input channels, as at an earlier call, but gets 16 at this one"


# cnnlint: input(batch, 8)
class Features(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)

    def forward(self, x):
        return self.fc(self.fc(x))  #~ CNN213 "`fc` expects 8 input features, as at an earlier call, but gets 4 at this one"


# cnnlint: input(batch, 3, 32, 32)
class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3)

    def forward(self, x):
        return self.conv(self.conv(x))


# cnnlint: input(batch, channels, 32, 32)
class Open(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, 16, 3)

    def forward(self, x):
        return self.conv(self.conv(x))


# cnnlint: input(batch, 8)
class Kept(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)

    def forward(self, x):
        return self.fc(self.fc(x))  # cnnlint: ignore[CNN213] to see it fail
