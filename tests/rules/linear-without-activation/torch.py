import torch
from torch import nn


x = torch.randn(8, 64)
head = nn.Sequential(nn.Linear(64, 128), nn.Linear(128, 10))
head(x)  #~ CNN704 "`1` follows on a layer of the same kind with nothing between: 64 to 128 to 10 features is one map"


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(64, 64)
        self.fc2 = nn.Linear(64, 64)
        self.fc3 = nn.Linear(64, 64)

    def forward(self, x):
        x = self.fc2(self.fc1(x))  #~ CNN704 "`fc2` follows on a layer of the same kind with nothing between: 64 to 64 to 64 features is one map"
        return self.fc3(x)  # cnnlint: ignore[CNN704] trained apart


Net()(x)
nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))(x)
nn.Sequential(nn.Linear(64, 8), nn.Linear(8, 64))(x)
nn.Sequential(nn.Linear(64, 64), nn.LayerNorm(64), nn.Linear(64, 64))(x)


def build(activation):
    return nn.Sequential(nn.Linear(64, 128), activation(), nn.Linear(128, 10))(x)
