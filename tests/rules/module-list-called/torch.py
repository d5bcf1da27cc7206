import torch
from torch import nn


x = torch.randn(1, 8)
layers = nn.ModuleList([nn.Linear(8, 8), nn.ReLU()])
layers(x)  #~ CNN512 "`layers` is a `ModuleList`, which holds modules but can't be called"


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = nn.ModuleDict({"a": nn.Linear(8, 2)})

    def forward(self, x):
        return self.heads(x)  #~ CNN512 "`self.heads` is a `ModuleDict`, which holds modules but can't be called"


class Runs(nn.ModuleList):
    def forward(self, x):
        for layer in self:
            x = layer(x)
        return x


Runs([nn.Linear(8, 8)])(x)


def run(container):
    return container(x)


layers(x)  # cnnlint: ignore[CNN512] to see it fail
