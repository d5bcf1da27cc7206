import torch
from torch import nn



class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 1)
        self.softmax = nn.Softmax(dim=1)

    def forward(self, x):
        return self.softmax(self.fc(x))  #~ CNN605 "`softmax` runs over the one unit that a layer gives, (8, 1): the result is 1 everywhere"


Net()(torch.randn(8, 64))


# cnnlint: input(batch, 3, 32, 32)
class Map(nn.Module):
    def __init__(self, classes=1):
        super().__init__()
        self.head = nn.Conv2d(3, classes, 1)

    def forward(self, x):
        return torch.softmax(self.head(x), 1)  #~ CNN605 "`torch.softmax` runs over the one unit that a layer gives, (batch, 1, 32, 32): the result"


# cnnlint: input(batch, 3, 32, 32)
class Fine(nn.Module):
    def __init__(self, classes=1):
        super().__init__()
        self.head = nn.Conv2d(3, classes, 1)

    def forward(self, x):
        scores = self.head(x)
        return torch.softmax(scores.flatten(2), 2), scores[..., :1].softmax(-1)


# cnnlint: input(batch, 64)
class Kept(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 1)

    def forward(self, x):
        return self.fc(x).softmax(1)  # cnnlint: ignore[CNN605] classes are added later


def build(classes):
    return nn.Sequential(nn.Linear(64, classes), nn.Softmax(dim=1))
